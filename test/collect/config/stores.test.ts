import { describe, expect, test } from 'vitest';
import { collectFromFiles, pastFromFiles } from '../../../src/collect/config/files/index.js';
import { historyOf } from '../../../src/history/index.js';
import { loadPolicies } from '../../../src/index.js';
import type { Inventory } from '../../../src/model/inventory.js';
import { anItem, changed, itemsOf, recorderItems } from '../../support/config-items.js';
import { readConfig, recordedWorld } from '../../support/config-world.js';
import { aFolderOf, historyText } from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { anInventory, MANAGEMENT } from '../../support/inventory-builders.js';
import { evaluateInventory } from '../../support/scan-world.js';
import { anOrganizationWithATrail, dev, management } from '../../support/worlds.js';

const world = anOrganizationWithATrail();
const records = 'account-records-management-events';
const isManagement = { Field: 'eventCategory', Equals: ['Management'] };
const everything = [{ Name: 'management', FieldSelectors: [isManagement] }];

/** An event data store of all management events, as AWS Config records it. */
function aStoreItem(awsAccountId: string, parts: object = {}): SnapshotItem {
  const arn = `arn:aws:cloudtrail:us-east-1:${awsAccountId}:eventdatastore/EXAMPLE-1`;
  return anItem({
    resourceType: 'AWS::CloudTrail::EventDataStore',
    resourceId: arn,
    ARN: arn,
    awsAccountId,
    configuration: {
      EventDataStoreArn: arn,
      Name: 'all',
      Status: 'ENABLED',
      MultiRegionEnabled: true,
      OrganizationEnabled: false,
      TerminationProtectionEnabled: true,
      RetentionPeriod: 2557,
      IngestionEnabled: true,
      AdvancedEventSelectors: everything,
      ...parts,
    },
  });
}

async function readWith(store: SnapshotItem, change = (items: readonly SnapshotItem[]) => items): Promise<Inventory> {
  const recorded = await recordedWorld(world);
  const items = change([store, ...(recorded.config?.items ?? [])]);
  return (await readConfig(await recordedWorld(world, { items: [...items] }))).inventory;
}

function outcomeOf(inventory: Inventory, accountId: string, policy = records): string | undefined {
  return evaluateInventory(inventory, [policy]).evaluations.find((it) => it.target.id === accountId)?.outcome;
}

describe('an event data store that AWS Config recorded', () => {
  test('is read, with what it selects, and records for its account', async () => {
    const inventory = await readWith(aStoreItem(management));
    expect(inventory.eventDataStores).toMatchObject([
      {
        name: 'all',
        accountId: management,
        region: 'us-east-1',
        details: { state: 'known', value: { status: 'ENABLED', retentionPeriod: 2557, organizationEnabled: false } },
      },
    ]);
    expect(outcomeOf(inventory, management)).toBe('COMPLIANT');
    expect(outcomeOf(inventory, dev)).toBe('INSUFFICIENT_DATA');
  });

  test('of the organization records for every account', async () => {
    const inventory = await readWith(aStoreItem(management, { OrganizationEnabled: true }));
    for (const { id } of inventory.accounts) expect(outcomeOf(inventory, id)).toBe('COMPLIANT');
  });

  test('of a member records for it', async () => {
    const inventory = await readWith(aStoreItem(dev));
    expect(outcomeOf(inventory, dev)).toBe('COMPLIANT');
    expect(outcomeOf(inventory, management)).toBe('INSUFFICIENT_DATA');
  });

  test.each<readonly [string, object]>([
    ['takes in nothing any more', { IngestionEnabled: false }],
    ['stopped', { Status: 'STOPPED_INGESTION' }],
    ['is about to be deleted', { Status: 'PENDING_DELETION' }],
    [
      'records reads only',
      {
        AdvancedEventSelectors: [{ FieldSelectors: [isManagement, { Field: 'readOnly', Equals: ['true'] }] }],
      },
    ],
    ['does not say what it selects', { AdvancedEventSelectors: null }],
    [
      'selects in a way that is not known',
      { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Matches: ['Management'] }] }] },
    ],
    ['is of one Region', { MultiRegionEnabled: false }],
  ])('that %s proves no record', async (_, parts) => {
    expect(outcomeOf(await readWith(aStoreItem(management, parts)), management)).toBe('INSUFFICIENT_DATA');
  });

  test('is not taken for the present where its recorder records no stores any more', async () => {
    const inventory = await readWith(aStoreItem(management), (items) => [
      ...items.filter(
        (it) => it.awsAccountId !== management || it.resourceType !== 'AWS::Config::ConfigurationRecorder',
      ),
      ...recorderItems(management, 'aws', {
        RecordingGroup: {
          RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
          ExclusionByResourceTypes: { ResourceTypes: ['AWS::CloudTrail::EventDataStore'] },
        },
      }),
    ]);
    expect(inventory.eventDataStores).toMatchObject([{ details: { state: 'unknown' } }]);
    expect(outcomeOf(inventory, management)).toBe('INSUFFICIENT_DATA');
  });
});

