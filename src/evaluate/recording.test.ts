import { expect, test } from 'vitest';
import {
  aGap,
  anAccount,
  anInventory,
  anOrganization,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../test/support/inventory-builders.js';
import type { Account } from '../model/inventory.js';
import { accountPlaces, recordingOf } from './recording.js';

const regions = known([
  { name: 'eu-central-1', optStatus: 'ENABLED_BY_DEFAULT' },
  { name: 'us-east-1', optStatus: 'ENABLED_BY_DEFAULT' },
  { name: 'af-south-1', optStatus: 'DISABLED' },
]) as Account['regions'];
const gap = aGap({ id: 'g1' });

function single(trail: Parameters<typeof aTrail>[0], account: Partial<Account> = {}) {
  const it = anAccount({ id: MANAGEMENT, regions, ...account });
  return anInventory({ organization: null, accounts: [it], trails: [aTrail(trail)], gaps: [gap] });
}

test('a multi-Region trail of all management events records in every enabled Region', () => {
  expect(recordingOf(single({}))).toEqual([
    { accounts: [MANAGEMENT], regions: [{ names: ['eu-central-1', 'us-east-1'], read: 'full', write: 'full' }] },
  ]);
});

test('a trail of one Region leaves the others', () => {
  expect(recordingOf(single({ description: { isMultiRegionTrail: false } as never }))).toEqual([
    {
      accounts: [MANAGEMENT],
      regions: [
        { names: ['eu-central-1'], read: 'full', write: 'full' },
        { names: ['us-east-1'], read: 'none', write: 'none' },
      ],
    },
  ]);
});

test('which opt-in Regions are enabled may be unknown', () => {
  const [group] = recordingOf(single({}, { regions: unknown('g1') }));
  expect(group).toMatchObject({ mayHaveOthers: true });
  expect(group?.regions.flatMap((it) => it.names)).toContain('us-east-1');
});

test('accounts out of scope are not in it', () => {
  expect(recordingOf(single({}, { outOfScope: 'its state is SUSPENDED' }))).toEqual([]);
});

test('accounts stand with their OUs, as far as they could be read', () => {
  const organization = anOrganization({
    organizationalUnits: known([
      { id: 'r-a1b2', name: 'Root' },
      { id: 'ou-a1b2-11111111', name: 'Prod', parentId: 'r-a1b2' },
    ]),
  });
  const accounts = [
    anAccount({ id: MEMBER, name: 'shop', parents: known(['r-a1b2', 'ou-a1b2-11111111']) }),
    anAccount({ id: MANAGEMENT, name: 'top', parents: unknown('g1') }),
  ];
  const places = accountPlaces(anInventory({ organization, accounts, gaps: [gap] }));
  expect(places.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
    { id: MEMBER, name: 'shop', path: ['Root', 'Prod'] },
    { id: MANAGEMENT, name: 'top' },
  ]);
});
