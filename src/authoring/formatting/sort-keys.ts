import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { KeyOrder } from './key-order.js';

/** Brings the keys of every map into the order of the schema; keys that it does not know stay behind them, as they stood. */
export function sortKeys(node: unknown, order: KeyOrder): void {
  if (isSeq(node)) {
    for (const item of node.items) sortKeys(item, order.member);
    return;
  }
  if (!isMap(node)) return;
  const places = new Map(order.keys.map((key, place) => [key, place]));
  const placeOf = (pair: Pair) => places.get(keyOf(pair)) ?? places.size;
  node.items = node.items.toSorted((a, b) => placeOf(a) - placeOf(b));
  for (const pair of node.items) sortKeys(pair.value, order.under(keyOf(pair)));
}

/**
 * The same for a whole document: a comment above its first key speaks of the file, such as the modeline that names
 * the schema to editors, and stays above all.
 */
export function sortRoot(root: YAMLMap, order: KeyOrder): void {
  const before = root.items[0]?.key;
  const head = isScalar(before) ? before.commentBefore : undefined;
  if (isScalar(before) && typeof head === 'string') before.commentBefore = null;
  sortKeys(root, order);
  const first = root.items[0]?.key;
  if (!isScalar(first)) return;
  first.spaceBefore = false;
  if (typeof head !== 'string') return;
  first.commentBefore = typeof first.commentBefore === 'string' ? `${head}\n${first.commentBefore}` : head;
}

export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}
