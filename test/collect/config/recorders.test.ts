import { describe, expect, test } from 'vitest';
import { collectFromFiles } from '../../../src/collect/config/files/index.js';
import { evaluate } from '../../../src/evaluate/index.js';
import { loadPolicies } from '../../../src/index.js';
import type { Inventory } from '../../../src/model/inventory.js';
import { readPackageJson } from '../../../src/package-file.js';
import { neededCalls } from '../../../src/policy/index.js';
import { anItem, aRecorder, changed, itemsOf, recorderItems } from '../../support/config-items.js';
import { aggregator, readConfig, recordedWorld } from '../../support/config-world.js';
import { aFolderOf, snapshot } from '../../support/delivery-files.js';
import { anAccount, aWorld, type SnapshotItem } from '../../support/fake-aws/index.js';
import { anInventory } from '../../support/inventory-builders.js';
import { anOrganizationWithATrail, anOwnTrail, dev, management, prod } from '../../support/worlds.js';

const policies = loadPolicies({ packs: ['config'] }).policies.filter(({ target }) => target === 'config-recorder');
const calls = neededCalls(policies, readPackageJson('schema/view.v1.json'));
const world = anOrganizationWithATrail();

function outcomesIn(inventory: Inventory, id: string): Record<string, string> {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const mine = evaluate(inventory, policies, times).evaluations.filter((it) => it.target.accountId === id);
  return Object.fromEntries(
    mine.map(({ target, outcome, reasons }) => [
      target.region,
      outcome === 'NON_COMPLIANT' ? reasons.flatMap((it) => (it.unknown === true ? [] : it.assert)).join(' ') : outcome,
    ]),
  );
}

const isRecorderOf =
  (accountId: string, region?: string) =>
  (it: SnapshotItem): boolean =>
    it.resourceType === 'AWS::Config::ConfigurationRecorder' &&
    it.awsAccountId === accountId &&
    (region === undefined || it.awsRegion === region);

/** The recorded world, with its items changed. */
async function withItems(change: (items: readonly SnapshotItem[]) => readonly SnapshotItem[], failures = {}) {
  const recorded = await recordedWorld(world);
  const items = change(recorded.config?.items ?? []);
  return { ...recorded, config: { aggregators: [{ ...aggregator, failures }], recorders: [], items } };
}

const without = (isGone: (it: SnapshotItem) => boolean) => (items: readonly SnapshotItem[]) =>
  items.filter((it) => !isGone(it));

