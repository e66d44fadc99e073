import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { aBucket, aDistribution, aLogGroup, deliversAccessLogs, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, logArchive, prod } from '../support/worlds.js';

const { policies } = loadPolicies({ packs: ['other-logs'] });
const policy = policies.filter(({ id }) => id === 'cloudfront-distributions-log-requests');
const viewSchema = readPackageJson('schema/view.v1.json');
const calls = neededCalls(policy, viewSchema);

type Parts = Omit<Parameters<typeof aDistribution>[0], 'accountId'>;
const inDev = (parts: Parts = {}) => aDistribution({ accountId: dev, id: 'EDEV', ...parts });

function worldWith(parts: Partial<World>): World {
  const world = anOrganizationWithATrail();
  const buckets = [...world.buckets, aBucket({ name: 'logs', accountId: dev })];
  return { ...world, buckets, distributions: [inDev()], ...parts };
}

async function read(world: World, options: CollectFromOptions = {}) {
  return await collectFrom(world, { calls, ...options });
}

function outcomes(inventory: Inventory): string[] {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  return evaluate(inventory, policy, times)
    .evaluations.map(({ outcome, target }) => `${outcome} ${target.name ?? target.id}`)
    .toSorted();
}

const realTime = `arn:aws:cloudfront::${dev}:realtime-log-config/all`;
const sample = `arn:aws:cloudfront::${dev}:realtime-log-config/sample`;
const samplingRates = { [realTime]: 100, [sample]: 5 };

describe('which calls are made', () => {
  test('none by a plain run, and one for the other policies', async () => {
    const { policies: core } = loadPolicies({ packs: ['core', 'baseline', 'config'] });
    for (const options of [{}, { deep: true }, { calls: neededCalls(core, viewSchema) }]) {
      const { inventory, aws } = await collectFrom(worldWith({}), options);
      expect(Object.keys(aws.countBy('operation')).filter((name) => /cloudfront:|Deliver/.test(name))).toEqual([]);
      expect(inventory).not.toHaveProperty('distributions');
    }
  });

  test('one for an account without distributions; two more where there are, and one for each', async () => {
    const other = inDev({ id: 'EOTHER', realTimeConfigs: [realTime, realTime] });
    const { callsIn } = await read(worldWith({ distributions: [inDev(), other], samplingRates }));
    expect(callsIn(dev)).toMatchObject({
      'cloudfront:ListDistributions': 1,
      'cloudfront:GetDistributionConfig': 2,
      'cloudfront:GetRealtimeLogConfig': 1,
      'logs:DescribeDeliverySources': 1,
      'logs:DescribeDeliveries': 1,
    });
    expect(Object.keys(callsIn(prod)).filter((name) => /cloudfront:|Deliver/.test(name))).toEqual([
      'cloudfront:ListDistributions',
    ]);
  });
});

const verdicts: readonly (readonly [string, Partial<World>, string])[] = [
  ['no logs', {}, 'NON_COMPLIANT'],
  ['disabled', { distributions: [inDev({ isEnabled: false })] }, 'NOT_APPLICABLE'],
  ['standard logging (legacy)', { distributions: [inDev({ bucket: 'logs.s3.amazonaws.com' })] }, 'COMPLIANT'],
  [
    'standard logging (legacy) to a bucket that is gone',
    { distributions: [inDev({ bucket: 'gone.s3.amazonaws.com' })] },
    'NON_COMPLIANT',
  ],
  ['standard logging (v2)', { deliveries: [deliversAccessLogs(inDev())] }, 'COMPLIANT'],
  ['a source that goes nowhere', { deliveries: [{ ...deliversAccessLogs(inDev()), deliveries: [] }] }, 'NON_COMPLIANT'],
  [
    'a source of other logs',
    { deliveries: [deliversAccessLogs(inDev(), { logType: 'CONNECTION_LOGS' })] },
    'NON_COMPLIANT',
  ],
  [
    'a source that is not active',
    { deliveries: [deliversAccessLogs(inDev(), { status: 'INACTIVE' })] },
    'NON_COMPLIANT',
  ],
  ['a source of another distribution', { deliveries: [deliversAccessLogs(inDev({ id: 'EOTHER' }))] }, 'NON_COMPLIANT'],
  ['real-time logs', { distributions: [inDev({ realTimeConfigs: [realTime] })], samplingRates }, 'COMPLIANT'],
  [
    'real-time samples',
    { distributions: [inDev({ realTimeConfigs: [realTime, sample] })], samplingRates },
    'NON_COMPLIANT',
  ],
  [
    'real-time logs of one behavior',
    { distributions: [inDev({ realTimeConfigs: [null, realTime] })], samplingRates },
    'NON_COMPLIANT',
  ],
  [
    'a real-time configuration that is gone',
    { distributions: [inDev({ realTimeConfigs: [realTime] })] },
    'NON_COMPLIANT',
  ],
];

