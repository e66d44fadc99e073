import { describe, expect, test } from 'vitest';
import {
  absent,
  anAccount,
  anInventory,
  anObservation,
  anOrganization,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import type { Account, Inventory, Trail } from '../model/inventory.js';
import { creditsOf } from './credits.js';
import { FactGaps } from './fact-gaps.js';

const management = anAccount({ id: MANAGEMENT });

function creditsIn(inventory: Inventory, id = MEMBER) {
  const account = inventory.accounts.find((it) => it.id === id) ?? anAccount({ id });
  return creditsOf(account, inventory, new FactGaps());
}

function withMember(member: Partial<Account>, trail: Trail = aTrail()): Inventory {
  return anInventory({ trails: [trail], accounts: [management, anAccount({ id: MEMBER, ...member })] });
}

describe('credit for an organization trail', () => {
  test('is observed where the account itself tells the status, with what it tells', () => {
    const status = known(aStatus({ latestDeliveryError: 'AccessDenied' }));
    expect(creditsIn(withMember({ observedTrails: [anObservation({ status })] }))).toMatchObject([
      { trailArn: trailArn(), grade: 'observed', isLogging: true, latestDeliveryError: 'AccessDenied', gaps: [] },
    ]);
  });

  test('is refuted where the account knows no such trail', () => {
    const inventory = withMember({ observedTrails: [anObservation({ status: absent })] });
    expect(creditsIn(inventory)).toMatchObject([{ grade: 'refuted', gaps: [] }]);
  });

  test('is inferred where the question was refused', () => {
    const inventory = withMember({ observedTrails: [anObservation({ status: unknown('refused') })] });
    expect(creditsIn(inventory)).toMatchObject([{ grade: 'inferred', gaps: ['refused'] }]);
  });

  test('is inferred where the account could not be entered', () => {
    const inventory = withMember({ ownTrails: unknown('not-entered') });
    expect(creditsIn(inventory)).toMatchObject([{ grade: 'inferred', gaps: ['not-entered'] }]);
  });

  test('is none for the owner, and none for trails that are not the organization’s', () => {
    expect(creditsIn(anInventory(), MANAGEMENT)).toEqual([]);
    expect(creditsIn(anInventory({ trails: [aTrail({ accountId: '333333333333' })] }))).toEqual([]);
  });

  test('is none without an organization', () => {
    expect(creditsIn({ ...anInventory({ accounts: [management] }), organization: null })).toEqual([]);
  });

  test('asks whether a trail of the management account that could not be described is one', () => {
    const trail = aTrail({ description: unknown('refused') });
    const seen = withMember({ observedTrails: [anObservation({ status: absent })] }, trail);
    expect(creditsIn(seen)).toMatchObject([{ grade: 'refuted' }]);
    expect(creditsIn(withMember({}, trail))).toMatchObject([{ grade: 'inferred' }]);
  });

  test('of an account that was never asked notes a gap of its own', () => {
    const gaps = new FactGaps();
    const inventory = anInventory({ trails: [aTrail()], accounts: [management] });
    const [credit] = creditsOf(anAccount({ id: MEMBER }), inventory, gaps);
    expect(credit).toMatchObject({ grade: 'inferred', gaps: gaps.all().map(({ id }) => id) });
    expect(gaps.all()).toMatchObject([{ accountId: MEMBER, resource: trailArn(), reason: 'not-collected' }]);
  });

  test('of an account that was not asked as the list of trails is unknown has that gap', () => {
    const organization = anOrganization({ trailsGap: 'no-list' });
    const inventory = anInventory({ organization, accounts: [management] });
    expect(creditsIn(inventory)).toMatchObject([{ grade: 'inferred', gaps: ['no-list'] }]);
  });
});

describe('a trail homed in an opt-in Region', () => {
  const homeRegion = 'af-south-1';
  const trail = aTrail({ homeRegion });
  const observedTrails = [anObservation({ trailArn: trail.arn })];
  const region = (optStatus: string) => known([{ name: homeRegion, optStatus }]);

  test.each([
    { name: 'enabled', regions: region('ENABLED'), expected: { grade: 'observed', gaps: [] } },
    { name: 'disabled', regions: region('DISABLED'), expected: { grade: 'refuted', gaps: [] } },
    { name: 'being enabled', regions: region('ENABLING'), expected: { grade: 'refuted', gaps: [] } },
    { name: 'not read', regions: unknown('no-regions'), expected: { grade: 'inferred', gaps: ['no-regions'] } },
  ])('is credited as $expected.grade where it is $name', ({ regions, expected }) => {
    expect(creditsIn(withMember({ observedTrails, regions }, trail))).toMatchObject([expected]);
  });
});
