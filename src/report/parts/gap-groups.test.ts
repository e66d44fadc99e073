import { describe, expect, test } from 'vitest';
import { aGap, aResults, anAccountTarget, anEvaluation } from '../../../test/support/results-builders.js';
import { gapGroups, notKnown } from './gap-groups.js';

test('gaps are summed up by call and reason, the most frequent first', () => {
  const gaps = [
    aGap({ call: 's3:GetBucketPolicy', accountId: '3' }),
    aGap({ call: 'kms:DescribeKey', accountId: '2' }),
    aGap({ call: 'kms:DescribeKey', accountId: '1' }),
    aGap({ call: 'kms:DescribeKey', accountId: '1', reason: 'throttled' }),
    aGap({ call: 'kms:DescribeKey', accountId: '1', region: 'us-east-1' }),
  ];
  expect(gapGroups(gaps).map(({ call, reason, count, accounts }) => ({ call, reason, count, accounts }))).toEqual([
    { call: 'kms:DescribeKey', reason: 'access-denied', count: 3, accounts: ['1', '2'] },
    { call: 'kms:DescribeKey', reason: 'throttled', count: 1, accounts: ['1'] },
    { call: 's3:GetBucketPolicy', reason: 'access-denied', count: 1, accounts: ['3'] },
  ]);
});

describe('what is not known', () => {
  const gap = aGap();

  test('is grouped by policy, with the gaps that its evaluations name, each once', () => {
    const on = (account: string, policyId: string) =>
      anEvaluation({ policyId, outcome: 'INSUFFICIENT_DATA', target: anAccountTarget(account, 'x'), gaps: [gap.id] });
    const results = aResults({
      evaluations: [on('2', 'b'), on('1', 'b'), on('1', 'a'), anEvaluation()],
      gaps: [gap, aGap({ call: 'other:Call' })],
    });
    expect(notKnown(results)).toMatchObject([
      { policyId: 'a', targets: 1, accounts: ['1'], gaps: [{ call: gap.call, count: 1 }] },
      { policyId: 'b', targets: 2, accounts: ['1', '2'], gaps: [{ call: gap.call, count: 1 }] },
    ]);
  });

  test('shows a message where no gap is named', () => {
    const evaluation = anEvaluation({ outcome: 'INSUFFICIENT_DATA', message: 'The account could not be read.' });
    expect(notKnown(aResults({ evaluations: [evaluation] }))).toMatchObject([
      { gaps: [], example: 'The account could not be read.' },
    ]);
  });
});