/** The deliveries of the access logs of the distribution in dev, to one destination. */
const to = (...destination: Parameters<typeof deliversAccessLogs>[2][]) => ({
  deliveries: destination.map((it, index) => deliversAccessLogs(inDev(), { name: `logs-${index}` }, it)),
});
const groupIn = (accountId: string) => `arn:aws:logs:us-east-1:${accountId}:log-group:access`;
const aGroup = aLogGroup({ accountId: dev, region: 'us-east-1', logGroupName: 'access' });
const keeping = (retentionInDays: number) =>
  aLogGroup({ accountId: dev, region: 'us-east-1', logGroupName: 'access', retentionInDays });
const delivered: readonly (readonly [string, Partial<World>, string])[] = [
  ['a folder of a bucket', to({ type: 'S3', arn: 'arn:aws:s3:::logs/access' }), 'COMPLIANT'],
  ['a bucket that is gone', to({ type: 'S3', arn: 'arn:aws:s3:::gone' }), 'NON_COMPLIANT'],
  ['a log group', { ...to({ type: 'CWL', arn: `${groupIn(dev)}:*` }), logGroups: [aGroup] }, 'COMPLIANT'],
  [
    'a log group that keeps them for three months',
    { ...to({ type: 'CWL', arn: groupIn(dev) }), logGroups: [keeping(90)] },
    'COMPLIANT',
  ],
  [
    'a log group that keeps them for a week',
    { ...to({ type: 'CWL', arn: groupIn(dev) }), logGroups: [keeping(7)] },
    'NON_COMPLIANT',
  ],
  [
    'a log group that keeps them for a week, and a bucket',
    { ...to({ type: 'CWL', arn: groupIn(dev) }, { type: 'S3', arn: 'arn:aws:s3:::logs' }), logGroups: [keeping(7)] },
    'COMPLIANT',
  ],
  ['a log group that is gone', to({ type: 'CWL', arn: groupIn(dev) }), 'NON_COMPLIANT'],
  ['a stream, which is not looked at', to({ type: 'FH', arn: 'arn:aws:firehose:us-east-1:1:x' }), 'INSUFFICIENT_DATA'],
  [
    'one of two that is there',
    to({ type: 'S3', arn: 'arn:aws:s3:::gone' }, { type: 'S3', arn: 'arn:aws:s3:::logs' }),
    'COMPLIANT',
  ],
  [
    'a destination of the log archive, which has none',
    to({ type: 'S3', arn: 'arn:aws:s3:::logs', accountId: logArchive }),
    'NON_COMPLIANT',
  ],
  [
    'a destination of an account that is not of the organization',
    to({ type: 'S3', arn: 'arn:aws:s3:::logs', accountId: '999999999999' }),
    'INSUFFICIENT_DATA',
  ],
];

test.each(delivered)('standard logging (v2) to %s', async (_, parts, outcome) => {
  const { inventory } = await read(worldWith(parts));
  expect(outcomes(inventory)).toEqual([`${outcome} EDEV`]);
});

test('a destination of another account is listed there, and its bucket is judged as that of other logs', async () => {
  const ofPack = neededCalls(policies, viewSchema);
  const destination = { type: 'S3', arn: 'arn:aws:s3:::central', accountId: logArchive } as const;
  const here = deliversAccessLogs(inDev(), {}, destination);
  const there = deliversAccessLogs(inDev(), {}, { ...destination, accountId: dev });
  const arn = `arn:aws:logs:us-east-1:${logArchive}:delivery-destination:access-logs`;
  const destinations = there.destinations.map((it) => Object.assign(it, { arn }));
  const world = worldWith({
    deliveries: [here, { accountId: logArchive, region: 'us-east-1', sources: [], deliveries: [], destinations }],
  });
  const buckets = [...world.buckets, aBucket({ name: 'central', accountId: logArchive })];
  const { inventory, callsIn } = await read({ ...world, buckets }, { calls: ofPack });
  expect(outcomes(inventory)).toEqual(['COMPLIANT EDEV']);
  expect(callsIn(dev)).not.toHaveProperty('logs:DescribeDeliveryDestinations');
  expect(callsIn(logArchive)).toMatchObject({ 'logs:DescribeDeliveryDestinations': 1 });
  expect(inventory.otherLogBuckets?.map(({ name }) => name)).toContain('central');
});

