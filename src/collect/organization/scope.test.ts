import { expect, test } from 'vitest';
import { checkScope, outOfScope } from './scope.js';

const everything = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const account = { id: '111122223333', state: 'ACTIVE' };

test('an active account is in scope', () => {
  expect(outOfScope(account, ['r-ab12'], everything)).toBeUndefined();
});

test.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION'])('one in state %s is not', (state) => {
  expect(outOfScope({ ...account, state }, ['r-ab12'], everything)).toBe(`its state is ${state}`);
});

test('--account, --exclude-account and --ou choose', () => {
  expect(outOfScope(account, [], { ...everything, accounts: ['444455556666'] })).toBe('not named by --account');
  expect(outOfScope(account, [], { ...everything, excludedAccounts: [account.id] })).toBe(
    'excluded by --exclude-account',
  );
  expect(
    outOfScope(account, ['r-ab12', 'ou-ab12-1'], { ...everything, organizationalUnits: ['ou-ab12-1'] }),
  ).toBeUndefined();
  expect(outOfScope(account, ['r-ab12'], { ...everything, organizationalUnits: ['ou-ab12-1'] })).toBe(
    'in no OU named by --ou',
  );
});

test('an account whose OU could not be read is left out of a scope by OU, with that reason', () => {
  expect(outOfScope(account, undefined, { ...everything, organizationalUnits: ['ou-ab12-1'] })).toMatch(
    /could not be read/,
  );
});

test('a misspelt account or OU is an error', () => {
  const accounts = new Set([account.id]);
  expect(() => checkScope({ ...everything, accounts: ['111122223334'] }, accounts, new Set(), 'o-a')).toThrow(
    'Organization o-a has no account 111122223334.',
  );
  expect(() =>
    checkScope({ ...everything, organizationalUnits: ['ou-ab12-9'] }, accounts, new Set(['r-ab12']), 'o-a'),
  ).toThrow('No account of organization o-a is in OU ou-ab12-9.');
  expect(() => checkScope({ ...everything, accounts: [account.id] }, accounts, new Set(), 'o-a')).not.toThrow();
});
