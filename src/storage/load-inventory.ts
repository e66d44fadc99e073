import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
import { asCollected } from './as-collected.js';
import { readAsSaved } from './as-saved.js';
import { checkInventory } from './check-inventory.js';
import { inventoryDigest, keepDigest } from './content-digest.js';
import { fileText } from './file-text.js';
import { parseJson } from './parse-json.js';
import { readBytes } from './read-bytes.js';

/**
 * Reads a saved inventory, gzipped or not.
 *
 * @throws UsageError that names the file and the place in it, when it is missing, broken or no inventory.
 */
export async function loadInventory(file: string): Promise<Inventory> {
  const bytes = await read(file);
  const texts = new SharedTexts();
  const asSaved = await readAsSaved(bytes, (name, items) => {
    if (name === 'evidence') texts.share(items);
  });
  const { digest, ...written } = checkInventory(asSaved?.document ?? parseJson(fileText(bytes, file), file), file);
  if (asSaved === undefined) texts.share(written.evidence);
  else keepDigest(written, asSaved.digest);
  const inventory = asCollected(written);
  if (digest !== undefined && digest !== inventoryDigest(written)) edited.add(inventory);
  return inventory;
}

/** What very many records say alike is kept as one text each: parsing gives each its own. */
class SharedTexts {
  private readonly texts = new Map<string, string>();

  share(records: readonly unknown[]): void {
    for (const it of records) {
      if (typeof it !== 'object' || it === null) continue;
      for (const key of ['accountId', 'region', 'call', 'at']) {
        const value: unknown = Reflect.get(it, key);
        if (typeof value === 'string') Reflect.set(it, key, this.shared(value));
      }
    }
  }

  private shared(text: string): string {
    const known = this.texts.get(text);
    if (known === undefined) this.texts.set(text, text);
    return known ?? text;
  }
}

const edited = new WeakSet<Inventory>();

/** Whether an inventory was changed after it was saved: its content does not match its digest. People may do so. */
export function isEdited(inventory: Inventory): boolean {
  return edited.has(inventory);
}

/** The same of one that was made of others. */
export function markEdited(inventory: Inventory): void {
  edited.add(inventory);
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readBytes(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      throw new UsageError(`There is no inventory ${file}.`, 'trailproof collect writes one.', { cause: error });
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`, undefined, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
