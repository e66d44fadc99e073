import { describe, expect, test } from 'vitest';
import { evaluateInventory } from '../support/scan-world.js';
import { changedVerdicts } from './changed-verdicts.js';
import { contradictions } from './compare-inventories.js';
import { collectUnder, matchFor, sound, soundResults, unreadAccounts } from './fault-matrix.js';

const paged = [
  'account:ListRegions',
  'cloudtrail:ListEventDataStores',
  'cloudtrail:ListTrails',
  'organizations:ListAWSServiceAccessForOrganization',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListDelegatedAdministrators',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListRoots',
] as const;

describe.each(paged)('%s', (name) => {
  test.each([
    ['endless-pages', 'gave more than 2 pages'],
    ['repeating-page-token', 'gave the same page token twice'],
  ] as const)('%s: what was read is kept, the rest is a gap', async (kind, message) => {
    const match = await matchFor(name);
    const { inventory } = await collectUnder([{ match, kind }]);
    const { inventory: expected } = await sound();
    expect(contradictions(expected, inventory)).toEqual([]);
    expect(inventory.gaps.find((gap) => gap.call === name && gap.reason === 'error')).toMatchObject({
      message: expect.stringContaining(message),
    });
    const ids = inventory.accounts.map((account) => account.id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(unreadAccounts(inventory)).toEqual(name === 'cloudtrail:ListTrails' ? [match.accountId] : []);
    expect(changedVerdicts(await soundResults(), evaluateInventory(inventory))).toEqual([]);
  });

  test.each(['denied', 'throttled', 'cut-in-body', 'malformed-body', 'hollow'] as const)(
    'cut by %s after its first page: open, and never shorter',
    async (kind) => {
      const match = await matchFor(name);
      const { inventory } = await collectUnder([{ match, kind, after: 1 }], { [name]: 1 });
      expect(contradictions((await sound()).inventory, inventory)).toEqual([]);
      expect(changedVerdicts(await soundResults(), evaluateInventory(inventory))).toEqual([]);
    },
  );

  test('an empty page with a token is not the end', async () => {
    const { inventory } = await collectUnder([{ match: await matchFor(name), kind: 'empty-page' }]);
    const { inventory: expected } = await sound();
    expect(inventory.gaps.map(({ id }) => id)).toEqual(expected.gaps.map(({ id }) => id));
    expect(contradictions(expected, inventory)).toEqual([]);
  });
});