test('where recorders of all Regions record stores, there are no others', async () => {
  const { inventory } = await readConfig(await recordedWorld(world));
  expect(inventory.organization).not.toHaveProperty('eventDataStoresGap');
  expect(inventory.accounts.map((it) => it.eventDataStores)).toEqual(
    inventory.accounts.map(() => ({ state: 'known', value: [] })),
  );
  const isOfOneRegion = (it: SnapshotItem): boolean =>
    it.resourceType !== 'AWS::Config::ConfigurationRecorder' || it.awsRegion === 'us-east-1';
  const recorded = await recordedWorld(world);
  const items = (recorded.config?.items ?? []).filter(isOfOneRegion);
  const { inventory: partly } = await readConfig(await recordedWorld(world, { items }));
  expect(partly.organization).toHaveProperty('eventDataStoresGap');
  expect(partly.accounts.find((it) => it.id === management)?.eventDataStores).toMatchObject({ state: 'unknown' });
});

test('the key of a store is read, and a history follows both', async () => {
  const isKey = (it: SnapshotItem): boolean => it.resourceType === 'AWS::KMS::Key';
  const usual = itemsOf(anInventory()).filter((it) => it.awsAccountId === MANAGEMENT);
  const keys = changed(usual.filter(isKey), isKey, () => ({ resourceId: 'of-store', awsRegion: 'us-east-1' }));
  const arn = `arn:aws:kms:us-east-1:${MANAGEMENT}:key/of-store`;
  const store = aStoreItem(MANAGEMENT, { KmsKeyId: arn });
  const end: SnapshotItem = {
    ...store,
    configurationItemStatus: 'ResourceDeleted',
    configurationItemCaptureTime: '2026-11-22T00:00:00.000Z',
    configuration: null,
  };
  const folder = aFolderOf({ 'all.json': historyText([...usual, ...keys, store]) });
  const options = {
    version: '0.0.0-test',
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
    asOf: undefined,
  };
  const inventory = await collectFromFiles(folder, options);
  expect(inventory.keys.find((it) => it.arn === arn)).toMatchObject({ metadata: { state: 'known' } });
  const ended = aFolderOf({ 'all.json': historyText([...usual, ...keys, store, end]) });
  const window = { from: '2026-11-21T00:00:00.000Z', to: '2026-11-23T00:00:00.000Z' };
  const past = await pastFromFiles(ended, { ...options, asksRecorders: false, window, filesUntil: window.to });
  const { policies } = loadPolicies({ packs: ['core'] });
  const { timelines } = await historyOf(past, policies, { version: '0', noted: past.noted });
  const line = timelines.find((it) => it.policyId === 'kms-key-is-usable' && it.target.id === arn);
  expect(line?.intervals.map((it) => it.state)).toEqual(['COMPLIANT', 'GONE']);
});
