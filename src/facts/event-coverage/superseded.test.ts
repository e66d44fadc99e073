import { describe, expect, test } from 'vitest';
import {
  absent,
  anAccount,
  anEventDataStore,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
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
