import { describe, expect, test } from 'vitest';
import { aResults, anEvaluation } from '../../test/support/results-builders.js';
import type { Reason } from '../model/results.js';
import { formatNames, render } from './index.js';
import { failingMessage, waivedAssertions } from './unwaived.js';

const reason = (assert: string, more: Partial<Reason> = {}): Reason => ({
  assert,
  message: `The ${assert} fail.`,
  because: [{ expr: `trail.${assert}`, value: false }],
  ...more,
});

const finding = (reasons: readonly Reason[]) =>
  anEvaluation({ outcome: 'NON_COMPLIANT', message: reasons.map((it) => it.message).join(' '), reasons });

describe('a finding that is waived in part', () => {
  const partly = finding([reason('logs'), reason('digests', { waiver: 'W-1' })]);

  test('says what is left', () => {
    expect(failingMessage(partly)).toBe('The logs fail.');
    expect(waivedAssertions(partly)).toEqual(['digests by W-1']);
    expect(failingMessage(finding([reason('logs'), reason('digests')]))).toBe('The logs fail. The digests fail.');
  });

  test('says so when only what could not be read is left', () => {
    const open = finding([reason('logs', { waiver: 'W-1' }), reason('digests', { unknown: true })]);
    expect(failingMessage(open)).toMatch(/^What fails is waived, but not all could be read, which cannot be waived\. /);
  });

  test.each(formatNames.filter((it) => it !== 'json'))('in %s, too', (format) => {
    const text = [...render(format, aResults({ evaluations: [partly] }))].join('');
    expect(text).toContain('The logs fail.');
    expect(text).not.toContain('The digests fail.');
    expect(text).not.toContain('trail.digests');
  });
});
