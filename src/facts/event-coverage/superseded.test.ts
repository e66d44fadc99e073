import { describe, expect, test } from 'vitest';
import {
  absent,
  aKey,
  anAccount,
  anEventDataStore,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  keyArn,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
  type TrailParts,
} from '../../../test/support/inventory-builders.js';
import type { EventDataStore, Inventory, Trail } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { eventCoverages } from './index.js';

function standIns(trail: Trail, others: readonly Trail[], it: Partial<Inventory> = {}): readonly string[] {
  const inventory = anInventory({ ...it, trails: [trail, ...others] });
  return eventCoverages(inventory, new FactGaps()).supersededBy(trail);
}

const stopped = { isLogging: false, stopLoggingTime: '2026-11-01T00:00:00.000Z' };
const own = (it: TrailParts = {}) => aTrail({ name: 'own', accountId: MEMBER, status: stopped, ...it });
const organizations = aTrail();
const selecting = (parts: object) => ({
  basic: [
    {
      readWriteType: 'All',
      includeManagementEvents: true,
      excludeManagementEventSources: [],
      dataResources: [],
      ...parts,
    },
  ],
  advanced: [],
});
const s3 = selecting({ dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] });

describe('a trail that is stopped', () => {
  test('is superseded by the organization trail that records the same', () => {
    expect(standIns(own(), [organizations])).toEqual([organizations.arn]);
  });

  test('is superseded in the one Region that it was for', () => {
    const regional = own({ description: { isMultiRegionTrail: false, isOrganizationTrail: false } });
    expect(standIns(regional, [organizations])).toEqual([organizations.arn]);
    const elsewhere = aTrail({
      name: 'elsewhere',
      accountId: MEMBER,
      homeRegion: 'us-east-1',
      description: { isMultiRegionTrail: false, isOrganizationTrail: false },
    });
    expect(standIns(regional, [elsewhere])).toEqual([]);
  });

  test('is superseded by an event data store', () => {
    const eventDataStores: EventDataStore[] = [anEventDataStore()];
    expect(standIns(own(), [], { eventDataStores })).toEqual([eventDataStores[0]?.arn]);
  });

  test.each<[string, Trail, readonly Trail[]]>([
    ['nothing else records', own(), []],
    ['the other is stopped as well', own(), [aTrail({ status: stopped })]],
    ['the other leaves out what it selects', own({ eventSelectors: s3 }), [organizations]],
    ['the other could not be read', own(), [aTrail({ status: unknown('s') })]],
    ['its own selectors could not be read', own({ eventSelectors: unknown('e') }), [organizations]],
    [
      'the other does not deliver',
      own(),
      [aTrail({ status: { latestDeliveryError: 'AccessDenied', latestDeliveryTime: '2026-11-20T20:00:00.000Z' } })],
    ],
  ])('is not superseded where %s', (_, trail, others) => {
    expect(standIns(trail, others)).toEqual([]);
  });

  test('is not superseded where the account does not see the other', () => {
    const accounts = [
      anAccount({ id: MANAGEMENT }),
      anAccount({ id: MEMBER, observedTrails: [anObservation({ status: absent })] }),
    ];
    expect(standIns(own(), [organizations], { accounts })).toEqual([]);
  });

  test('of the organization is superseded where all of its accounts are covered', () => {
    const old = aTrail({ name: 'old', status: stopped });
    expect(standIns(old, [organizations])).toEqual([organizations.arn]);
    const stoppedThere = anObservation({ status: known(aStatus({ isLogging: false })) });
    const accounts = [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, observedTrails: [stoppedThere] })];
    expect(standIns(old, [organizations], { accounts })).toEqual([]);
  });
});

test('a trail that logs is superseded by nothing', () => {
  expect(standIns(own({ status: {} }), [organizations])).toEqual([]);
});

describe('an event data store', () => {
  const facts = (store: EventDataStore, trails: readonly Trail[], it: Partial<Inventory> = {}) => {
    const coverages = eventCoverages(anInventory({ ...it, trails, eventDataStores: [store] }), new FactGaps());
    return [coverages.isIngesting(store), coverages.storeSupersededBy(store)];
  };
  const arns = (trails: readonly Trail[]) => trails.map((it) => it.arn);

  test.each<[string, EventDataStore, boolean]>([
    ['is enabled', anEventDataStore(), true],
    ['is stopped', anEventDataStore({ details: { status: 'STOPPED_INGESTION' } }), false],
    ['is pending deletion', anEventDataStore({ details: { status: 'PENDING_DELETION' } }), false],
    ['is gone', anEventDataStore({ details: absent }), false],
  ])('that %s', (_, store, isIngesting) => {
    expect(facts(store, [])).toEqual([known(isIngesting), []]);
  });

  test.each<[string, EventDataStore]>([
    ['could not be read', anEventDataStore({ details: unknown('d') })],
    ['has a status that is new', anEventDataStore({ details: { status: 'RESTING' } })],
    ['has a key that is not in the inventory', anEventDataStore({ details: { kmsKeyId: 'alias/other' } })],
  ])('that %s may take in events', (_, store) => {
    expect(facts(store, [])[0]).toMatchObject({ state: 'unknown' });
  });

  test('that takes in nothing for want of its key is superseded as one that is stopped', () => {
    const keys = [aKey({ metadata: { keyState: 'Disabled' } })];
    const store = anEventDataStore({ details: { kmsKeyId: keyArn() } });
    expect(facts(store, [organizations], { keys })).toEqual([known(false), arns([organizations])]);
    expect(facts(store, [], { keys })).toEqual([known(false), []]);
  });

  test('that is stopped is superseded only where all that it selects is recorded, in each of its accounts', () => {
    const store = anEventDataStore({ details: { status: 'STOPPED_INGESTION' } });
    expect(facts(store, [organizations])[1]).toEqual(arns([organizations]));
    expect(facts(store, [aTrail({ eventSelectors: selecting({ readWriteType: 'ReadOnly' }) })])[1]).toEqual([]);
    const ofManagement = aTrail({ description: { isOrganizationTrail: false } });
    expect(facts(store, [ofManagement])[1]).toEqual([]);
    const alone = anEventDataStore({ details: { status: 'STOPPED_INGESTION', organizationEnabled: false } });
    expect(facts(alone, [ofManagement])[1]).toEqual(arns([ofManagement]));
  });

  test('that selects no events of CloudTrail is superseded by nothing', () => {
    const none = { startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
    const items = [{ fieldSelectors: [{ field: 'eventCategory', equals: ['ConfigurationItem'], ...none }] }];
    const store = anEventDataStore({ details: { status: 'STOPPED_INGESTION', advancedEventSelectors: items } });
    expect(facts(store, [organizations])).toEqual([known(false), []]);
  });
});
