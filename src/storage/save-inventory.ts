import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Inventory } from '../model/inventory.js';
import { UsageError } from '../model/errors.js';
import { visibleJson } from '../text/printable.js';

/**
 * Writes an inventory, gzipped when the name ends in `.gz`. The file appears whole or not at all, and only its owner
 * may read it: it holds bucket and key policies.
 *
 * @throws UsageError when it cannot be written.
 */
export async function saveInventory(inventory: Inventory, file: string): Promise<void> {
  const text = `${visibleJson(JSON.stringify(inventory))}\n`;
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(unfinished, file.endsWith('.gz') ? gzipSync(text) : text, { mode: 0o600 });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new UsageError(`The inventory could not be written to ${file}: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
