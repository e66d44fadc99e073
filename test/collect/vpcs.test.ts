import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import {
  aBucket,
  aFlowLog,
  aLogGroup,
  aVpc,
  type Fault,
  type World,
  type WorldVpc,
} from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, joined, logArchive, management, prod } from '../support/worlds.js';

const { policies } = loadPolicies({ packs: ['other-logs'] });
const policy = policies.filter(({ id }) => id === 'vpcs-have-flow-logs');
const viewSchema = readPackageJson('schema/view.v1.json');
const calls = neededCalls(policy, viewSchema);

const archive = 'arn:aws:s3:::flow-logs';
const regions = ['eu-central-1', 'us-east-1'];

function worldWith(vpcs: readonly WorldVpc[], parts: Partial<World> = {}): World {
  const bucket = aBucket({ name: 'flow-logs', accountId: logArchive });
  return { ...joined(anOrganizationWithATrail(), { buckets: [bucket] }), regions, vpcs, ...parts };
}

const inDev = (...flowLogs: readonly ReturnType<typeof aFlowLog>[]): World =>
  worldWith([aVpc({ accountId: dev, flowLogs })]);

async function read(world: World, options: CollectFromOptions = {}) {
  return await collectFrom(world, { calls, ...options });
}

function judge(inventory: Inventory) {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  return evaluate(inventory, policy, times);
}

/** `outcome account/region`, of targets that were found with their id. */
function outcomes(inventory: Inventory): string[] {
  return judge(inventory)
    .evaluations.map(({ outcome, target }) => `${outcome} ${target.name ?? target.id}`)
    .toSorted();
}

const vpcOfDev = `vpc-${dev.slice(0, 8)}`;

describe('which calls are made', () => {
  test('none by a plain run, a deep one, and one for the other policies', async () => {
    const { policies: core } = loadPolicies({ packs: ['core', 'baseline', 'config'] });
    for (const options of [{}, { deep: true }, { calls: neededCalls(core, viewSchema) }]) {
      const { inventory, aws } = await collectFrom(inDev(), options);
      expect(Object.keys(aws.countBy('operation')).filter((name) => name.startsWith('ec2:'))).toEqual([]);
      expect(inventory).not.toHaveProperty('vpcs');
    }
  });

  test('one for each enabled Region, two where there is a VPC, and one for where it sends to', async () => {
    const { callsIn } = await read(inDev(aFlowLog(archive)));
    expect(callsIn(dev)).toMatchObject({ 'ec2:DescribeVpcs': 2, 'ec2:DescribeFlowLogs': 1, 'account:ListRegions': 1 });
    expect(callsIn(prod)).toMatchObject({ 'ec2:DescribeVpcs': 2 });
    expect(callsIn(prod)).not.toHaveProperty('ec2:DescribeFlowLogs');
    expect(callsIn(logArchive)).toMatchObject({ 's3:HeadBucket': 2 });
  });

  test('accounts out of scope are not asked', async () => {
    const { callsIn } = await read(inDev(), { scope: { accounts: [dev] } });
    expect(callsIn(management)).not.toHaveProperty('ec2:DescribeVpcs');
    expect(callsIn(dev)).toMatchObject({ 'ec2:DescribeVpcs': 2 });
  });
});

