import { expect, test } from 'vitest';
import {
  anAccount,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  known,
  MEMBER,
} from '../../test/support/inventory-builders.js';
import { asCollected } from './as-collected.js';

test('an inventory as it is collected stays the same object', () => {
  const inventory = anInventory({ accounts: [anAccount({ id: MEMBER })], trails: [aTrail()] });
  expect(asCollected(inventory)).toBe(inventory);
});

test('an account that is not active is out of scope', () => {
  const closed = { ...anAccount({ id: MEMBER }), state: 'SUSPENDED' };
  const excluded = { ...closed, outOfScope: 'excluded by --exclude-account' };
  const outOfScope = (account: typeof closed) =>
    asCollected(anInventory({ accounts: [account] })).accounts.map((it) => it.outOfScope);
  expect(outOfScope(closed)).toEqual(['its state is SUSPENDED']);
  expect(outOfScope(excluded)).toEqual(['excluded by --exclude-account']);
});

test('an empty error is none, for the owner and for members', () => {
  const status = known(aStatus({ latestDeliveryError: '', latestDigestDeliveryError: 'AccessDenied' }));
  const account = anAccount({ id: MEMBER, observedTrails: [anObservation({ status })] });
  const it = asCollected(anInventory({ accounts: [account], trails: [aTrail({ status })] }));
  const expected = known(aStatus({ latestDigestDeliveryError: 'AccessDenied' }));
  expect(it.trails.map((trail) => trail.status)).toEqual([expected]);
  expect(it.accounts.map(({ observedTrails }) => observedTrails[0]?.status)).toEqual([expected]);
});
