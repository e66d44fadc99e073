import { expect, test } from 'vitest';
import { constructs, policiesOf } from '../../test/support/query/constructs.js';
import { lakePredicate } from './index.js';

test('which events a run is given never rests on what CloudTrail Lake does not document', () => {
  const asked = policiesOf(constructs).map(({ activity, params }) => lakePredicate(activity, params));
  expect(asked.some((it) => it.isExact && !it.isEverything)).toBe(true);
  expect(asked.some((it) => it.leftOut.length > 0)).toBe(true);
  for (const { sql } of asked) {
    expect(sql).not.toMatch(/requestparameters|responseelements|additionaleventdata|serviceeventdetails|tlsdetails/);
    expect(sql).not.toMatch(/element_at|json_|(?:useridentity|sessioncontext|sessionissuer|attributes|onbehalfof) IS /);
  }
});
