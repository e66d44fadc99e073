import { describe, expect, test } from 'vitest';
import {
  anAccount,
  anInventory,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  REGION,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Inventory } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { eventCoverages, type Coverages, type CoverageLimits, type EventCoverage } from './index.js';

const any: CoverageLimits = { protectedOnly: false, eventDataStores: true };

function coveragesOf(inventory: Inventory): Coverages {
  return eventCoverages(inventory, new FactGaps());
}

function coverageIn(inventory: Inventory, accountId = MEMBER, limits = any): EventCoverage {
  const account = inventory.accounts.find((it) => it.id === accountId);
  if (account === undefined) throw new Error(`There is no account ${accountId}.`);
  return coveragesOf(inventory).ofAccount(account, limits);
}

describe('Regions', () => {
  const single = (it: Partial<Parameters<typeof aTrail>[0]> & { global?: boolean } = {}) =>
    aTrail({
      accountId: MEMBER,
      ...it,
      description: { isMultiRegionTrail: false, includeGlobalServiceEvents: it.global ?? false },
    });

  test('without a trail are named', () => {
    const inventory = anInventory({ trails: [single()] });
    expect(coverageIn(inventory).management()).toMatchObject({
      write: known('partial'),
      writeLosses: { members: [{ reason: 'region-without-trail', regions: ['us-east-1'] }] },
    });
  });

  test('are made up for by a trail in each', () => {
    const trails = [single(), single({ homeRegion: 'us-east-1', global: true })];
    expect(coverageIn(anInventory({ trails })).management().write).toEqual(known('full'));
  });

  test('with global services need a trail that includes these', () => {
    const trails = [single(), single({ homeRegion: 'us-east-1' })];
    const { write, writeLosses } = coverageIn(anInventory({ trails })).management();
    expect(write).toEqual(known('partial'));
    expect(writeLosses.members).toMatchObject([
      { reason: 'global-service-events', regions: ['us-east-1'], example: { eventSource: 'iam.amazonaws.com' } },
    ]);
  });

  test('that were not read leave certain losses certain, and the rest open', () => {
    const member = anAccount({ id: MEMBER, regions: unknown('no-regions') });
    const inventory = anInventory({ trails: [single()], accounts: [anAccount({ id: MANAGEMENT }), member] });
    const { write, writeLosses } = coverageIn(inventory).management();
    expect(write).toEqual(known('partial'));
    expect(writeLosses.members[0]?.regions).toContain('us-east-1');
    expect(writeLosses.rest).toEqual({ state: 'unknown', gaps: ['no-regions'] });
  });

  test('that were not read do not matter below a multi-Region trail', () => {
    const member = anAccount({ id: MEMBER, regions: unknown('no-regions') });
    const inventory = anInventory({ trails: [aTrail(), single()], accounts: [anAccount({ id: MANAGEMENT }), member] });
    expect(coverageIn(inventory).management().writeLosses).toEqual({ members: [], doubtful: [] });
  });

  test('are answered one by one', () => {
    const inventory = anInventory({ trails: [single()] });
    const [, member = anAccount({ id: MEMBER })] = inventory.accounts;
    const coverages = coveragesOf(inventory);
    expect(coverages.ofRegion(member, REGION).management().write).toEqual(known('full'));
    expect(coverages.ofRegion(member, 'us-east-1').management().write).toEqual(known('none'));
  });

  test('that lack global service events are told with one of those that are left', () => {
    const others = ['iam', 'organizations', 'route53', 'cloudfront'].map((name) => `${name}.amazonaws.com`);
    const source = {
      field: 'eventSource',
      startsWith: [],
      endsWith: [],
      notEquals: [],
      notStartsWith: [],
      notEndsWith: [],
    };
    const category = { ...source, field: 'eventCategory', equals: ['Management'] };
    const elsewhere = aTrail({
      accountId: MEMBER,
      name: 'some-sources',
      eventSelectors: { basic: [], advanced: [{ fieldSelectors: [category, { ...source, equals: others }] }] },
    });
    const trails = [elsewhere, single(), single({ homeRegion: 'us-east-1' })];
    const { writeLosses } = coverageIn(anInventory({ trails })).management();
    expect(writeLosses.members.map((it) => it.example.eventSource)).toEqual(['sts.amazonaws.com']);
  });
});
