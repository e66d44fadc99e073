import { expect, test } from 'vitest';
import { aPolicy, aResults, anAccountTarget, anEvaluation } from '../../../test/support/results-builders.js';
import { outcomesByPolicy } from './outcomes.js';

test('outcomes are counted by policy, waived ones apart', () => {
  const waiver = { id: 'W-1', reason: 'It is known.', owner: 'me', expires: '2027-01-01' };
  const target = anAccountTarget('222222222222', 'x');
  const results = aResults({
    policies: [aPolicy({ id: 'b' }), aPolicy({ id: 'a' })],
    evaluations: [
      anEvaluation({ policyId: 'b' }),
      anEvaluation({ policyId: 'b', outcome: 'NON_COMPLIANT', target }),
      anEvaluation({ policyId: 'b', outcome: 'NON_COMPLIANT', waiver }),
    ],
  });
  expect(outcomesByPolicy(results).map(({ policy, counts, waived }) => ({ id: policy.id, counts, waived }))).toEqual([
    { id: 'a', counts: { COMPLIANT: 0, NON_COMPLIANT: 0, INSUFFICIENT_DATA: 0, NOT_APPLICABLE: 0 }, waived: 0 },
    { id: 'b', counts: { COMPLIANT: 1, NON_COMPLIANT: 1, INSUFFICIENT_DATA: 0, NOT_APPLICABLE: 0 }, waived: 1 },
  ]);
});