describe('through an aggregator', () => {
  test('what is set is judged; whether it works is not recorded, and opt-in Regions are not told', async () => {
    const set = (RecordingGroup: object, more: object = {}) => ({
      configuration: { Name: 'default', Recording: true, RecordingGroup, ...more },
    });
    const recorded = await withItems((items) => [
      ...changed(
        changed(
          changed(items, isRecorderOf(dev, 'us-east-1'), () => set({ AllSupported: true }, { Recording: false })),
          isRecorderOf(dev, 'eu-west-1'),
          () => set({ AllSupported: false, ResourceTypes: ['AWS::S3::Bucket'] }),
        ),
        isRecorderOf(dev, 'eu-west-2'),
        () => set({ RecordingStrategy: { UseOnly: 'BY_TAG' } }),
      ),
      ...changed(recorderItems(dev).slice(0, 1), isRecorderOf(dev), () => ({ awsRegion: 'eu-south-1' })),
    ]);
    const { inventory, aws } = await readConfig(recorded, { calls });
    expect(outcomesIn(inventory, dev)).toMatchObject({
      'us-east-1': 'recording',
      'eu-west-1': 'trails',
      'eu-west-2': 'INSUFFICIENT_DATA',
      'eu-central-1': 'INSUFFICIENT_DATA',
      'eu-south-1': 'INSUFFICIENT_DATA',
      unknown: 'INSUFFICIENT_DATA',
    });
    expect(Object.keys(aws.countBy('operation'))).not.toContain('config:DescribeConfigurationRecorders');
    const recorder = inventory.accounts.find((it) => it.id === prod)?.recorders?.[0];
    const id = recorder?.evidence['config:DescribeConfigurationRecorders'];
    expect(inventory.evidence.find((it) => it.id === id)).toMatchObject({
      item: 'AWS::Config::ConfigurationRecorder',
      accountId: prod,
      at: '2026-11-20T22:00:00.000Z',
    });
  });

  test('a Region of an account whose other recorders are there has none', async () => {
    const recorded = await withItems(without(isRecorderOf(dev, 'eu-west-1')));
    const { inventory } = await readConfig(recorded, { calls });
    expect(outcomesIn(inventory, dev)).toMatchObject({ 'eu-west-1': 'exists', 'us-east-1': 'INSUFFICIENT_DATA' });
  });

  test('without any recorder of an account, its data may not reach the aggregator', async () => {
    const ownTrail = anItem({
      resourceType: 'AWS::CloudTrail::Trail',
      resourceId: 'own',
      awsAccountId: dev,
      ARN: `arn:aws:cloudtrail:us-east-1:${dev}:trail/own`,
      configuration: {
        trailARN: `arn:aws:cloudtrail:us-east-1:${dev}:trail/own`,
        name: 'own',
        homeRegion: 'us-east-1',
      },
    });
    const recorded = await withItems((items) => [...without(isRecorderOf(dev))(items), ownTrail]);
    const { inventory } = await readConfig(recorded, { calls });
    expect(new Set(Object.values(outcomesIn(inventory, dev)))).toEqual(new Set(['INSUFFICIENT_DATA']));
    expect(Object.keys(outcomesIn(inventory, dev)).length).toBeGreaterThan(10);
  });

  test('an account that was not read is one evaluation, and one whose data is old is no finding', async () => {
    const unread = await readConfig(await withItems(without(isRecorderOf(dev))), { calls });
    expect(outcomesIn(unread.inventory, dev)).toEqual({ unknown: 'INSUFFICIENT_DATA' });
    const trails = anOwnTrail(prod);
    const failing = await recordedWorld({ ...world, trails: [...world.trails, ...(trails.trails ?? [])] });
    const config = {
      ...failing.config,
      aggregators: [{ ...aggregator, failures: { [prod]: 'OUTDATED' } }],
      recorders: [],
      items: failing.config?.items ?? [],
    };
    const { inventory } = await readConfig({ ...failing, config }, { calls });
    expect(new Set(Object.values(outcomesIn(inventory, prod)))).toEqual(new Set(['INSUFFICIENT_DATA']));
  });

  test('a list of recorders that is cut off proves no recorder missing', async () => {
    const recorded = await withItems(without(isRecorderOf(dev, 'eu-west-1')));
    const fake = {
      pageSizes: { 'config:SelectAggregateResourceConfig': 60 },
      faults: [{ match: { operation: 'SelectAggregateResourceConfig' }, kind: 'denied', after: 1, times: 1 }],
    } as const;
    const { inventory } = await readConfig(recorded, { calls, fake });
    expect(Object.keys(outcomesIn(inventory, dev)).length).toBeGreaterThan(10);
    expect(new Set(Object.values(outcomesIn(inventory, dev)))).toEqual(new Set(['INSUFFICIENT_DATA']));
  });

  test('config+live asks each account for its recorders, and only where a policy does', async () => {
    const recorded = await recordedWorld(world);
    const recorders = [aRecorder({ accountId: dev, status: { lastStatus: 'Success' } })];
    const live = { ...recorded, config: { aggregators: [aggregator], recorders, items: recorded.config?.items ?? [] } };
    const { inventory } = await readConfig(live, { calls, topUp: true });
    expect(outcomesIn(inventory, dev)).toMatchObject({ 'us-east-1': 'COMPLIANT', 'eu-west-1': 'exists' });
    expect(outcomesIn(inventory, dev)).not.toHaveProperty('unknown');
    const { aws } = await readConfig(live, { topUp: true });
    expect(Object.keys(aws.countBy('operation'))).not.toContain('config:DescribeConfigurationRecorders');
  });

  test('config+live keeps what was recorded of an account that cannot be entered', async () => {
    const locked = { ...world, accounts: world.accounts.map((it) => (it.id === dev ? { ...it, roles: [] } : it)) };
    const recorded = await recordedWorld(world);
    const { inventory } = await readConfig(
      { ...locked, ...(recorded.config === undefined ? {} : { config: recorded.config }) },
      { calls, topUp: true },
    );
    expect(outcomesIn(inventory, dev)).toMatchObject({
      'us-east-1': 'INSUFFICIENT_DATA',
      unknown: 'INSUFFICIENT_DATA',
    });
  });

  test('other policies keep nothing of the recorders', async () => {
    const needed = neededCalls(loadPolicies({ packs: ['core'] }).policies, readPackageJson('schema/view.v1.json'));
    const { inventory } = await readConfig(await recordedWorld(world), { calls: needed });
    expect(inventory.accounts.filter((it) => it.recorders !== undefined)).toEqual([]);
  });
});

test('one account by itself tells all of its recorders', async () => {
  const alone = aWorld({
    organization: null,
    accounts: [anAccount({ id: management, name: 'alone', parent: null })],
    ...anOwnTrail(management),
  });
  const recorders = [
    aRecorder({ accountId: management }),
    aRecorder({ accountId: management, region: 'eu-west-1', recording: false }),
  ];
  const { inventory, aws } = await readConfig(await recordedWorld(alone, { recorders }), {
    aggregator: undefined,
    calls,
  });
  expect(outcomesIn(inventory, management)).toMatchObject({
    'us-east-1': 'COMPLIANT',
    'eu-west-1': 'recording',
    'eu-central-1': 'exists',
  });
  expect(aws.countBy('operation')['config:DescribeConfigurationRecorderStatus']).toBe(2);
});

test('files tell of the recorders in them, and of no other Region', async () => {
  const items = itemsOf(anInventory()).filter(
    (it) => it.awsRegion === 'us-east-1' || it.resourceType !== 'AWS::Config::ConfigurationRecorder',
  );
  const stopped = changed(
    items,
    (it) => it.resourceType === 'AWS::Config::ConfigurationRecorder',
    ({ configuration }) => ({
      configuration: { ...configuration, Recording: false },
    }),
  );
  const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
  const options = { version: '0.0.0-test', scope, asOf: undefined };
  const inventory = await collectFromFiles(aFolderOf({ 'all.json.gz': snapshot(stopped) }), options);
  const [first] = inventory.accounts;
  expect(outcomesIn(inventory, first?.id ?? '')).toEqual({ 'us-east-1': 'recording', unknown: 'INSUFFICIENT_DATA' });
});
