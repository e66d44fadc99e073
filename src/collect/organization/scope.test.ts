import { describe, expect, test } from 'vitest';
import { absent, known, unknown } from '../../model/known.js';
import { checkScope, checkScopeAlone, scopeOf } from './scope.js';

const everything = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const account = { id: '111122223333', state: 'ACTIVE' };
const inWorkloads = known(['r-ab12', 'ou-ab12-1']);

describe('an account', () => {
  test('that is active is in scope', () => {
    expect(scopeOf(account, inWorkloads, everything)).toEqual({ is: 'in' });
  });

  test.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION'])('in state %s is not', (state) => {
    expect(scopeOf({ ...account, state }, inWorkloads, everything)).toEqual({
      is: 'out',
      reason: `its state is ${state}`,
    });
  });

  test.each([
    [{ accounts: ['444455556666'] }, { is: 'out', reason: 'not named by --account' }],
    [{ excludedAccounts: [account.id] }, { is: 'out', reason: 'excluded by --exclude-account' }],
    [{ organizationalUnits: ['ou-ab12-1'] }, { is: 'in' }],
    [{ organizationalUnits: ['ou-ab12-2'] }, { is: 'out', reason: 'in no OU named by --ou' }],
  ])('is chosen by %j', (scope, answer) => {
    expect(scopeOf(account, inWorkloads, { ...everything, ...scope })).toEqual(answer);
  });

  test('whose OU could not be read may be in a scope by OU', () => {
    const scope = { ...everything, organizationalUnits: ['ou-ab12-1'] };
    expect(scopeOf(account, unknown('g'), scope)).toEqual({ is: 'unknown', gap: unknown('g') });
    expect(scopeOf(account, absent, scope)).toMatchObject({ is: 'out' });
  });

  test('that other options leave out is left out wherever it is', () => {
    const scope = { ...everything, excludedAccounts: [account.id], organizationalUnits: ['ou-ab12-1'] };
    expect(scopeOf(account, unknown('g'), scope)).toMatchObject({ is: 'out' });
  });
});

describe('a misspelt name is an error', () => {
  const placed = [{ id: account.id, parents: known(['r-ab12']) }];

  test('of an account', () => {
    expect(() => checkScope({ ...everything, accounts: ['111122223334'] }, placed, 'o-a')).toThrow(
      'Organization o-a has no account 111122223334.',
    );
    expect(() => checkScope({ ...everything, accounts: [account.id] }, placed, 'o-a')).not.toThrow();
  });

  test('of an OU, unless the OUs of an account are not known', () => {
    const scope = { ...everything, organizationalUnits: ['ou-ab12-9'] };
    expect(() => checkScope(scope, placed, 'o-a')).toThrow('No account of organization o-a is in OU ou-ab12-9.');
    const open = [...placed, { id: '444455556666', parents: unknown('g') }];
    expect(() => checkScope(scope, open, 'o-a')).not.toThrow();
  });

  test('without an organization every other name is', () => {
    expect(() => checkScopeAlone({ ...everything, accounts: [account.id] }, account.id)).not.toThrow();
    for (const scope of [
      { accounts: ['444455556666'] },
      { excludedAccounts: ['444455556666'] },
      { organizationalUnits: ['r-ab12'] },
    ]) {
      expect(() => checkScopeAlone({ ...everything, ...scope }, account.id)).toThrow('is in no organization');
    }
  });
});
