import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anInventory, aTrail } from '../../test/support/inventory-builders.js';
import { contentDigest } from './content-digest.js';
import { isEdited, loadInventory } from './load-inventory.js';
import { saveInventory } from './save-inventory.js';

test('is that of the JSON text without the digest itself', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
      const { digest: _, ...rest } = document;
      const expected = createHash('sha256').update(JSON.stringify(rest)).digest('hex');
      expect(contentDigest({ ...document, digest: 'x' })).toBe(expected);
    }),
  );
});

test('an inventory that was changed after it was saved is known as such, one that was formatted anew is not', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trailproof-')), 'inventory.json');
  const inventory = anInventory({ trails: [aTrail({ name: 'caf\u00e9\u202e' })] });
  await saveInventory(inventory, file);
  const loaded = await loadInventory(file);
  expect(isEdited(loaded)).toBe(false);
  expect(loaded).toEqual(inventory);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, JSON.stringify(JSON.parse(text), null, 2));
  expect(isEdited(await loadInventory(file))).toBe(false);
  writeFileSync(file, text.replace('"isLogging":true', '"isLogging":false'));
  expect(isEdited(await loadInventory(file))).toBe(true);
});

test('an inventory without a digest is read as before', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trailproof-')), 'inventory.json');
  writeFileSync(file, JSON.stringify(anInventory({})));
  expect(isEdited(await loadInventory(file))).toBe(false);
});
