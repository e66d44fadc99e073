import { expect, test } from 'vitest';
import type { Inventory } from '../../src/model/inventory.js';
import { known } from '../../src/model/known.js';
import { collectFrom } from '../support/collect-from.js';
import { anItem, itemsOf } from '../support/config-items.js';
import { aggregator, readConfig } from '../support/config-world.js';
import { aBucket } from '../support/fake-aws/index.js';
import type { WorldBucket } from '../support/fake-aws/world/resources.js';
import { anOrganizationWithATrail, joined, logArchive, prod } from '../support/worlds.js';

const Bucket = 'arn:aws:s3:::replica';

/** A log bucket with a rule to a bucket of this name, and another that is disabled. */
function replicating(replica: Partial<WorldBucket> | undefined, Account?: string) {
  const Destination = { Bucket, ...(Account === undefined ? {} : { Account }) };
  const replication = {
    Role: 'arn:aws:iam::222233334444:role/replication',
    Rules: [
      { ID: 'on', Status: 'Enabled' as const, Filter: {}, Destination },
      { ID: 'off', Status: 'Disabled' as const, Filter: {}, Destination: { Bucket: 'arn:aws:s3:::other' } },
    ],
  };
  const world = anOrganizationWithATrail({ bucket: { replication } });
  const buckets = replica === undefined ? [] : [aBucket({ name: 'replica', region: 'eu-west-1', ...replica })];
  return joined(world, { buckets });
}

/** Of the enabled rule, then of the disabled one. */
function regionsIn({ buckets }: Inventory) {
  return buckets.flatMap(({ replication }) =>
    replication.state === 'known' ? replication.value.map((it) => it.destinationRegion) : [],
  );
}

async function liveRegions(...world: Parameters<typeof replicating>) {
  const { inventory } = await collectFrom(replicating(...world));
  return { regions: regionsIn(inventory), gaps: inventory.gaps };
}

test('a replica of the same account, and of another that the rule names', async () => {
  expect((await liveRegions({ accountId: logArchive })).regions).toEqual([known('eu-west-1'), undefined]);
  expect((await liveRegions({ accountId: prod }, prod)).regions).toEqual([known('eu-west-1'), undefined]);
});

test('no such bucket', async () => {
  expect((await liveRegions(undefined)).regions).toEqual([{ state: 'absent' }, undefined]);
});

test('a replica of an account that nothing names is not looked for', async () => {
  const { regions, gaps } = await liveRegions({ accountId: prod });
  expect(regions).toEqual([{ state: 'unknown', gap: expect.any(String) }, undefined]);
  expect(gaps.filter((it) => it.resource === 'replica')).toMatchObject([{ call: 's3:HeadBucket' }]);
});

test('AWS Config tells where a replica is that it records', async () => {
  const world = replicating({ accountId: logArchive });
  const { inventory } = await collectFrom(world);
  const recorded = async (...more: readonly ReturnType<typeof anItem>[]) => {
    const config = { aggregators: [aggregator], recorders: [], items: [...itemsOf(inventory), ...more] };
    const read = await readConfig({ ...world, config });
    return regionsIn(read.inventory);
  };
  const replica = {
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'replica',
    ARN: Bucket,
    awsAccountId: logArchive,
    awsRegion: 'eu-west-1',
    configuration: { name: 'replica' },
  };
  expect(await recorded(anItem(replica))).toEqual([known('eu-west-1'), undefined]);
  expect(await recorded()).toEqual([{ state: 'unknown', gap: expect.any(String) }, undefined]);
  const gone = anItem({ ...replica, configurationItemStatus: 'ResourceDeleted' });
  expect(await recorded(gone)).toEqual([{ state: 'unknown', gap: expect.any(String) }, undefined]);
});
