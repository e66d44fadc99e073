import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { aBucket, aDistribution, aFlowLog, aLoadBalancer, aVpc, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, logArchive, prod } from '../support/worlds.js';

type WorldBucket = World['buckets'][number];

const { policies: all } = loadPolicies({ packs: ['other-logs', 'core'] });
const policies = all.filter(({ id }) => id === 'other-log-buckets-are-protected');
const viewSchema = readPackageJson('schema/view.v1.json');
const calls = neededCalls(policies, viewSchema);

const name = `flow-logs-${logArchive}`;
const tlsOnly = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
});

const protectedBucket = (parts: Partial<WorldBucket> = {}): WorldBucket =>
  aBucket({ name, accountId: logArchive, policy: tlsOnly, versioning: 'Enabled', ...parts });

/** Flow logs, a distribution and a load balancer of different accounts write to one bucket of the log archive. */
function worldWith(parts: Partial<WorldBucket> = {}, more: Partial<World> = {}): World {
  const world = anOrganizationWithATrail();
  return {
    ...world,
    regions: ['eu-central-1', 'us-east-1'],
    buckets: [...world.buckets, protectedBucket(parts)],
    vpcs: [aVpc({ accountId: dev, flowLogs: [aFlowLog(`arn:aws:s3:::${name}/flows/`)] })],
    distributions: [aDistribution({ accountId: prod, bucket: `${name}.s3.amazonaws.com` })],
    loadBalancers: [aLoadBalancer({ accountId: prod, bucket: name })],
    ...more,
  };
}

async function read(world: World, options: CollectFromOptions = {}) {
  return await collectFrom(world, { calls, ...options });
}

function judge(inventory: Inventory, chosen = policies) {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  return evaluate(inventory, chosen, times).evaluations;
}

/** With the assertions that fail. */
function outcomes(inventory: Inventory): string[] {
  return judge(inventory)
    .map(({ outcome, reasons }) =>
      outcome === 'NON_COMPLIANT' ? [outcome, ...reasons.map((it) => it.assert)].join(' ') : outcome,
    )
    .toSorted();
}

describe('which buckets', () => {
  test('are read once, in the account that owns them, and are no log buckets of trails', async () => {
    const { inventory, callsIn } = await read(worldWith());
    expect(inventory.otherLogBuckets?.map((it) => it.name)).toEqual([name]);
    expect(inventory.otherLogBuckets?.[0]?.owner).toMatchObject({ value: { accountId: logArchive } });
    expect(inventory.buckets.map((it) => it.name)).not.toContain(name);
    // The bucket of the trail is in the same account.
    expect(callsIn(logArchive)).toMatchObject({ 's3:GetBucketPolicy': 2, 's3control:GetPublicAccessBlock': 1 });
  });

  test('what trails write to, too, is not read again, and judged as both', async () => {
    const [ofTrail] = anOrganizationWithATrail().buckets;
    const shared = `arn:aws:s3:::${ofTrail?.name ?? ''}`;
    const vpcs = [aVpc({ accountId: dev, flowLogs: [aFlowLog(shared)] })];
    const { inventory, callsIn } = await read(worldWith({}, { vpcs, distributions: [], loadBalancers: [] }));
    expect(inventory.otherLogBuckets).toEqual(inventory.buckets);
    const onBoth = all.filter(({ id }) => id === 'log-bucket-is-not-public' || policies.some((it) => it.id === id));
    expect(judge(inventory, onBoth).map(({ target }) => target.type)).toEqual(['log-bucket', 'other-log-bucket']);
    expect(callsIn(logArchive)).toMatchObject({ 's3:GetBucketPolicy': 1 });
  });

  test('the policies on log buckets say the same with and without them', async () => {
    const onLogBuckets = all.filter(({ target }) => target === 'log-bucket');
    const needed = neededCalls(onLogBuckets, viewSchema);
    const alone = await collectFrom(worldWith({ versioning: null }), { calls: needed });
    expect(alone.inventory).not.toHaveProperty('otherLogBuckets');
    const both = await read(worldWith({ versioning: null }), { calls: new Set([...needed, ...calls]) });
    const verdicts = (inventory: Inventory) =>
      judge(inventory, onLogBuckets).map(({ policyId, outcome, target, fingerprint }) => [
        policyId,
        outcome,
        target.id,
        fingerprint,
      ]);
    expect(verdicts(both.inventory)).toEqual(verdicts(alone.inventory));
  });
});

