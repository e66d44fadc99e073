import { expect, test, vi } from 'vitest';
import { collect } from '../../src/collect/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { byText } from '../../src/text/order.js';
import { collectFrom, impatience, useFakeAws, type CollectFromOptions } from '../support/collect-from.js';
import { aBucket, aKey, type Fault, type World } from '../support/fake-aws/index.js';
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

const organization = joined(anOrganizationWithATrail(), anOwnTrail(prod));
const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };

test('where logs go is read while an account still is, and is in the inventory of a run that ends then', async () => {
  const stop = new AbortController();
  const faults: Fault[] = [{ match: { operation: 'ListTrails', accountId: dev }, kind: 'timeout' }];
  const aws = await useFakeAws(organization, { faults });
  const reading = collect({ ...impatience, scope, signal: stop.signal });
  // Dev does not answer, so that the accounts have not all been read.
  const wanted = [
    `s3:GetBucketRequestPayment ${logArchive}`,
    `s3:GetBucketRequestPayment ${prod}`,
    `kms:GetKeyPolicy ${logArchive}`,
    `kms:GetKeyPolicy ${prod}`,
    `logs:DescribeSubscriptionFilters ${management}`,
    `logs:DescribeSubscriptionFilters ${prod}`,
    `iam:ListAttachedRolePolicies ${management}`,
    `s3control:GetPublicAccessBlock ${prod}`,
  ];
  await vi.waitFor(() => expect(asked(aws.calls())).toEqual(expect.arrayContaining(wanted)), 60_000);
  stop.abort(new Error('interrupted'));
  const inventory = await reading;
  expect(inventory.interrupted).toBe(true);
  const archive = inventory.buckets.find((it) => it.name === archiveBucket);
  expect(archive?.owner).toMatchObject({ state: 'known', value: { accountId: logArchive } });
  expect(archive?.versioning).toMatchObject({ state: 'known', value: { status: 'Enabled' } });
  const evidence = new Set(inventory.evidence.map((it) => it.id));
  expect(Object.values(archive?.evidence ?? {}).every((it) => evidence.has(it))).toBe(true);
}, 90_000);

function asked(calls: readonly { service: string; operation: string; accountId?: string | undefined }[]): string[] {
  return calls.map((it) => `${it.service}:${it.operation} ${it.accountId ?? ''}`);
}

const shared = { S3BucketName: 'shared' };
const denied = (operation: string): Fault => ({ match: { operation }, kind: 'denied' });
const failing = (operation: string): Fault => ({ match: { operation }, kind: 'internal-error' });
const worlds: readonly (readonly [string, World, CollectFromOptions])[] = [
  ['a landing zone with own trails', joined(organization, anOwnTrail(dev)), {}],
  [
    'a bucket for the trails of all',
    joined(anOrganizationWithATrail({ trail: { ...shared, KmsKeyId: undefined } }), anOwnTrail(prod, shared), {
      buckets: [aBucket({ name: 'shared', accountId: prod })],
    }),
    {},
  ],
  ['a log archive that is named', organization, { logArchiveAccount: logArchive }],
  [
    'a key that is named in two ways',
    joined(organization, anOwnTrail(dev, { KmsKeyId: aKey({ accountId: logArchive }).arn }), anOwnTrail(management)),
    {},
  ],
  ['accounts out of scope', organization, { scope: { excludedAccounts: [prod, management] } }],
  ['an account alone', organization, { scope: { accounts: [management] } }],
  ['a bucket that nobody owns', anOrganizationWithATrail({ buckets: [] }), {}],
  ['buckets that are refused', organization, { aws: { faults: [denied('HeadBucket'), denied('GetBucketAcl')] } }],
  ['keys that are refused', organization, { aws: { faults: [denied('DescribeKey'), denied('GetKeyPolicy')] } }],
  ['log groups that cannot be read', organization, { aws: { faults: [failing('DescribeLogGroups')] } }],
  ['accounts that cannot be entered', organization, { aws: { faults: [denied('AssumeRole')] } }],
];

test.each(worlds)('the same is read, by the same calls, as in its turn: %s', async (_, world, options) => {
  const early = await collectFrom(world, options);
  // Who keeps the answers asks in turn.
  const inTurn = await collectFrom(world, { ...options, recorder: { add: () => {} } });
  expect(withoutTimes(early.inventory)).toEqual(withoutTimes(inTurn.inventory));
  expect(asked(early.aws.calls()).toSorted(byText)).toEqual(asked(inTurn.aws.calls()).toSorted(byText));
});

test('what was asked for nothing leaves no trace but its calls', async () => {
  // The bucket is asked for where the first trail by ARN is at home. That one is known last.
  const own = anOwnTrail(dev, { ...shared, HomeRegion: 'ap-south-1' });
  const faults: Fault[] = [{ match: { operation: 'ListTrails', accountId: dev }, kind: 'slow', milliseconds: 1000 }];
  const named = { trail: { ...shared, KmsKeyId: aKey({ accountId: logArchive }).arn } };
  const world = joined(anOrganizationWithATrail(named), own, {
    buckets: [aBucket({ name: 'shared', accountId: logArchive })],
  });
  const { inventory } = await collectFrom(world, { aws: { faults } });
  const heads = inventory.evidence.filter((it) => it.call === 's3:HeadBucket' && it.resource === 'shared');
  expect(heads.map((it) => it.region)).toEqual(['ap-south-1']);
  expect(inventory.gaps.filter((it) => it.resource === 'shared')).toEqual([]);
});

function withoutTimes(inventory: Inventory): unknown {
  return JSON.parse(
    JSON.stringify(inventory, (key, value: unknown) =>
      ['at', 'capturedAt', 'requestId'].includes(key) ? undefined : value,
    ),
  );
}