describe('verdicts', () => {
  const group = aLogGroup({ accountId: dev, logGroupName: 'flow' });
  const groupArn = `${group.details.logGroupArn}`;
  const withGroup = joined(inDev(aFlowLog(groupArn)), { logGroups: [group] });
  const keeping = (retentionInDays: number): World =>
    joined(inDev(aFlowLog(groupArn)), {
      logGroups: [aLogGroup({ accountId: dev, logGroupName: 'flow', retentionInDays })],
    });
  test.each([
    ['without a flow log', inDev(), 'NON_COMPLIANT'],
    ['to a bucket of the log archive', inDev(aFlowLog(archive)), 'COMPLIANT'],
    ['to a folder of it', inDev(aFlowLog(`${archive}/dev/`)), 'COMPLIANT'],
    ['to a log group', withGroup, 'COMPLIANT'],
    ['to one that keeps it for three months', keeping(90), 'COMPLIANT'],
    ['to one that keeps it for a week', keeping(7), 'NON_COMPLIANT'],
    ['to a log group that is gone', inDev(aFlowLog(groupArn)), 'NON_COMPLIANT'],
    ['to a bucket that is gone', inDev(aFlowLog('arn:aws:s3:::gone')), 'NON_COMPLIANT'],
    ['accepted traffic alone', inDev(aFlowLog(archive, { TrafficType: 'ACCEPT' })), 'NON_COMPLIANT'],
    ['one that is not active', inDev(aFlowLog(archive, { FlowLogStatus: 'INACTIVE' })), 'NON_COMPLIANT'],
    ['one that fails', inDev(aFlowLog(archive, { DeliverLogsStatus: 'FAILED' })), 'NON_COMPLIANT'],
    ['one whose delivery is not told', inDev(aFlowLog(archive, { DeliverLogsStatus: undefined })), 'INSUFFICIENT_DATA'],
    [
      'to a stream, which nobody looks up',
      inDev(aFlowLog(`arn:aws:firehose:eu-central-1:${dev}:deliverystream/flow`)),
      'INSUFFICIENT_DATA',
    ],
    [
      'to a log group outside of the organization',
      inDev(aFlowLog('arn:aws:logs:eu-central-1:999988887777:log-group:flow')),
      'INSUFFICIENT_DATA',
    ],
    ['of a subnet alone', inDev(aFlowLog(archive, { ResourceId: 'subnet-1' })), 'NON_COMPLIANT'],
    [
      'one that fails beside one that works',
      inDev(aFlowLog(archive, { DeliverLogsStatus: 'FAILED' }), aFlowLog(archive, { FlowLogId: 'fl-2' })),
      'COMPLIANT',
    ],
  ])('%s', async (_, world, outcome) => {
    const { inventory } = await read(world);
    expect(outcomes(inventory)).toEqual([`${outcome} ${vpcOfDev}`]);
  });

  test('no account outside of the organization is entered', async () => {
    const { aws } = await read(inDev(aFlowLog('arn:aws:logs:eu-central-1:999988887777:log-group:flow')));
    expect(JSON.stringify(aws.calls())).not.toContain('999988887777');
  });

  test('a VPC that is shared is judged in the account that owns it', async () => {
    const shared = aVpc({ accountId: dev, VpcId: 'vpc-shared', OwnerId: prod });
    const { inventory } = await read(worldWith([shared, aVpc({ accountId: prod, VpcId: 'vpc-shared' })]));
    expect(judge(inventory).evaluations.map(({ target }) => [target.accountId, target.arn])).toEqual([
      [prod, `arn:aws:ec2:eu-central-1:${prod}:vpc/vpc-shared`],
    ]);
  });

  test('all pages are read', async () => {
    const vpcs = ['vpc-1', 'vpc-2', 'vpc-3'].map((VpcId) =>
      aVpc({ accountId: dev, VpcId, flowLogs: VpcId === 'vpc-3' ? [] : [aFlowLog(archive)] }),
    );
    const pageSizes = { 'ec2:DescribeVpcs': 1, 'ec2:DescribeFlowLogs': 1 };
    const { inventory } = await read(worldWith(vpcs), { aws: { pageSizes } });
    expect(outcomes(inventory)).toEqual(['COMPLIANT vpc-1', 'COMPLIANT vpc-2', 'NON_COMPLIANT vpc-3']);
  });
});

describe('what could not be read', () => {
  const denied = (match: Fault['match']): CollectFromOptions => ({ aws: { faults: [{ match, kind: 'denied' }] } });
  const world = worldWith([
    aVpc({ accountId: dev, flowLogs: [aFlowLog(archive)] }),
    aVpc({ accountId: dev, region: 'us-east-1', VpcId: 'vpc-far' }),
  ]);

  test('VPCs of a Region: there may be more', async () => {
    const match = { service: 'ec2', operation: 'DescribeVpcs', accountId: dev, region: 'us-east-1' } as const;
    const { inventory } = await read(world, denied(match));
    expect(outcomes(inventory)).toEqual([`COMPLIANT ${vpcOfDev}`, `INSUFFICIENT_DATA ${dev}/unknown`]);
  });

  test('their flow logs', async () => {
    const match = { service: 'ec2', operation: 'DescribeFlowLogs', accountId: dev, region: 'us-east-1' } as const;
    const { inventory } = await read(world, denied(match));
    expect(outcomes(inventory)).toEqual([`COMPLIANT ${vpcOfDev}`, 'INSUFFICIENT_DATA vpc-far']);
  });

  test('which Regions are enabled: those that nobody can disable are read', async () => {
    const match = { service: 'account', operation: 'ListRegions', accountId: dev } as const;
    const { inventory } = await read(world, denied(match));
    expect(outcomes(inventory)).toEqual([
      `COMPLIANT ${vpcOfDev}`,
      `INSUFFICIENT_DATA ${dev}/unknown`,
      'NON_COMPLIANT vpc-far',
    ]);
  });

  test('the account', async () => {
    const match = { service: 'sts', operation: 'AssumeRole', accountId: dev } as const;
    const { inventory } = await read(world, denied(match));
    expect(outcomes(inventory)).toEqual([`INSUFFICIENT_DATA ${dev}/unknown`]);
  });

  test('an inventory that was read for other policies says so', async () => {
    const { inventory } = await collectFrom(world);
    expect(outcomes(inventory)).toEqual(
      [management, logArchive, prod, dev].map((id) => `INSUFFICIENT_DATA ${id}/unknown`).toSorted(),
    );
    expect(judge(inventory).gaps.find((it) => it.call === 'ec2:DescribeVpcs')?.message).toContain(
      'was read for other policies',
    );
  });

  test('what AWS Config recorded does not tell whether logs arrive', async () => {
    const { inventory } = await collectFrom(world);
    const { evaluations, gaps } = judge({ ...inventory, source: 'config' });
    expect(evaluations.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 4 }, () => 'INSUFFICIENT_DATA'));
    expect(gaps.filter((it) => it.call === 'ec2:DescribeVpcs').map(({ reason }) => reason)).toEqual([
      'not-recorded-by-config',
    ]);
  });
});
