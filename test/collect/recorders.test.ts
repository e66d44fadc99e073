import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Account, Inventory, Recorder } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { aRecorder } from '../support/config-items.js';
import type { Fault, World, WorldRecorder } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, logArchive, management, prod } from '../support/worlds.js';

const policies = loadPolicies({ packs: ['config'] }).policies.filter(({ target }) => target === 'config-recorder');
const viewSchema = readPackageJson('schema/view.v1.json');
const calls = neededCalls(policies, viewSchema);
const describeCall = 'config:DescribeConfigurationRecorders';
const statusCall = 'config:DescribeConfigurationRecorderStatus';

const everything = { name: 'default', recordingGroup: { allSupported: true } };

function worldWith(
  recorders: readonly WorldRecorder[],
  parts: Parameters<typeof anOrganizationWithATrail>[0] = {},
): World {
  return { ...anOrganizationWithATrail(parts), config: { aggregators: [], recorders, items: [] } };
}

async function read(world: World, options: CollectFromOptions = {}) {
  return await collectFrom(world, { calls, ...options });
}

function accountIn({ accounts }: Inventory, id: string): Account {
  const found = accounts.find((it) => it.id === id);
  if (found === undefined) throw new Error(`There is no account ${id}.`);
  return found;
}

function recorderIn(inventory: Inventory, id: string, region: string): Recorder {
  const found = accountIn(inventory, id).recorders?.find((it) => it.region === region);
  if (found === undefined) throw new Error(`There is no ${id} ${region}.`);
  return found;
}

function judge(inventory: Inventory) {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  return evaluate(inventory, policies, times);
}

/** Outcomes in an account by Region, with the assertions that fail. */
function outcomesIn(inventory: Inventory, id: string): Record<string, string> {
  const mine = judge(inventory).evaluations.filter((it) => it.target.accountId === id);
  return Object.fromEntries(
    mine.map(({ target, outcome, reasons }) => [
      target.region,
      outcome === 'NON_COMPLIANT' ? reasons.map((it) => it.assert).join(' ') : outcome,
    ]),
  );
}

const member = (recorders: readonly WorldRecorder[], faults: readonly Fault[] = []) =>
  read(worldWith(recorders), { aws: { faults } });

describe('which calls are made', () => {
  test('a plain run makes none, and one for other policies neither', async () => {
    const plain = await collectFrom(worldWith([aRecorder({ accountId: dev })]));
    const others = await collectFrom(worldWith([]), {
      calls: neededCalls(loadPolicies({ packs: ['core'] }).policies, viewSchema),
    });
    for (const { inventory, callsIn } of [plain, others]) {
      expect(Object.keys(callsIn(dev)).filter((name) => name.startsWith('config:'))).toEqual([]);
      expect(accountIn(inventory, dev)).not.toHaveProperty('recorders');
    }
  });

  test('the policy costs one call for each enabled Region, and one more where there is a recorder', async () => {
    const { callsIn, inventory } = await member([aRecorder({ accountId: dev })]);
    const { regions, recorders } = accountIn(inventory, dev);
    const enabled = regions.state === 'known' ? regions.value.filter((it) => it.optStatus.startsWith('ENABLED')) : [];
    expect(enabled.length).toBeGreaterThan(10);
    expect(recorders?.map((it) => it.region)).toEqual(enabled.map((it) => it.name));
    expect(callsIn(dev)).toMatchObject({ 'account:ListRegions': 1, [describeCall]: enabled.length, [statusCall]: 1 });
  });

  test('--deep asks, too; accounts out of scope are not asked', async () => {
    const scope = { excludedAccounts: [prod] };
    const { inventory, callsIn } = await collectFrom(worldWith([]), { deep: true, scope });
    expect(accountIn(inventory, dev).recorders?.length).toBeGreaterThan(10);
    expect(callsIn(prod)).toEqual({});
    const limited = await collectFrom(worldWith([]), { calls, scope: { accounts: [dev] } });
    expect(Object.keys(limited.callsIn(management)).filter((name) => name.startsWith('config:'))).toEqual([]);
  });
});

