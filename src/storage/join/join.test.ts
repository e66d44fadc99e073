import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  aBucket,
  absent,
  aGap,
  aLogGroup,
  anAccount,
  anInventory,
  anOrganization,
  aStatus,
  aTopic,
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

describe('what belongs to the organization, as two shards read it', () => {
  const owner = (ownTrails: readonly string[], elsewhere?: string) =>
    anAccount({
      id: MANAGEMENT,
      ...(elsewhere === undefined ? { ownTrails: known(ownTrails) } : { elsewhere, ownTrails: unknown('elsewhere') }),
    });
  const second = aTrail({ name: 'second' });
  const trailsOf = (joined: Inventory) => joined.trails.map(({ name }) => name);

  test('a trail that was made after its owner was read is kept, and is its own', () => {
    const older = part(early, { accounts: [owner([aTrail().arn])], trails: [aTrail()] });
    const newer = part(late, { accounts: [owner([], 'shard 1 of 2')], trails: [aTrail(), second] });
    const joined = joinInventories([older, newer], asShards);
    expect(trailsOf(joined)).toEqual(['main', 'second']);
    expect(joined.accounts[0]?.ownTrails).toEqual(known([aTrail().arn, second.arn]));
  });

  test('one that was deleted before its owner was read is gone', () => {
    const older = part(early, { accounts: [owner([], 'shard 2 of 2')], trails: [aTrail(), second] });
    const newer = part(late, { accounts: [owner([aTrail().arn])], trails: [aTrail()] });
    expect(trailsOf(joinInventories([older, newer], asShards))).toEqual(['main']);
  });

  const topic = (confirmed: number) => ({
    owner: MANAGEMENT,
    subscriptionsConfirmed: confirmed,
    subscriptionsPending: 0,
  });
  const alarm = (...alarmActions: string[]) => ({
    arn: `arn:aws:cloudwatch:eu-central-1:${MANAGEMENT}:alarm:a`,
    name: 'a',
    actionsEnabled: true,
    alarmActions,
    comparisonOperator: 'GreaterThanThreshold',
    evaluationPeriods: 1,
  });
  const watched = (at: string, confirmed: number, actions: readonly string[], isRefused = false): Inventory => {
    const place = { accountId: MANAGEMENT, region: aLogGroup().region, evidence: {} };
    const it = aTopic({ attributes: topic(confirmed) });
    return part(at, {
      topics: [isRefused ? { ...it, subscriptions: unknown(`refused-${at}`) } : it],
      alarms: [{ ...place, alarms: known({ metricAlarms: [alarm(...actions)], compositeAlarms: [] }) }],
    });
  };

  test('a topic and an alarm that were changed meanwhile are open, whichever part is the more complete', () => {
    const older = watched(early, 1, [aTopic().arn]);
    const newer = watched(late, 0, [], true);
    for (const parts of [[older, newer] as const, [newer, older] as const]) {
      const { topics, alarms, gaps } = joinInventories(parts, asShards);
      expect(alarms?.map((it) => it.alarms.state)).toEqual(['unknown']);
      expect(gaps.map(({ call }) => call)).toContain('record of alarms');
      // The alarms that would tell of it are open, and with them which topics there are.
      expect(topics ?? []).toEqual([]);
    }
    const both = [watched(early, 1, [aTopic().arn]), watched(late, 0, [aTopic().arn], true)] as const;
    const { topics } = joinInventories(both, asShards);
    expect(topics?.map((it) => it.attributes.state)).toEqual(['unknown']);
  });

  test('what tells the same is not open', () => {
    const both = [watched(early, 1, [aTopic().arn]), watched(late, 1, [aTopic().arn])] as const;
    const { topics, alarms } = joinInventories(both, asShards);
    expect(topics?.map((it) => it.attributes.state)).toEqual(['known']);
    expect(alarms?.map((it) => it.alarms.state)).toEqual(['known']);
  });
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
