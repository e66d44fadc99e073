import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Inventory } from '../model/inventory.js';
import { contentDigest } from './content-digest.js';
import { makeFolder } from './make-folder.js';
import { replaceFile, unfinishedName } from './replace-file.js';
import { UsageError } from '../model/errors.js';
import { visibleJson } from '../text/printable.js';

/**
 * Writes an inventory, gzipped when the name ends in `.gz`. The file appears whole or not at all, and only its owner
 * may read it: it holds bucket and key policies. It ends with a digest of its content.
 *
 * @throws UsageError when it cannot be written.
 */
export async function saveInventory(inventory: Inventory, file: string): Promise<void> {
  const text = `${visibleJson(JSON.stringify({ ...inventory, digest: contentDigest(inventory) }))}\n`;
  const unfinished = unfinishedName(file);
  try {
    await makeFolder(dirname(file));
    await writeFile(unfinished, file.endsWith('.gz') ? gzipSync(text) : text, { mode: 0o600 });
    await replaceFile(unfinished, file);
  } catch (error) {
    await discard(unfinished);
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The inventory could not be written to ${file}: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  }
}

/** What failed before is what the user needs to know. */
async function discard(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
