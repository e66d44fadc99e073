import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aBucket,
  absent,
  aGap,
  anAccount,
  anInventory,
  anOrganization,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Bucket, Inventory } from '../../model/inventory.js';
import { joinInventories } from './join.js';

const early = '2026-11-20T10:00:00.000Z';
const late = '2026-11-20T12:00:00.000Z';

function part(at: string, parts: Partial<Inventory>): Inventory {
  const id = `refused-${at}`;
  return anInventory({ capturedAt: at, gaps: [aGap({ id })], ...parts });
}

function withBucket(at: string, it: Partial<Bucket>): Inventory {
  return part(at, { buckets: [aBucket(it)] });
}

const enabled = known({ status: 'Enabled', mfaDelete: false });
const suspended = known({ status: 'Suspended', mfaDelete: false });
const refusedLate = unknown(`refused-${late}`);

const asShards = { newestWins: false };
const asResumed = { newestWins: true };

describe('of a bucket that two shards read', () => {
  test('what the newer saw does not lose to the older, though it was refused something: they disagree', () => {
    const older = withBucket(early, { versioning: enabled });
    const newer = withBucket(late, { versioning: suspended, policy: refusedLate, acl: refusedLate });
    for (const parts of [[older, newer] as const, [newer, older] as const]) {
      const { buckets, gaps } = joinInventories(parts, asShards);
      const [bucket] = buckets;
      const gap = gaps.find(({ resource }) => resource === bucket?.arn);
      expect(bucket?.versioning).toEqual(unknown(gap?.id ?? ''));
      expect(gap).toMatchObject({ call: 'record of versioning', reason: 'error', accountId: MANAGEMENT });
      expect(gap?.message).toContain(`${early} and at ${late}`);
      // What only one was told is known.
      expect(bucket?.policy).toEqual(aBucket().policy);
      expect(gaps.map(({ id }) => id)).not.toContain(`refused-${late}`);
    }
  });

  test('none and something is a disagreement, too', () => {
    const parts = [withBucket(early, { policy: absent }), withBucket(late, {})] as const;
    expect(joinInventories(parts, asShards).buckets[0]?.policy.state).toBe('unknown');
  });

  test('where both were refused it is unknown for the newer reason', () => {
    const older = withBucket(early, { versioning: unknown(`refused-${early}`) });
    const newer = withBucket(late, { versioning: refusedLate });
    expect(joinInventories([older, newer], asShards).buckets[0]?.versioning).toEqual(refusedLate);
  });

  test('a run that was resumed believes what it read anew', () => {
    const older = withBucket(early, { versioning: enabled });
    const newer = withBucket(late, { versioning: suspended, policy: refusedLate });
    const [bucket] = joinInventories([newer, older], asResumed).buckets;
    expect(bucket?.versioning).toEqual(suspended);
    expect(bucket?.policy).toEqual(aBucket().policy);
  });
});

test('a trail that went on delivering disagrees with nobody; one that was stopped meanwhile does', () => {
  const delivering = (at: string, isLogging = true): Inventory =>
    part(at, { trails: [aTrail({ status: { ...aStatus(), isLogging, latestDeliveryTime: at } })] });
  const [trail] = joinInventories([delivering(early), delivering(late)], asShards).trails;
  expect(trail?.status).toMatchObject({ state: 'known', value: { latestDeliveryTime: late } });
  const stopped = joinInventories([delivering(early), delivering(late, false)], asShards);
  expect(stopped.trails[0]?.status.state).toBe('unknown');
});

test("parts that disagree on an account's Block Public Access or on the organization leave it open", () => {
  const on = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true };
  const owner = (publicAccessBlock: Inventory['accounts'][number]['publicAccessBlock']) => ({
    accounts: [anAccount({ id: MANAGEMENT, name: 'management', publicAccessBlock })],
  });
  const account = joinInventories([part(early, owner(known(on))), part(late, owner(absent))], asShards).accounts[0];
  expect(account?.publicAccessBlock.state).toBe('unknown');
  const organization = (services: readonly string[]) => ({
    organization: anOrganization({ trustedServices: known(services) }),
  });
  const both = [part(early, organization(['cloudtrail.amazonaws.com'])), part(late, organization([]))] as const;
  expect(joinInventories(both, asShards).organization?.trustedServices.state).toBe('unknown');
});

test('no order of the parts changes the whole, and nothing that a part knew otherwise is known', () => {
  const versioning = fc.constantFrom<Bucket['versioning']>(enabled, suspended, absent, unknown(`refused-${early}`));
  fc.assert(
    fc.property(fc.array(versioning, { minLength: 2, maxLength: 4 }), (told) => {
      const parts = told.map((it, hour) => withBucket(`2026-11-20T0${hour}:00:00.000Z`, { versioning: it }));
      const [first, ...others] = parts;
      if (first === undefined) return;
      const joined = joinInventories([first, ...others], asShards).buckets[0]?.versioning;
      const [last, ...rest] = parts.toReversed();
      if (last === undefined) return;
      expect(joinInventories([last, ...rest], asShards).buckets[0]?.versioning).toEqual(joined);
      const values = new Set(told.flatMap((it) => (it.state === 'unknown' ? [] : [JSON.stringify(it)])));
      expect(joined?.state === 'unknown').toBe(values.size !== 1);
    }),
  );
});
