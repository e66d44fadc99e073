import { expect, test } from 'vitest';
import { collectFrom } from '../support/collect-from.js';
import {
  anOrganizationWithATrail,
  anOwnTrail,
  archiveBucket,
  dev,
  joined,
  logArchive,
  management,
  prod,
} from '../support/worlds.js';
import { byText } from '../../src/text/order.js';

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

test.each(['with-organization-trails', 'own-trails'] as const)(
  'a member that only sees the organization trail costs three calls (ListTrails gives members %s)',
  async (listTrailsInMembers) => {
    const { callsIn } = await collectFrom(anOrganizationWithATrail(), { aws: { listTrailsInMembers } });
    expect(callsIn(dev)).toEqual({ 'sts:AssumeRole': 1, 'cloudtrail:ListTrails': 1, 'cloudtrail:GetTrailStatus': 1 });
  },
);

test('an account with its own trail, bucket, key, log group and role costs at most 36 calls', async () => {
  const { callsIn } = await collectFrom(joined(anOrganizationWithATrail(), anOwnTrail(prod)));
  expect(sum(callsIn(prod))).toBeLessThanOrEqual(36);
});

test('the same with a trail of one Region, for which the Regions are asked, too', async () => {
  const { callsIn } = await collectFrom(
    joined(anOrganizationWithATrail(), anOwnTrail(prod, { IsMultiRegionTrail: false })),
  );
  expect(callsIn(prod)).toMatchObject({ 'account:ListRegions': 1 });
  expect(sum(callsIn(prod))).toBeLessThanOrEqual(36);
});

test('each bucket, key and log group is read once, however many trails use it', async () => {
  const shared = { S3BucketName: archiveBucket };
  const own = [
    anOwnTrail(prod, shared),
    anOwnTrail(dev, shared),
    anOwnTrail(management, { ...shared, Name: 'second' }),
  ];
  const { aws, callsIn } = await collectFrom(joined(anOrganizationWithATrail(), ...own));
  const reads = aws.calls().filter((call) => call.operation === 'GetBucketVersioning');
  expect(reads.map(({ accountId, resource }) => [accountId, resource])).toEqual([
    [logArchive, expect.stringContaining(archiveBucket)],
  ]);
  expect(callsIn(logArchive)['kms:DescribeKey']).toBe(1);
});

test('coverage.apiCalls is what was really sent, retries and pages included', async () => {
  const { aws, inventory } = await collectFrom(anOrganizationWithATrail(), {
    aws: {
      pageSizes: { 'organizations:ListAccounts': 2 },
      faults: [{ match: { operation: 'ListTrails' }, kind: 'throttled', times: 2 }],
    },
  });
  expect(inventory.apiCalls.byOperation).toEqual(sorted(aws.countBy('operation')));
  expect(inventory.apiCalls.total).toBe(aws.calls().length);
  expect(inventory.gaps.filter((gap) => gap.reason !== 'not-collected')).toEqual([]);
});

test('only calls of the one table are made, each with our name in the User-Agent and none that writes', async () => {
  const { aws } = await collectFrom(joined(anOrganizationWithATrail(), anOwnTrail(prod)), { deep: true });
  expect(aws.writes).toEqual([]);
  expect(aws.unknown).toEqual([]);
  expect(aws.calls().filter((call) => !call.userAgent.includes('trailproof/0.0.0-test'))).toEqual([]);
});

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => byText(a, b)));
}
