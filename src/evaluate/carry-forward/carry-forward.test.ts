import { expect, test } from 'vitest';
import { anInventory } from '../../../test/support/inventory-builders.js';
import { aResults } from '../../../test/support/results-builders.js';
import { followUp } from './carry-forward.js';

/** One account without an organization, entered in a session of this name. */
function aRunAs(session: string, accountId = '111111111111') {
  const caller = `arn:aws:sts::${accountId}:assumed-role/scan/${session}`;
  return aResults({ organization: null, run: { caller } });
}

test('a run of the same account follows on the last, whatever its session is called', () => {
  const followed = followUp(aRunAs('trailproof-2'), aRunAs('trailproof-1'), anInventory());
  expect(followed.previous?.capturedAt).toBe('2026-11-21T08:00:00.000Z');
});

test('a run of another account does not', () => {
  expect(() => followUp(aRunAs('trailproof'), aRunAs('trailproof', '222222222222'), anInventory())).toThrow(
    '--previous holds the results of 222222222222, and this run has those of 111111111111.',
  );
});
