import { loadInventory, saveInventory } from '../../src/storage/index.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../../src/model/errors.js';
import type { Inventory } from '../../src/model/inventory.js';
import { collectFrom } from '../support/collect-from.js';
import { anOrganizationWithATrail, anOwnTrail, joined, prod } from '../support/worlds.js';

async function fileNamed(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trailproof-'));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  return join(folder, name);
}

async function anInventory(): Promise<Inventory> {
  const { inventory } = await collectFrom(joined(anOrganizationWithATrail(), anOwnTrail(prod)));
  return inventory;
}

test.each(['inventory.json', 'inventory.json.gz'])('what is saved to %s comes back as it was', async (name) => {
  const inventory = await anInventory();
  const file = await fileNamed(name);
  await saveInventory(inventory, file);
  expect(await loadInventory(file)).toEqual(inventory);
});

test.each<[string, (it: Inventory) => unknown, string]>([
  ['an account twice', (it) => ({ ...it, accounts: [...it.accounts, ...it.accounts] }), 'twice in accounts'],
  ['a trail twice', (it) => ({ ...it, trails: [...it.trails, ...it.trails] }), 'twice in trails'],
  ['a bucket twice', (it) => ({ ...it, buckets: [...it.buckets, ...it.buckets] }), 'twice in buckets'],
  ['unknowns without their gap', (it) => ({ ...it, gaps: [] }), 'refers to gap'],
  ['a member that it should not have', (it) => ({ ...it, extra: 1 }), "('extra')"],
  ['another version', (it) => ({ ...it, schemaVersion: '2' }), 'of version 2'],
  ['no inventory', () => ({ configurationItems: [] }), "AWS Config's"],
  ['a list', () => [], 'is not an inventory'],
])('a file that holds %s is refused, by its name', async (_, change, message) => {
  const file = await fileNamed('broken.json');
  await writeFile(file, JSON.stringify(change(await anInventory())));
  const error: unknown = await loadInventory(file).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: expect.stringContaining(message) });
  expect(error).toMatchObject({ message: expect.stringContaining('broken.json') });
});
