import { describe, expect, test } from 'vitest';
import {
  anAccount,
  anEventDataStore,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  absent,
  known,
  MANAGEMENT,
  MEMBER,
  trailArn,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Account, FieldSelector, Inventory } from '../../model/inventory.js';
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

function condition(field: string, operators: Partial<FieldSelector>): FieldSelector {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  return { ...none, field, ...operators };
}

function advanced(...selectors: FieldSelector[][]): { advanced: { fieldSelectors: FieldSelector[] }[]; basic: [] } {
  return { basic: [], advanced: selectors.map((fieldSelectors) => ({ fieldSelectors })) };
}

describe('limits', () => {
  test('leave event data stores out where they are not wanted', () => {
    const inventory = anInventory({ trails: [], eventDataStores: [anEventDataStore()] });
    expect(coverageIn(inventory).management().write).toEqual(known('full'));
    expect(coverageIn(inventory, MEMBER, { ...any, eventDataStores: false }).management().write).toEqual(known('none'));
  });

  test.each(['CREATED', 'STARTING_INGESTION'])('know nothing of a store in status %s', (status) => {
    const inventory = anInventory({ trails: [], eventDataStores: [anEventDataStore({ details: { status } })] });
    expect(coverageIn(inventory).management().write).toMatchObject({ state: 'unknown' });
  });

  test('make a trail doubtful that the account can stop', () => {
    const inventory = anInventory({ trails: [aTrail({ accountId: MEMBER })] });
    expect(coverageIn(inventory).management().write).toEqual(known('full'));
    const limited = coverageIn(inventory, MEMBER, { ...any, protectedOnly: true }).management();
    expect(limited.write).toMatchObject({ state: 'unknown' });
    expect(coverageIn(anInventory(), MEMBER, { ...any, protectedOnly: true }).management().write).toEqual(
      known('full'),
    );
  });
});

describe('one trail', () => {
  test('is judged where it applies', () => {
    const trail = aTrail({ description: { isMultiRegionTrail: false } });
    const stopped = aTrail({ name: 'stopped', status: { isLogging: false } });
    const coverages = coveragesOf(anInventory({ trails: [trail, stopped] }));
    expect(coverages.ofTrail(trail).management().write).toEqual(known('full'));
    expect(coverages.ofTrail(stopped).management().write).toEqual(known('none'));
  });
});

describe('an organization trail homed in an opt-in Region', () => {
  const trail = aTrail({ homeRegion: 'af-south-1' });
  const levelWith = (regions: Account['regions']) => {
    const member = anAccount({ id: MEMBER, regions, observedTrails: [anObservation({ trailArn: trail.arn })] });
    return coverageIn(anInventory({ trails: [trail], accounts: [anAccount({ id: MANAGEMENT }), member] })).management()
      .write;
  };

  test('records nothing where that Region is not enabled', () => {
    expect(levelWith(known([{ name: 'af-south-1', optStatus: 'ENABLED' }]))).toEqual(known('full'));
    expect(levelWith(known([{ name: 'af-south-1', optStatus: 'DISABLED' }]))).toEqual(known('none'));
    expect(levelWith(unknown('no-regions'))).toEqual({ state: 'unknown', gaps: ['no-regions'] });
  });
});

describe('an account in an organization trail', () => {
  const isIn = (inventory: Inventory, id = MEMBER) => {
    const account = inventory.accounts.find((it) => it.id === id) ?? anAccount({ id });
    return coveragesOf(inventory).isInOrganizationTrail(account);
  };
  const withMember = (status: ReturnType<typeof anObservation>['status']) =>
    anInventory({
      accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, observedTrails: [anObservation({ status })] })],
    });

  test('is one that says so itself', () => {
    expect(isIn(anInventory())).toEqual(known(true));
    expect(isIn(anInventory(), MANAGEMENT)).toEqual(known(true));
    expect(isIn(withMember(absent))).toEqual(known(false));
    expect(isIn(withMember(known(aStatus({ isLogging: false }))))).toEqual(known(false));
    expect(isIn(withMember(unknown('denied')))).toEqual({ state: 'unknown', gaps: ['denied'] });
  });
});

describe('many accounts', () => {
  test('in the same state share one object, and cost one computation', () => {
    const members = Array.from({ length: 10_000 }, (_, index) =>
      anAccount({ id: String(200_000_000_000 + index), observedTrails: [anObservation()] }),
    );
    const inventory = anInventory({ accounts: [anAccount({ id: MANAGEMENT }), ...members] });
    const coverages = coveragesOf(inventory);
    const shared = new Set(members.map((account) => coverages.ofAccount(account, any)));
    expect(shared.size).toBe(1);
  });
});

describe('selectors that are too complex', () => {
  test('are unknown, with a gap that says so', () => {
    const lists = ['a', 'b', 'c', 'd'].map((name) => [
      condition('eventCategory', { equals: ['Data'] }),
      condition('resources.type', { equals: ['AWS::S3::Object'] }),
      condition('resources.ARN', { notStartsWith: many((index) => `arn:aws:s3:::${name}${index}/`) }),
      condition('userIdentity.arn', { notEquals: many((index) => `arn:aws:iam::111111111111:user/${name}${index}`) }),
    ]);
    const inventory = anInventory({ trails: [aTrail({ eventSelectors: advanced(...lists) })] });
    const gaps = new FactGaps();
    const [account = anAccount({ id: MANAGEMENT })] = inventory.accounts;
    const coverage = eventCoverages(inventory, gaps).ofAccount(account, any).data('AWS::S3::Object');
    const [gap] = gaps.all();
    expect(gap).toMatchObject({ reason: 'unsupported', resource: trailArn() });
    expect(coverage.write).toEqual({ state: 'unknown', gaps: [gap?.id] });
    expect(coverage.writeLosses.rest).toEqual({ state: 'unknown', gaps: [gap?.id] });
  });
});

function many(make: (index: number) => string): string[] {
  return Array.from({ length: 60 }, (_, index) => make(index));
}
