import { ViewList } from '../expression/index.js';
import { describe, expect, test } from 'vitest';
import {
  absent,
  aBucket,
  anAccount,
  anEventDataStore,
  anInventory,
  anObservation,
  anOrganization,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  ORGANIZATION,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { at, targetOf, valueAt } from '../../test/support/view-values.js';
import type { Account, Inventory } from '../model/inventory.js';
import { buildView } from './index.js';

const management = anAccount({ id: MANAGEMENT });

function member(it: Partial<Account> = {}, inventory: Partial<Inventory> = {}) {
  const accounts = [management, anAccount({ id: MEMBER, ...it })];
  return targetOf(buildView(anInventory({ accounts, ...inventory })), 'account', MEMBER);
}

describe('an account that could not be read', () => {
  const account = member({ ownTrails: unknown('denied'), regions: unknown('other') });

  test.each([
    'regions',
    'publicAccessBlock',
    'ownTrails',
    'ownEventDataStores',
    'trails',
    'eventDataStores',
    'credits',
    'logBuckets',
    'coverage',
    'trailCoverage',
    'protectedCoverage',
    'protectedTrailCoverage',
    'multiRegionCoverage',
    'multiRegionTrailCoverage',
    'isInOrganizationTrail',
  ])('its %s is unknown, for that reason', (field) => {
    expect(at(account, field)).toEqual({ unknown: ['denied'] });
  });

  test.each([
    ['id', MEMBER],
    ['state', 'ACTIVE'],
    ['joinedTimestamp', '2025-01-01T00:00:00.000Z'],
    ['organizationalUnitIds', ['r-root', 'ou-prod']],
    ['organizationalUnitNames', ['Root', 'Production']],
    ['isMemberAccount', true],
    ['isManagementAccount', false],
    ['isDelegatedAdministrator', false],
  ])('its %s is what the organization tells', (field, value) => {
    expect(at(account, field)).toEqual(value);
  });

  test('the organization trail may reach it', () => {
    const view = buildView(
      anInventory({ accounts: [management, anAccount({ id: MEMBER, ownTrails: unknown('denied') })] }),
    );
    expect(at(targetOf(view, 'trail'), 'accounts')).toEqual({ known: [MANAGEMENT], doubtful: [[MEMBER, ['denied']]] });
  });
});

describe('the trails of an account', () => {
  const own = aTrail({ name: 'own', accountId: MEMBER });

  test('its own, and the organization trail that it sees', () => {
    const account = member({}, { trails: [own, aTrail()] });
    expect(at(account, 'ownTrails')).toEqual([own.arn]);
    expect(at(account, 'trails')).toEqual([trailArn(), own.arn]);
    expect(at(account, 'credits.0.grade')).toBe('observed');
  });

  test('a stopped trail is one of them', () => {
    expect(at(member({}, { trails: [aTrail({ status: { isLogging: false } })] }), 'trails')).toEqual([trailArn()]);
  });

  test('a trail that it does not know is none of them', () => {
    const observedTrails = [anObservation({ status: absent })];
    expect(at(member({ observedTrails }), 'trails')).toEqual([]);
  });

  test('one that it could not be asked about is doubtful', () => {
    const observedTrails = [anObservation({ status: unknown('status') })];
    expect(at(member({ observedTrails }), 'trails')).toEqual({ known: [], doubtful: [[trailArn(), ['status']]] });
  });

  test('one that only it sees is there, and unknown', () => {
    const arn = trailArn('hidden');
    const account = member({ observedTrails: [anObservation({ trailArn: arn })] }, { trails: [] });
    expect(at(account, 'trails')).toEqual([arn]);
    expect([at(account, 'trails.0.name'), at(account, 'trails.0.isLogging')]).toEqual([
      'hidden',
      { unknown: [expect.any(String)] },
    ]);
  });

  test('there may be more where nobody told the organization trails', () => {
    const organization = anOrganization({ trailsGap: 'trails' });
    expect(at(member({}, { organization, trails: [own] }), 'trails')).toEqual({ known: [own.arn], rest: ['trails'] });
    expect(at(member({}, { organization, trails: [own] }), 'ownTrails')).toEqual([own.arn]);
  });

  test('none: the organization trails are to be looked at', () => {
    const trails = valueAt(member({}, { trails: [] }), 'trails');
    expect(trails instanceof ViewList ? trails.cause : 'no list').toEqual({
      targetType: 'organization',
      id: ORGANIZATION,
      field: 'trails',
    });
    const some = valueAt(member(), 'trails');
    expect(some instanceof ViewList ? some.cause : 'no list').toBeUndefined();
    const alone = valueAt(member({}, { trails: [], organization: null }), 'trails');
    expect(alone instanceof ViewList ? alone.cause : 'no list').toBeUndefined();
  });
});

describe('being in the organization trail', () => {
  test.each([
    ['seen and logging', {}, true],
    ['not known there', { observedTrails: [anObservation({ status: absent })] }, false],
    ['not logging there', { observedTrails: [anObservation({ status: known(aStatus({ isLogging: false })) })] }, false],
    ['not told', { observedTrails: [anObservation({ status: unknown('s') })] }, { unknown: ['s'] }],
  ])('%s', (_, it, expected) => {
    expect(at(member(it), 'isInOrganizationTrail')).toEqual(expected);
  });

  test('a failure is one of the organization', () => {
    expect(member().cause?.('isInOrganizationTrail')).toEqual({
      targetType: 'organization',
      id: ORGANIZATION,
      field: 'trails',
    });
    expect(member().cause?.('name')).toBeUndefined();
  });

  test('the owner is in it', () => {
    expect(at(targetOf(buildView(anInventory()), 'account', MANAGEMENT), 'isInOrganizationTrail')).toBe(true);
  });
});

describe('event data stores', () => {
  const ofOrganization = anEventDataStore();
  const own = anEventDataStore({ id: 'mine', accountId: MEMBER });

  test('its own and the organization’s', () => {
    const account = member({ eventDataStores: known([own.arn]) }, { eventDataStores: [ofOrganization, own] });
    expect(at(account, 'ownEventDataStores')).toEqual([own.arn]);
    expect(at(account, 'eventDataStores')).toEqual([ofOrganization.arn, own.arn]);
  });

  test('a member that was not asked has none', () => {
    expect(at(member(), 'ownEventDataStores')).toEqual([]);
  });

  test('what was found counts, though the list was cut off', () => {
    const account = member({ eventDataStores: unknown('list') }, { eventDataStores: [own] });
    expect(at(account, 'ownEventDataStores')).toEqual({ known: [own.arn], rest: ['list'] });
    expect(at(account, 'eventDataStores')).toEqual({ known: [own.arn], rest: ['list'] });
  });

  test('a store of the management account that could not be read may be the organization’s', () => {
    const store = anEventDataStore({ details: unknown('eds') });
    expect(at(member({}, { eventDataStores: [store] }), 'eventDataStores')).toEqual({
      known: [],
      doubtful: [[store.arn, ['eds']]],
    });
  });

  test('there may be more where nobody told the organization’s', () => {
    const organization = anOrganization({ eventDataStoresGap: 'stores' });
    expect(at(member({}, { organization }), 'eventDataStores')).toEqual({ known: [], rest: ['stores'] });
  });

  test('the store of a member is its own affair', () => {
    const view = buildView(anInventory({ eventDataStores: [own] }));
    expect(at(targetOf(view, 'event-data-store'), 'accounts')).toEqual([MEMBER]);
    expect(
      at(targetOf(buildView(anInventory({ eventDataStores: [ofOrganization] })), 'event-data-store'), 'accounts'),
    ).toEqual([MANAGEMENT, MEMBER]);
  });
});

describe('an account without an organization', () => {
  const { joinedAt: _joined, arn: _arn, ...bare } = anAccount({ id: MEMBER });
  const account = targetOf(buildView(anInventory({ organization: null, accounts: [bare] })), 'account');
  test.each(['joinedTimestamp', 'isMemberAccount', 'isManagementAccount', 'isDelegatedAdministrator'])(
    '%s is not known',
    (field) => {
      expect(at(account, field)).toEqual({ unknown: [expect.any(String)] });
    },
  );

  test('is no member where AWS said that there is none', () => {
    const sure = targetOf(
      buildView(anInventory({ organization: null, standsAlone: true, accounts: [bare] })),
      'account',
    );
    const fields = ['isMemberAccount', 'isManagementAccount', 'isDelegatedAdministrator'];
    expect(fields.map((field) => at(sure, field))).toEqual([false, false, false]);
    expect(at(sure, 'scpDenials.cloudtrail:StopLogging.scope')).toBe('no-one');
  });

  test('it has no ARN and no OU names', () => {
    expect([at(account, 'arn'), at(account, 'organizationalUnitNames')]).toEqual(['absent', []]);
  });
});

test('only enabled Regions count', () => {
  const regions = known([
    { name: 'eu-central-1', optStatus: 'ENABLED_BY_DEFAULT' },
    { name: 'eu-south-1', optStatus: 'DISABLED' },
    { name: 'me-south-1', optStatus: 'ENABLED' },
  ]);
  expect(at(member({ regions }), 'regions')).toEqual(['eu-central-1', 'me-south-1']);
  expect(at(member({ regions: unknown('r') }), 'regions')).toEqual({ unknown: ['r'] });
});

test('log buckets that it owns, or may own', () => {
  const buckets = [
    aBucket({ name: 'b', owner: known({ accountId: MEMBER, region: 'eu-central-1' }) }),
    aBucket({ name: 'a', owner: unknown('o') }),
    aBucket({ name: 'c' }),
  ];
  expect(at(member({}, { buckets }), 'logBuckets')).toEqual({ known: ['b'], doubtful: [['a', ['o']]] });
  // One that a trail names which could not be described, too: nobody knows whose it is.
  const trails = [aTrail({ description: unknown('t') })];
  expect(at(member({}, { buckets: [], trails }), 'logBuckets')).toEqual({ known: [], rest: ['t'] });
});

test('an account’s Block Public Access was never set', () => {
  expect(at(member({ publicAccessBlock: absent }), 'publicAccessBlock.restrictPublicBuckets')).toBe(false);
  expect(at(member(), 'publicAccessBlock.restrictPublicBuckets')).toBe(true);
});

describe('the organization', () => {
  const organization = (it: Partial<Inventory>) => targetOf(buildView(anInventory(it)), 'organization');

  test('its accounts in scope, of which there may be more', () => {
    const accounts = [management, anAccount({ id: MEMBER }), anAccount({ id: '333333333333', outOfScope: 'excluded' })];
    expect(at(organization({ accounts }), 'accounts')).toEqual([MANAGEMENT, MEMBER]);
    const cutOff = organization({ accounts, organization: anOrganization({ accountsGap: 'cut off' }) });
    expect(at(cutOff, 'accounts')).toEqual({ known: [MANAGEMENT, MEMBER], rest: ['cut off'] });
    expect(at(cutOff, 'trails.0.accounts')).toEqual({ known: [MANAGEMENT, MEMBER], rest: ['cut off'] });
  });

  test('its trails: not those of members, and maybe one that could not be described', () => {
    const trails = [
      aTrail({ accountId: MEMBER, name: 'own' }),
      aTrail(),
      aTrail({ name: 'refused', description: unknown('d') }),
      aTrail({ accountId: MEMBER, name: 'refused', description: unknown('m') }),
    ];
    expect(at(organization({ trails }), 'trails')).toEqual({
      known: [trailArn()],
      doubtful: [[trailArn('refused'), ['d']]],
    });
    const gap = anOrganization({ trailsGap: 'refused' });
    expect(at(organization({ trails: [], organization: gap }), 'trails')).toEqual({ known: [], rest: ['refused'] });
  });

  test('what could not be read of it', () => {
    const it = organization({
      organization: anOrganization({ policyTypes: unknown('roots'), trustedServices: absent }),
    });
    expect([at(it, 'policyTypes'), at(it, 'trustedServices'), at(it, 'featureSet')]).toEqual([
      { unknown: ['roots'] },
      [],
      'ALL',
    ]);
  });
});
