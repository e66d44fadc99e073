import { expect, test } from 'vitest';
import { aResults, anAccountTarget, anEvaluation, aTarget } from '../../../test/support/results-builders.js';
import { findingsOf } from './findings.js';
import { bySameText } from './same-text.js';

test('texts that differ in their own target alone are one group', () => {
  const on = (account: string, message: string) =>
    anEvaluation({ outcome: 'NON_COMPLIANT', target: anAccountTarget(account, `name ${account}`), message });
  const evaluations = [
    on('100000000001', 'Account 100000000001 (name 100000000001) is off.'),
    on('100000000002', 'Account 100000000002 (name 100000000002) is off.'),
    on('100000000003', 'Account 100000000001 is off.'),
    on('100000000004', 'Account 100000000004 is on.'),
  ];
  const groups = bySameText(findingsOf(aResults({ evaluations })));
  expect(groups.map((group) => group.map((it) => it.evaluation.target.id))).toEqual([
    ['100000000001', '100000000002'],
    ['100000000003'],
    ['100000000004'],
  ]);
});

test('policies and severities stay apart', () => {
  const evaluations = [
    anEvaluation({ outcome: 'NON_COMPLIANT', policyId: 'a', target: aTarget({ id: 'x', arn: 'x' }), message: 'No.' }),
    anEvaluation({ outcome: 'NON_COMPLIANT', policyId: 'b', target: aTarget({ id: 'y', arn: 'y' }), message: 'No.' }),
  ];
  expect(bySameText(findingsOf(aResults({ evaluations })))).toHaveLength(2);
});
