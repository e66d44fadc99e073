import type { Node } from './ast.js';
import { print } from './print.js';

/** What holds where an expression is read: which optional fields are there, which lists are not empty. */
export interface Facts {
  readonly known: ReadonlySet<string>;
}

export const noFacts: Facts = { known: new Set() };

export const isPresent = (node: Node): string => `present ${print(node)}`;
export const isNotEmpty = (node: Node): string => `not empty ${print(node)}`;
export const isAnArn = (node: Node): string => `arn ${print(node)}`;

export function fact(key: string): Facts {
  return { known: new Set([key]) };
}

/** Both hold. */
export function both(a: Facts, b: Facts): Facts {
  if (a.known.size === 0) return b;
  if (b.known.size === 0) return a;
  return { known: new Set([...a.known, ...b.known]) };
}

/** One of them holds: what they share does. */
export function either(a: Facts, b: Facts): Facts {
  return { known: new Set([...a.known].filter((key) => b.known.has(key))) };
}