const days = (count: number, prefix = '') => [
  { ID: 'old', Status: 'Enabled' as const, Filter: { Prefix: prefix }, Expiration: { Days: count } },
];
const everyone = { Type: 'Group' as const, URI: 'http://acs.amazonaws.com/groups/global/AllUsers' };
const cloudFront = {
  Type: 'CanonicalUser' as const,
  ID: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
};

test.each<[string, Partial<WorldBucket>, string]>([
  ['protected', {}, 'COMPLIANT'],
  ['without versions', { versioning: null }, 'NON_COMPLIANT versioned'],
  ['plain HTTP', { policy: null }, 'NON_COMPLIANT tls'],
  ['kept for a month', { lifecycle: days(30) }, 'NON_COMPLIANT retained'],
  ['kept for a year', { lifecycle: days(365) }, 'COMPLIANT'],
  ['a folder that is emptied early', { lifecycle: days(1, 'tmp/') }, 'INSUFFICIENT_DATA'],
  [
    'public by ACL',
    {
      publicAccessBlock: null,
      ownership: [{ ObjectOwnership: 'ObjectWriter' }],
      grants: [{ Grantee: everyone, Permission: 'READ' }],
    },
    'NON_COMPLIANT private',
  ],
  [
    "CloudFront's own account is not everyone",
    {
      publicAccessBlock: null,
      ownership: [{ ObjectOwnership: 'ObjectWriter' }],
      grants: [{ Grantee: cloudFront, Permission: 'FULL_CONTROL' }],
    },
    'COMPLIANT',
  ],
])('%s', async (_, parts, expected) => {
  const { inventory } = await read(worldWith(parts));
  expect(outcomes(inventory)).toEqual([expected]);
});

describe('what could not be read', () => {
  test.each([
    ['s3', 'GetBucketPolicy', logArchive, ['INSUFFICIENT_DATA']],
    ['s3', 'HeadBucket', logArchive, ['INSUFFICIENT_DATA']],
    ['ec2', 'DescribeFlowLogs', dev, ['COMPLIANT', 'INSUFFICIENT_DATA']],
    ['elbv2', 'DescribeLoadBalancerAttributes', prod, ['COMPLIANT', 'INSUFFICIENT_DATA']],
    ['cloudfront', 'GetDistributionConfig', prod, ['COMPLIANT', 'INSUFFICIENT_DATA']],
  ] as const)('%s:%s', async (service, operation, accountId, expected) => {
    const { inventory } = await read(worldWith(), {
      aws: { faults: [{ match: { service, operation, accountId }, kind: 'denied' }] },
    });
    expect(outcomes(inventory)).toEqual(expected);
  });

  test('a bucket that is gone is none; nobody who was asked owns another', async () => {
    const world = worldWith();
    const gone = { ...world, buckets: world.buckets.filter((it) => it.name !== name) };
    expect(outcomes((await read(gone)).inventory)).toEqual([]);
    const stranger = worldWith({}, { vpcs: [aVpc({ accountId: dev, flowLogs: [aFlowLog('arn:aws:s3:::theirs')] })] });
    const theirs = { ...stranger, buckets: [...stranger.buckets, aBucket({ name: 'theirs', accountId: prod })] };
    expect(outcomes((await read(theirs)).inventory)).toEqual(['COMPLIANT', 'INSUFFICIENT_DATA']);
  });

  test('an inventory that was read for other policies, or by AWS Config, says so', async () => {
    const { inventory } = await collectFrom(worldWith());
    expect(new Set(outcomes(inventory))).toEqual(new Set(['INSUFFICIENT_DATA']));
    expect(outcomes({ ...inventory, source: 'config' })).not.toEqual([]);
  });
});
