import { hash } from 'node:crypto';
import type { CompiledPolicy } from '../policy/index.js';
import { byText } from '../text/order.js';

/** The sha256, in hex, of what the file of a policy says; comments, layout and the order of keys make no difference. */
export function policyDigest({ document }: CompiledPolicy): string {
  return hash('sha256', JSON.stringify(document, inOrder), 'hex');
}

/** For JSON.stringify: the keys of every object, sorted. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => byText(a, b)));
}
