import { describe, expect, test } from 'vitest';
import { joinAlike } from './alike-findings.js';
import { byText } from '../text/order.js';
import { groupFindings } from './finding-groups.js';
import type { Evaluation, Reason } from './results.js';

const because = (value: string | number | boolean): Reason[] => [
  { assert: 'retained', message: 'It expires.', because: [{ expr: 'bucket.retention.days', value }] },
];
const failing = (accountId: string, it: Partial<Evaluation> = {}): Evaluation => ({
  policyId: 'log-bucket-retains-logs',
  outcome: 'NON_COMPLIANT',
  severity: 'medium',
  target: { type: 'log-bucket', id: `arn:aws:s3:::logs-${accountId}`, accountId, region: 'us-east-1' },
  message: 'It expires.',
  reasons: because(90),
  evidence: [],
  gaps: [],
  fingerprint: `f${accountId}`,
  ...it,
});
const joined = (...evaluations: readonly Evaluation[]) =>
  joinAlike(
    groupFindings(evaluations, () => 0),
    byText,
  ).map(({ root, alike, members }) => [root.fingerprint, alike.map((it) => it.fingerprint), members.length]);

describe('findings that are alike', () => {
  test('are one, with all that it is made of', () => {
    expect(joined(failing('3'), failing('1'), failing('2'))).toEqual([['f1', ['f2', 'f3'], 3]]);
  });

  test('may differ in what is named, and in nothing else', () => {
    const named = (accountId: string, value: string) => failing(accountId, { reasons: because(value) });
    expect(joined(named('1', 'arn:aws:s3:::a'), named('2', 'arn:aws:s3:::b'))).toHaveLength(1);
    expect(joined(named('1', 'Suspended'), named('2', 'Unversioned'))).toHaveLength(2);
    expect(joined(failing('1'), failing('2', { reasons: because(30) }))).toHaveLength(2);
    expect(joined(failing('1'), failing('2', { severity: 'low' }))).toHaveLength(2);
    expect(joined(failing('1'), failing('2', { policyId: 'other' }))).toHaveLength(2);
    expect(joined(failing('1'), failing('2', { fix: 'Reset the landing zone.' }))).toHaveLength(2);
    expect(joined(failing('1'), failing('2', { params: { minDays: 30 } }))).toHaveLength(2);
  });

  test('say the same of each place, names aside', () => {
    const [one, two] = ['111111111111', '222222222222'];
    const saying = (accountId: string, message: string) =>
      failing(accountId, { reasons: [{ assert: 'a', message, because: [{ expr: 'x', value: false }] }] });
    const stopped = (accountId: string, at: string) =>
      saying(accountId, `Bucket arn:aws:s3:::logs-${accountId} of ${accountId}, stopped at ${at}.`);
    expect(joined(stopped(one, '2025-01-01T00:00:00Z'), stopped(two, '2026-01-01T00:00:00Z'))).toHaveLength(1);
    expect(joined(saying(one, 'Nothing records GetObject.'), saying(two, 'Nothing records Delete.'))).toHaveLength(2);
  });

  test('are of several accounts, whose owners are known', () => {
    expect(joined(failing('1'), failing('1', { fingerprint: 'g1' }))).toHaveLength(2);
    expect(joined(failing('1'), failing('unknown'))).toHaveLength(2);
  });

  test('have nothing that follows from them, and say why they fail', () => {
    expect(joined(failing('1'), failing('2'), failing('3', { causedBy: 'f2' }))).toHaveLength(2);
    expect(joined(failing('1', { reasons: [] }), failing('2', { reasons: [] }))).toHaveLength(2);
  });
});