describe('what is judged', () => {
  test('each account and Region: one that records, one that is stopped, and those that have none', async () => {
    const { inventory } = await member([
      aRecorder({ accountId: dev, status: { lastStatus: 'Success' } }),
      aRecorder({ accountId: dev, region: 'eu-west-1', recording: false }),
    ]);
    const outcomes = outcomesIn(inventory, dev);
    expect(outcomes).toMatchObject({ 'us-east-1': 'COMPLIANT', 'eu-west-1': 'recording', 'eu-central-1': 'exists' });
    for (const id of [management, logArchive, prod])
      expect(new Set(Object.values(outcomesIn(inventory, id)))).toEqual(new Set(['exists']));
  });

  const description = (recordingGroup: object, more: object = {}) => ({ name: 'default', recordingGroup, ...more });

  test.each<[string, Partial<WorldRecorder>, string]>([
    ['a list with trails', { description: description({ resourceTypes: ['AWS::CloudTrail::Trail'] }) }, 'COMPLIANT'],
    ['a list without', { description: description({ resourceTypes: ['AWS::S3::Bucket'] }) }, 'trails'],
    [
      'all but trails',
      {
        description: description({
          recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
          exclusionByResourceTypes: { resourceTypes: ['AWS::CloudTrail::Trail'] },
        }),
      },
      'trails',
    ],
    ['one that fails', { status: { lastStatus: 'Failure', lastErrorCode: 'AccessDenied' } }, 'last-status'],
    [
      'one with a strategy that nobody knows yet',
      { description: description({ recordingStrategy: { useOnly: 'BY_TAG' as 'ALL_SUPPORTED_RESOURCE_TYPES' } }) },
      'INSUFFICIENT_DATA',
    ],
    ['one of a service', { description: { ...everything, servicePrincipal: 'ssm.amazonaws.com' } }, 'exists'],
  ])('%s', async (_, recorder, expected) => {
    const { inventory } = await member([aRecorder({ accountId: dev, ...recorder })]);
    expect(outcomesIn(inventory, dev)['us-east-1']).toBe(expected);
  });

  test('that there is none has the empty list as its evidence', async () => {
    const { inventory } = await member([]);
    const { evaluations, evidence } = judge(inventory);
    const finding = evaluations.find((it) => it.target.id === `${dev}/eu-west-1`);
    expect(evidence.filter((it) => finding?.evidence.includes(it.id))).toMatchObject([
      { call: describeCall, accountId: dev, region: 'eu-west-1' },
    ]);
  });
});

describe('what could not be read is no missing recorder', () => {
  const operation = (name: string, kind: Fault['kind']): Fault => ({
    match: { service: 'config', operation: name, accountId: dev },
    kind,
  });

  test.each(['denied', 'scp-denied', 'throttled', 'internal-error'] as const)('%s', async (kind) => {
    const { inventory } = await member(
      [aRecorder({ accountId: dev })],
      [operation('DescribeConfigurationRecorders', kind)],
    );
    expect(new Set(Object.values(outcomesIn(inventory, dev)))).toEqual(new Set(['INSUFFICIENT_DATA']));
  });

  test('only the status: what it is set to is known', async () => {
    const faults = [operation('DescribeConfigurationRecorderStatus', 'denied')];
    const stopped = description(['AWS::S3::Bucket']);
    const { inventory } = await member(
      [aRecorder({ accountId: dev }), aRecorder({ accountId: dev, region: 'eu-west-1', description: stopped })],
      faults,
    );
    expect(outcomesIn(inventory, dev)).toMatchObject({ 'us-east-1': 'INSUFFICIENT_DATA', 'eu-central-1': 'exists' });
    expect(outcomesIn(inventory, dev)['eu-west-1']?.split(' ')).toContain('trails');
  });

  function description(resourceTypes: string[]) {
    return { name: 'default', recordingGroup: { allSupported: false, resourceTypes } } as WorldRecorder['description'];
  }

  test('the Regions: those that nobody can disable are asked, of the others nothing is known', async () => {
    const fault: Fault = { match: { service: 'account', operation: 'ListRegions', accountId: dev }, kind: 'denied' };
    const { inventory } = await member([aRecorder({ accountId: dev })], [fault]);
    expect(outcomesIn(inventory, dev)).toMatchObject({
      'us-east-1': 'COMPLIANT',
      'eu-west-1': 'exists',
      unknown: 'INSUFFICIENT_DATA',
    });
  });

  test('the account: one evaluation, whatever its Regions', async () => {
    const { inventory } = await read(worldWith([], { devAccount: { roles: [] } }));
    expect(accountIn(inventory, dev).recorders).toEqual([]);
    expect(outcomesIn(inventory, dev)).toEqual({ unknown: 'INSUFFICIENT_DATA' });
    const listTrails: Fault = { match: { operation: 'ListTrails', accountId: dev }, kind: 'denied' };
    const refused = await member([aRecorder({ accountId: dev })], [listTrails]);
    expect(outcomesIn(refused.inventory, dev)).toEqual({ unknown: 'INSUFFICIENT_DATA' });
  });

  test('an inventory for other policies: one evaluation an account', async () => {
    const { inventory } = await collectFrom(worldWith([aRecorder({ accountId: dev })]));
    expect(outcomesIn(inventory, dev)).toEqual({ unknown: 'INSUFFICIENT_DATA' });
    expect(new Set(judge(inventory).evaluations.map((it) => it.outcome))).toEqual(new Set(['INSUFFICIENT_DATA']));
  });
});

test('a recorder keeps its identity when it comes: the finding on its place is evaluated anew', async () => {
  const before = await member([]);
  const after = await member([aRecorder({ accountId: dev })]);
  const fingerprint = ({ inventory }: { readonly inventory: Inventory }) =>
    judge(inventory).evaluations.find((it) => it.target.id === `${dev}/us-east-1`)?.fingerprint;
  expect(recorderIn(after.inventory, dev, 'us-east-1').settings.state).toBe('known');
  expect(fingerprint(after)).toBe(fingerprint(before));
  expect(fingerprint(after)).toMatch(/^[0-9a-f]{64}$/);
});
