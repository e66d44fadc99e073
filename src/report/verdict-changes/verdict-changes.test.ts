import { describe, expect, test } from 'vitest';
import { aPolicy, aResults, aTarget, anEvaluation } from '../../../test/support/results-builders.js';
import type { Evaluation } from '../../model/results.js';
import { verdictChanges } from './compare.js';
import { changesJson } from './json.js';
import { changesText } from './text.js';

const compliant = anEvaluation();
const failing = (...assertions: readonly string[]): Evaluation =>
  anEvaluation({
    outcome: 'NON_COMPLIANT',
    reasons: assertions.map((assert) => ({ assert, message: 'No.', because: [] })),
  });
const of = (...evaluations: readonly Evaluation[]) => aResults({ evaluations });

describe('a verdict changes', () => {
  test.each([
    ['with its outcome', compliant, failing('a'), 1],
    ['with the assertions that fail', failing('a'), failing('a', 'b'), 1],
    ['with the severity of a finding', failing('a'), { ...failing('a'), severity: 'low' as const }, 1],
    ['not with the severity of what complies', compliant, { ...compliant, severity: 'low' as const }, 0],
    ['not with the message', failing('a'), { ...failing('a'), message: 'Never.' }, 0],
    ['not with the order of assertions', failing('b', 'a'), failing('a', 'b'), 0],
  ])('%s', (_, before, after, count) => {
    const changes = verdictChanges(of(before), of(after));
    expect(changes.changed).toHaveLength(count);
    expect(changes.unchanged).toBe(1 - count);
  });

  test('where only one side asks, though both have the policy', () => {
    const policies = [aPolicy({ id: compliant.policyId })];
    const { changed } = verdictChanges(aResults({ policies }), of(compliant));
    expect(changed).toMatchObject([{ policyId: compliant.policyId, after: { outcome: 'COMPLIANT' } }]);
    expect(changed[0]).not.toHaveProperty('before');
  });
});

test('policies that only one set has are counted, not listed by target', () => {
  const other = anEvaluation({ policyId: 'trail-is-mine', outcome: 'NON_COMPLIANT' });
  const changes = verdictChanges(of(compliant), of(other));
  expect(changes).toMatchObject({ changed: [], unchanged: 0 });
  expect(changes.added).toMatchObject([{ id: 'trail-is-mine', outcomes: { NON_COMPLIANT: 1 } }]);
  expect(changes.removed).toMatchObject([{ id: compliant.policyId, outcomes: { COMPLIANT: 1 } }]);
  expect(changesText(changes, [of(other)])).toBe(
    'only new  trail-is-mine: 1 NON_COMPLIANT\nonly old  trail-is-logging: 1 COMPLIANT\n\n' +
      '0 verdicts change, 0 stay; 1 policy added, 1 removed\n',
  );
});

test('the table names policy, target and both verdicts', () => {
  const after = of(failing('logging'));
  expect(changesText(verdictChanges(of(compliant), after), [after])).toBe(
    'Policy            Target                                            Verdict\n' +
      'trail-is-logging  Trail main in account 111111111111, eu-central-1  COMPLIANT → NON_COMPLIANT (high: logging)\n\n' +
      '1 verdict changes, 0 stay; 0 policies added, 0 removed\n',
  );
});

test('what no screen holds is summed up, and the JSON has it; names reach neither as they are', () => {
  const targets = [...Array(150).keys()].map((index) =>
    aTarget({ id: `t${index}`, arn: `t${index}`, name: '\u001b[2J' }),
  );
  const before = of(...targets.map((target) => anEvaluation({ target })));
  const after = of(...targets.map((target) => anEvaluation({ target, outcome: 'INSUFFICIENT_DATA' })));
  const changes = verdictChanges(before, after);
  const text = changesText(changes, [after]);
  expect(text.match(/COMPLIANT → INSUFFICIENT_DATA/g)).toHaveLength(100);
  expect(text).toContain('… and 50 more: --format json has them all\n');
  const json = changesJson(changes, { before: 'a', after: 'b\u001b', capturedAt: '2026-11-21T08:00:00Z' });
  expect(text + json).not.toContain('\u001b');
  expect((JSON.parse(json) as typeof changes).changed).toHaveLength(150);
});
