import { expect, test } from 'vitest';
import { anAccount, anInventory } from '../../test/support/inventory-builders.js';
import { alwaysEnabledRegions } from '../model/identifiers.js';
import { known, unknown } from '../model/known.js';
import { expectedPlaces } from './index.js';

const regions = known([
  { name: 'eu-west-1', optStatus: 'ENABLED_BY_DEFAULT' },
  { name: 'af-south-1', optStatus: 'DISABLED' },
  { name: 'eu-south-1', optStatus: 'DISABLING' },
]);

test('accounts in scope are expected in their enabled Regions since they joined', () => {
  const joinedAt = '2026-11-20T11:30:00.000Z';
  const accounts = [
    anAccount({ id: '111122223333', regions, joinedAt }),
    anAccount({ id: '444455556666', regions, outOfScope: 'suspended' }),
  ];
  const since = Date.parse(joinedAt);
  expect(expectedPlaces(anInventory({ accounts }))).toEqual({
    places: [
      { account: '111122223333', region: 'eu-west-1', since },
      { account: '111122223333', region: 'eu-south-1', since },
    ],
    openAccounts: [],
  });
});

test('where the Regions could not be read, those are expected that cannot be switched off, and the others are open', () => {
  const accounts = [anAccount({ id: '111122223333', regions: unknown('gap-1') })];
  const { places, openAccounts } = expectedPlaces(anInventory({ accounts }));
  expect(places.map((it) => it.region)).toEqual(alwaysEnabledRegions('aws'));
  expect(openAccounts).toEqual(['111122223333']);
});
