import { UsageError } from '../model/errors.js';
import type { Evidence, Inventory } from '../model/inventory.js';
import { asCollected } from './as-collected.js';
import { checkInventory } from './check-inventory.js';
import { digestAsWritten, inventoryDigest, keepDigest } from './content-digest.js';
import { refuseDuplicateKeys } from './duplicate-key.js';
import { textOf, unpacked } from './file-text.js';
import { readBytes } from './read-bytes.js';

/**
 * Reads a saved inventory, gzipped or not.
 *
 * @throws UsageError that names the file and the place in it, when it is missing, broken or no inventory.
 */
export async function loadInventory(file: string): Promise<Inventory> {
  const { parsed, digestOfBytes } = contentOf(await read(file), file);
  const { digest, ...written } = checkInventory(parsed, file);
  shareTexts(written.evidence);
  if (digestOfBytes !== undefined && digestOfBytes === digest) keepDigest(written, digest);
  const inventory = asCollected(written);
  if (digest !== undefined && digest !== inventoryDigest(written)) edited.add(inventory);
  return inventory;
}

interface Content {
  readonly parsed: unknown;
  /** Where the bytes are as they were saved. */
  readonly digestOfBytes: string | undefined;
}

function contentOf(bytes: Buffer, file: string): Content {
  const plain = unpacked(bytes, file);
  const digestOfBytes = digestAsWritten(plain);
  return { parsed: parse(textOf(plain, file), file, digestOfBytes !== undefined), digestOfBytes };
}

/** What very many records of what was just read say alike is kept as one text each: parsing gives each its own. */
function shareTexts(evidence: readonly Evidence[]): void {
  const texts = new Map<string, string>();
  const shared = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  for (const it of evidence) {
    const { accountId, region, call, at } = it;
    Object.assign(it, { accountId: shared(accountId), region: shared(region), at: shared(at) });
    if (call !== undefined) Object.assign(it, { call: shared(call) });
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

/** @param isAsSaved it holds no key twice then, as it was written from an inventory */
function parse(text: string, file: string, isAsSaved: boolean): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isAsSaved) refuseDuplicateKeys(text, file);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}${position(text, error)}: this is not JSON: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  }
}

/** `:line:column`, where the parser tells the offset. */
function position(text: string, error: unknown): string {
  const offset = /position (\d+)/.exec(messageOf(error))?.[1];
  if (offset === undefined) return '';
  const before = text.slice(0, Number(offset)).split('\n');
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
