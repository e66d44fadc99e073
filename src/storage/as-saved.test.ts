import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { anInventory } from '../../test/support/inventory-builders.js';
import { readAsSaved } from './as-saved.js';
import { inventoryDigest } from './content-digest.js';
import { saveInventory } from './save-inventory.js';

const inventory = anInventory();
const text = await savedText();

async function savedText(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-as-saved-'));
  try {
    const file = join(folder, 'inventory.json');
    await saveInventory(inventory, file);
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const read = async (bytes: Buffer) => await readAsSaved(bytes, () => undefined);

test('what was saved is read with its digest, gzipped or not', async () => {
  const digest = inventoryDigest(inventory);
  const document = { ...inventory, digest };
  expect(await read(Buffer.from(text))).toEqual({ document, digest });
  expect(await read(gzipSync(text))).toEqual({ document, digest });
});

test.each([
  ['a space more', text.replace('"schemaVersion":', '"schemaVersion": ')],
  ['another value', text.replace('"interrupted":false', '"interrupted":true')],
  ['another digest', text.replace(/"digest":"./, (it) => `${it.slice(0, -1)}${it.endsWith('0') ? '1' : '0'}`)],
  ['no digest', text.replace(/,"digest":"[^"]*"/, '')],
  ['no line break at the end', text.trimEnd()],
  ['nothing', ''],
  ['no JSON', 'x'.repeat(500)],
])('%s is left to who reads the whole', async (_, changed) => {
  expect(changed).not.toBe(text);
  expect(await read(Buffer.from(changed))).toBeUndefined();
});

test('broken gzip is left to who reads the whole', async () => {
  const packed = gzipSync(text);
  expect(await read(packed.subarray(0, packed.length - 20))).toBeUndefined();
  expect(await read(Buffer.concat([packed.subarray(0, 30), Buffer.alloc(40)]))).toBeUndefined();
});
