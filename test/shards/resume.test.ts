import { describe, expect, test } from 'vitest';
import { accountsHeldWhole, checkResumable, mergeShards, resumedInventory } from '../../src/storage/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import type { World, WorldAccount } from '../support/fake-aws/index.js';
import { evaluateInventory } from '../support/scan-world.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, management, prod } from '../support/worlds.js';
import { timeless } from './read-shards.js';

const sound = joined(anOrganizationWithATrail(), anOwnTrail(dev), anOwnTrail(prod));
/** The same organization, times included, while dev lacks the role. */
const broken: World = {
  ...sound,
  accounts: sound.accounts.map((account) => (account.id === dev ? withoutRoles(account) : account)),
};

function withoutRoles(account: WorldAccount): WorldAccount {
  return { ...account, roles: [] };
}

async function resume(inventory: Inventory, world: World, options: CollectFromOptions = {}) {
  const part = { alreadyRead: accountsHeldWhole(inventory), ...options.part };
  const read = await collectFrom(world, { ...options, part });
  return { ...read, resumed: resumedInventory({ file: 'earlier.json', inventory }, read.inventory) };
}

describe('a resumed run', () => {
  test('reads what was lacking, and then is the whole run', async () => {
    const { inventory: earlier } = await collectFrom(broken);
    const { inventory: whole } = await collectFrom(sound);
    const { resumed, callsIn } = await resume(earlier, sound);
    expect(timeless(resumed)).toEqual(timeless(whole));
    expect(callsIn(dev)).toMatchObject({ 'cloudtrail:ListTrails': 1 });
    expect(callsIn(prod)).toEqual({});
    expect(evaluateInventory(resumed).coverage.accounts.unreadable).toEqual([]);
    expect(resumed.apiCalls.total).toBeGreaterThan(earlier.apiCalls.total);
  });

  test('judges by the time of the first reading, so that nothing looks older than it was', async () => {
    const { inventory: earlier } = await collectFrom(broken);
    const { resumed } = await resume(earlier, sound);
    expect(resumed.capturedAt).toBe(earlier.capturedAt);
  });

  test('asks an account again of whose trail something was refused', async () => {
    const { inventory: earlier } = await collectFrom(sound, {
      aws: { faults: [{ match: { operation: 'GetEventSelectors' }, kind: 'denied' }] },
    });
    expect([...accountsHeldWhole(earlier)]).not.toContain(prod);
    expect([...accountsHeldWhole(earlier)]).not.toContain(management);
    const { resumed } = await resume(earlier, sound);
    expect(timeless(resumed)).toEqual(timeless((await collectFrom(sound)).inventory));
  });

  test('takes in an account that has joined, and leaves out one that has left with its trail', async () => {
    const without = (id: string): World => {
      const theirs = ({ accountId }: { readonly accountId: string }) => accountId !== id;
      return {
        ...sound,
        accounts: sound.accounts.filter((it) => it.id !== id),
        trails: sound.trails.filter(theirs),
        buckets: sound.buckets.filter(theirs),
        keys: sound.keys.filter(theirs),
        logGroups: sound.logGroups.filter(theirs),
      };
    };
    const { inventory: earlier } = await collectFrom(without(dev));
    const { resumed } = await resume(earlier, without(prod));
    expect(timeless(resumed)).toEqual(timeless((await collectFrom(without(prod))).inventory));
  });

  test('of a shard stays that shard', async () => {
    const read = async (world: World, index: number) =>
      (await collectFrom(world, { part: { shard: { index, count: 2 } } })).inventory;
    const shards = [await read(broken, 1), await read(broken, 2)];
    const resumed: Inventory[] = [];
    for (const [at, it] of shards.entries()) {
      resumed.push((await resume(it, sound, { part: { shard: { index: at + 1, count: 2 } } })).resumed);
    }
    const merged = mergeShards(
      resumed.map((inventory, at) => ({ file: `${at}`, inventory })),
      false,
    );
    expect(timeless(merged)).toEqual(timeless((await collectFrom(sound)).inventory));
  });
});

describe('resuming is refused', () => {
  const earlier = async (): Promise<Inventory> => (await collectFrom(sound)).inventory;
  const check = (inventory: Inventory, shard?: { index: number; count: number }, hours = 1) =>
    checkResumable(
      { file: 'earlier.json', inventory },
      shard,
      new Date(Date.parse(inventory.capturedAt) + hours * 3600e3),
    );

  test('after a day', async () => {
    const inventory = await earlier();
    expect(() => check(inventory, undefined, 25)).toThrow('more than a day ago');
    expect(() => check(inventory, undefined, 23)).not.toThrow();
  });

  test('of another shard', async () => {
    const inventory = await earlier();
    expect(() => check(inventory, { index: 1, count: 2 })).toThrow('is a whole run, and this run is shard 1 of 2');
  });

  test('of a single account', async () => {
    const inventory = await earlier();
    expect(() => check({ ...inventory, organization: null })).toThrow('a single account');
  });

  test('under another scope', async () => {
    const inventory = await earlier();
    await expect(resume(inventory, sound, { scope: { excludedAccounts: [prod] } })).rejects.toThrow(
      'the scope differs',
    );
  });
});
