import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { aBucket, aLoadBalancer, deliversLogsOf, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, prod } from '../support/worlds.js';

const { policies } = loadPolicies({ packs: ['other-logs'] });
const policy = policies.filter(({ id }) => id === 'load-balancers-log-requests');
const viewSchema = readPackageJson('schema/view.v1.json');
const calls = neededCalls(policy, viewSchema);

type Parts = Omit<Parameters<typeof aLoadBalancer>[0], 'accountId'>;
const inDev = (parts: Parts = {}) => aLoadBalancer({ accountId: dev, ...parts });

function worldWith(parts: Partial<World>): World {
  const world = anOrganizationWithATrail();
  return {
    ...world,
    regions: ['eu-central-1', 'us-east-1'],
    buckets: [...world.buckets, aBucket({ name: 'access-logs', accountId: dev })],
    loadBalancers: [inDev()],
    ...parts,
  };
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

const isOfOtherLogs = (name: string): boolean => /^(?:elb|elbv2|cloudfront|ec2):|:DescribeDeliver/.test(name);

describe('which calls are made', () => {
  test('none for the other policies', async () => {
    const others = policies.filter(({ id }) => /^(?:vpcs|cloudfront)/.test(id));
    for (const options of [{}, { deep: true }, { calls: neededCalls(others, viewSchema) }]) {
      const { inventory, aws } = await collectFrom(worldWith({}), options);
      expect(Object.keys(aws.countBy('operation')).filter((name) => name.startsWith('elb'))).toEqual([]);
      expect(inventory).not.toHaveProperty('loadBalancers');
    }
  });

  test('two for a Region without; one for each, two for a Network Load Balancer, and two for deliveries', async () => {
    const loadBalancers = [
      inDev({ bucket: 'access-logs' }),
      inDev({ type: 'network', name: 'net', protocols: ['TLS'] }),
      inDev({ type: 'classic', name: 'old', region: 'us-east-1' }),
    ];
    const { callsIn, inventory } = await read(worldWith({ loadBalancers }));
    expect(callsIn(dev)).toMatchObject({
      'elbv2:DescribeLoadBalancers': 2,
      'elb:DescribeLoadBalancers': 2,
      'elbv2:DescribeLoadBalancerAttributes': 2,
      'elbv2:DescribeListeners': 1,
      'elb:DescribeLoadBalancerAttributes': 1,
      'logs:DescribeDeliverySources': 1,
      'logs:DescribeDeliveries': 1,
    });
    expect(Object.keys(callsIn(prod)).filter(isOfOtherLogs).toSorted()).toEqual([
      'elb:DescribeLoadBalancers',
      'elbv2:DescribeLoadBalancers',
    ]);
    // It is looked for in the account that logs, and is no log bucket of a trail.
    expect(inventory.buckets.map(({ name }) => name)).not.toContain('access-logs');
  });
});

const verdicts: readonly (readonly [string, Partial<World>, string])[] = [
  ['no logs', {}, 'NON_COMPLIANT'],
  ['a bucket', { loadBalancers: [inDev({ bucket: 'access-logs' })] }, 'COMPLIANT'],
  ['a bucket that is gone', { loadBalancers: [inDev({ bucket: 'gone' })] }, 'NON_COMPLIANT'],
  ['CloudWatch Logs delivers them', { deliveries: [deliversLogsOf(inDev())] }, 'COMPLIANT'],
  ['a source that goes nowhere', { deliveries: [{ ...deliversLogsOf(inDev()), deliveries: [] }] }, 'NON_COMPLIANT'],
  [
    'a source of other logs',
    { deliveries: [deliversLogsOf(inDev(), { logType: 'ALB_CONNECTION_LOGS' })] },
    'NON_COMPLIANT',
  ],
  ['a source that is not active', { deliveries: [deliversLogsOf(inDev(), { status: 'INACTIVE' })] }, 'NON_COMPLIANT'],
  [
    'a Network Load Balancer of TCP',
    { loadBalancers: [inDev({ type: 'network', protocols: ['TCP'] })] },
    'NOT_APPLICABLE',
  ],
  ['one without listeners', { loadBalancers: [inDev({ type: 'network' })] }, 'NOT_APPLICABLE'],
  ['one of TLS', { loadBalancers: [inDev({ type: 'network', protocols: ['TCP', 'TLS'] })] }, 'NON_COMPLIANT'],
  ['a Gateway Load Balancer', { loadBalancers: [inDev({ type: 'gateway' })] }, 'NOT_APPLICABLE'],
  ['a Classic one', { loadBalancers: [inDev({ type: 'classic' })] }, 'NON_COMPLIANT'],
  ['a Classic one with a bucket', { loadBalancers: [inDev({ type: 'classic', bucket: 'access-logs' })] }, 'COMPLIANT'],
];

test.each(verdicts)('%s', async (_, parts, outcome) => {
  const { inventory } = await read(worldWith(parts));
  expect(outcomes(inventory)).toEqual([`${outcome} web`]);
});

test('all pages are read', async () => {
  const loadBalancers = ['a', 'b', 'c'].flatMap((name) => [
    inDev({ name, bucket: name === 'c' ? null : 'access-logs' }),
    inDev({ type: 'classic', name: `old-${name}`, bucket: name === 'c' ? null : 'access-logs' }),
  ]);
  const network = inDev({ type: 'network', name: 'net', protocols: ['TCP', 'UDP', 'TLS'] });
  const { inventory } = await read(worldWith({ loadBalancers: [...loadBalancers, network] }), {
    aws: {
      pageSizes: { 'elbv2:DescribeLoadBalancers': 1, 'elb:DescribeLoadBalancers': 1, 'elbv2:DescribeListeners': 1 },
    },
  });
  expect(outcomes(inventory)).toEqual([
    'COMPLIANT a',
    'COMPLIANT b',
    'COMPLIANT old-a',
    'COMPLIANT old-b',
    'NON_COMPLIANT c',
    'NON_COMPLIANT net',
    'NON_COMPLIANT old-c',
  ]);
});

describe('what could not be read', () => {
  const logged = worldWith({ loadBalancers: [inDev({ bucket: 'access-logs' })] });
  const classic = worldWith({ loadBalancers: [inDev({ type: 'classic', bucket: 'access-logs' })] });
  const network = worldWith({ loadBalancers: [inDev({ type: 'network', protocols: ['TLS'] })] });

  test.each([
    ['elbv2', 'DescribeLoadBalancers', logged, [`INSUFFICIENT_DATA ${dev}/unknown`]],
    // There may be others, beside the one that was read.
    ['elb', 'DescribeLoadBalancers', logged, ['COMPLIANT web', `INSUFFICIENT_DATA ${dev}/unknown`]],
    ['elbv2', 'DescribeLoadBalancerAttributes', logged, ['INSUFFICIENT_DATA web']],
    ['elb', 'DescribeLoadBalancerAttributes', classic, ['INSUFFICIENT_DATA web']],
    ['elbv2', 'DescribeListeners', network, ['INSUFFICIENT_DATA web']],
    ['logs', 'DescribeDeliverySources', worldWith({}), ['INSUFFICIENT_DATA web']],
    ['logs', 'DescribeDeliveries', worldWith({}), ['INSUFFICIENT_DATA web']],
    // A bucket is enough, whatever else there is.
    ['logs', 'DescribeDeliveries', logged, ['COMPLIANT web']],
    ['s3', 'HeadBucket', logged, ['INSUFFICIENT_DATA web']],
  ] as const)('%s:%s', async (service, operation, world, expected) => {
    const { inventory } = await read(world, {
      aws: { faults: [{ match: { service, operation, accountId: dev }, kind: 'denied' }] },
    });
    expect(outcomes(inventory)).toEqual(expected);
  });

  test('an inventory that was read for other policies, or by AWS Config, says so', async () => {
    const { inventory } = await collectFrom(logged);
    expect(outcomes(inventory)).toHaveLength(4);
    expect(outcomes({ ...inventory, source: 'config' })).toEqual(outcomes(inventory));
  });
});
