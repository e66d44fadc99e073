import { createHash } from 'node:crypto';
import type { Inventory } from '../model/inventory.js';

/**
 * SHA-256, in hexadecimal, of what `JSON.stringify` makes of a document without its member `digest`. Spaces and line
 * breaks between do not count, so that a file may be formatted anew; each value does.
 */
export function contentDigest(document: object): string {
  const hash = createHash('sha256');
  let separator = '{';
  for (const [key, value] of Object.entries(document)) {
    if (key === 'digest' || value === undefined) continue;
    hash.update(`${separator}${JSON.stringify(key)}:`);
    separator = ',';
    if (Array.isArray(value)) hashList(value, (text) => hash.update(text));
    else hash.update(JSON.stringify(value));
  }
  return hash.update(separator === '{' ? '{}' : '}').digest('hex');
}

/** Item by item: the accounts of a large organization do not fit into one string twice. */
function hashList(items: readonly unknown[], update: (text: string) => void): void {
  update('[');
  for (const [index, item] of items.entries()) update(`${index === 0 ? '' : ','}${JSON.stringify(item)}`);
  update(']');
}

/** The digest of an inventory's content, computed once: nobody changes one that was read. */
export function inventoryDigest(inventory: Inventory): string {
  const digest = digests.get(inventory) ?? contentDigest(inventory);
  digests.set(inventory, digest);
  return digest;
}

const digests = new WeakMap<Inventory, string>();

/** Notes what the digest of an inventory is. */
export function keepDigest(inventory: Inventory, digest: string): void {
  digests.set(inventory, digest);
}