test('an inventory of an earlier version does not tell where deliveries go', async () => {
  const { inventory } = await read(worldWith({ deliveries: [deliversAccessLogs(inDev())] }));
  const distributions = structuredClone(inventory.distributions ?? []);
  for (const it of distributions) Reflect.deleteProperty(it, 'deliveryTargets');
  expect(outcomes({ ...inventory, distributions })).toEqual(['INSUFFICIENT_DATA EDEV']);
});

test('an inventory of an earlier version does not tell how long log groups keep what is delivered', async () => {
  const { inventory } = await read(worldWith({ ...to({ type: 'CWL', arn: groupIn(dev) }), logGroups: [keeping(7)] }));
  const distributions = structuredClone(inventory.distributions ?? []);
  for (const { deliveryTargets: it } of distributions) {
    for (const target of it?.state === 'known' ? it.value : []) Reflect.deleteProperty(target, 'destinationLogGroup');
  }
  expect(outcomes({ ...inventory, distributions })).toEqual(['INSUFFICIENT_DATA EDEV']);
});

test.each(verdicts)('%s', async (_, parts, outcome) => {
  const { inventory } = await read(worldWith(parts));
  expect(outcomes(inventory)).toEqual([`${outcome} EDEV`]);
});

test('the bucket is looked for in the log archive, and once for all that write there', async () => {
  const bucket = 'central.s3.amazonaws.com';
  const world = worldWith({ distributions: [inDev({ bucket }), inDev({ id: 'EOTHER', bucket })] });
  const buckets = [...world.buckets, aBucket({ name: 'central', accountId: logArchive })];
  const { inventory, callsIn } = await read({ ...world, buckets });
  expect(outcomes(inventory)).toEqual(['COMPLIANT EDEV', 'COMPLIANT EOTHER']);
  expect(callsIn(dev)).not.toHaveProperty('s3:HeadBucket');
});

test('all pages are read', async () => {
  const distributions = ['E1', 'E2', 'E3'].map((id) =>
    inDev({ id, bucket: id === 'E3' ? null : 'logs.s3.amazonaws.com' }),
  );
  const { inventory } = await read(worldWith({ distributions }), {
    aws: { pageSizes: { 'cloudfront:ListDistributions': 1 } },
  });
  expect(outcomes(inventory)).toEqual(['COMPLIANT E1', 'COMPLIANT E2', 'NON_COMPLIANT E3']);
});

describe('what could not be read', () => {
  const denied = (operation: string): CollectFromOptions => ({
    aws: { faults: [{ match: { operation, accountId: dev }, kind: 'denied' }] },
  });
  const logged = worldWith({ distributions: [inDev({ bucket: 'logs.s3.amazonaws.com' })] });

  test.each([
    ['ListDistributions', logged, [`INSUFFICIENT_DATA ${dev}/unknown`]],
    ['GetDistributionConfig', logged, ['INSUFFICIENT_DATA EDEV']],
    ['DescribeDeliverySources', worldWith({}), ['INSUFFICIENT_DATA EDEV']],
    ['DescribeDeliveries', worldWith({}), ['INSUFFICIENT_DATA EDEV']],
    [
      'DescribeDeliveryDestinations',
      worldWith({ deliveries: [deliversAccessLogs(inDev())] }),
      ['INSUFFICIENT_DATA EDEV'],
    ],
    // A bucket is enough, whatever else there is.
    ['DescribeDeliveries', logged, ['COMPLIANT EDEV']],
    [
      'GetRealtimeLogConfig',
      worldWith({ distributions: [inDev({ realTimeConfigs: [realTime] })], samplingRates }),
      ['INSUFFICIENT_DATA EDEV'],
    ],
  ] as const)('%s', async (operation, world, expected) => {
    const { inventory } = await read(world, denied(operation));
    expect(outcomes(inventory)).toEqual(expected);
  });

  test('an inventory that was read for other policies, or by AWS Config, says so', async () => {
    const { inventory } = await collectFrom(logged);
    expect(outcomes(inventory)).toHaveLength(4);
    expect(outcomes({ ...inventory, source: 'config' })).toEqual(outcomes(inventory));
  });
});
