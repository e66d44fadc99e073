import { expect, test } from 'vitest';
import { collectFrom, impatience } from '../support/collect-from.js';
import { aLargeOrganization } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail } from '../support/worlds.js';

/** Quotas are not waited for; deadlines are. */
const clock = { now: () => Date.now(), sleep: async () => await Promise.resolve() };

test('a list that goes on with empty pages is given up after a few, not after thousands', async () => {
  const { inventory, aws } = await collectFrom(anOrganizationWithATrail(), {
    aws: { faults: [{ match: { operation: 'ListRoots' }, kind: 'endless-pages' }] },
    tuning: { ...impatience.tuning, clock, maxEmptyPages: 5 },
  });
  // The first page has the root; then come empty ones.
  expect(aws.countBy('operation')['organizations:ListRoots']).toBe(6);
  expect(inventory.gaps.find(({ call }) => call === 'organizations:ListRoots')).toMatchObject({
    reason: 'error',
    message: expect.stringContaining('gave 5 empty pages in a row'),
  });
  expect(inventory.organization?.organizationalUnits).toMatchObject({ state: 'unknown' });
});

test('a service that never answers is not waited for in every account', async () => {
  const concurrency = 2;
  const { inventory, aws } = await collectFrom(aLargeOrganization(30), {
    concurrency,
    aws: { faults: [{ match: { service: 'cloudtrail' }, kind: 'timeout' }] },
    tuning: { ...impatience.tuning, clock, deadline: 2_000, maxAttempts: 1 },
  });
  expect(aws.countBy('operation')['cloudtrail:ListTrails']).toBeLessThanOrEqual(3 + concurrency);
  const read = inventory.accounts.filter(({ ownTrails }) => ownTrails.state === 'known');
  expect(read).toEqual([]);
  const reasons = inventory.accounts.flatMap(({ ownTrails: it }) =>
    it.state === 'unknown' ? inventory.gaps.filter(({ id }) => id === it.gap) : [],
  );
  expect(reasons).toHaveLength(inventory.accounts.length);
  expect(reasons.filter(({ message }) => !message.includes('gave no answer within 2 seconds'))).toEqual([]);
});
