import { describe, expect, test } from 'vitest';
import { aGap, anEvaluation, anEvidence, aResults, aTarget } from '../../../test/support/results-builders.js';
import type { Evaluation } from '../../model/results.js';
import { explainText } from './text.js';

const policy = {
  id: 'trail-is-logging',
  title: 'Every trail is logging',
  assertions: [{ id: 'logging', expr: 'trail.isLogging\n' }],
};

function explained(evaluations: readonly Evaluation[], parts: Parameters<typeof aResults>[0] = {}): string {
  return [...explainText(policy, evaluations, aResults({ evaluations, ...parts }))].join('');
}

const failing = anEvaluation({
  outcome: 'NON_COMPLIANT',
  message: 'It is stopped.',
  reasons: [{ assert: 'logging', message: 'It is stopped.', because: [{ expr: 'trail.isLogging', value: false }] }],
});

describe('an explanation', () => {
  test('shows the assertion, what decided, its value, and what was read', () => {
    const evidence = anEvidence();
    const text = explained([{ ...failing, evidence: [evidence.id] }], { evidence: [evidence] });
    expect(text).toBe(`trail-is-logging  Every trail is logging
    logging
      trail.isLogging

  ✖ NON_COMPLIANT  Trail main in account 111111111111, eu-central-1
    arn:aws:cloudtrail:eu-central-1:111111111111:trail/main
    It is stopped.
    logging
      trail.isLogging  false
    Read      cloudtrail:GetTrailStatus in 111111111111, eu-central-1, 2026-11-21 08:00:01 UTC
`);
  });

  test("names what could not be read, with AWS's message", () => {
    const gap = aGap({ call: 'cloudtrail:GetTrailStatus', message: 'Rate exceeded', reason: 'throttled' });
    const open = anEvaluation({ outcome: 'INSUFFICIENT_DATA', gaps: [gap.id] });
    expect(explained([open], { gaps: [gap] })).toContain(
      '    Not read  cloudtrail:GetTrailStatus in 222222222222, eu-central-1 (throttled): Rate exceeded\n',
    );
  });

  test('names the cause', () => {
    const target = aTarget({ id: 'arn:x', arn: 'arn:x', name: 'other' });
    const caused = anEvaluation({ ...failing, target, fingerprint: 'f'.repeat(64), causedBy: failing.fingerprint });
    const text = [...explainText(policy, [caused], aResults({ evaluations: [failing, caused] }))].join('');
    expect(text).toContain('    Cause     trail-is-logging on Trail main in account 111111111111, eu-central-1\n');
  });

  test('sums up what is too much, and says where there is nothing', () => {
    expect(explained(Array.from({ length: 23 }, () => failing))).toContain('And 3 more; --target shows one of them.');
    expect(explained([])).toContain('It has no target here.');
  });

  test('keeps control characters of data from the terminal', () => {
    const hostile = {
      ...failing,
      reasons: [{ assert: 'a', message: '', because: [{ expr: 'x', value: '\u001b[31m\n::error::' }] }],
    };
    expect(explained([hostile])).not.toMatch(/\u001b|^::error/m);
  });
});
