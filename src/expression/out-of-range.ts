import type { Node } from './ast.js';
import { childrenOf } from './children.js';
import type { Expression } from './expression.js';
import { frameOf, type Scope } from './frame.js';
import { print } from './print.js';
import { Unknown } from './values.js';

/**
 * The first part of an expression that depends on nothing but literals, `params` and `now`, and comes to a value that
 * no number, time or duration holds: it would be out of range on every target.
 *
 * @returns the part as it is written; undefined: there is none
 */
export function outOfRangePart(expression: Expression, scope: Scope): string | undefined {
  for (const node of partsOf(expression.root)) {
    if (!isComputed(node) || !dependsOnly(node)) continue;
    const value = expression.closures.get(node)?.(frameOf(scope));
    if (value instanceof Unknown && value.gaps.length === 0) return print(node);
  }
  return undefined;
}

/** Only what is computed can leave the range. */
function isComputed(node: Node): boolean {
  return node.kind === 'call' || (node.kind === 'binary' && '+-*/%'.includes(node.operator));
}

/** The innermost parts first. */
function* partsOf(node: Node): Generator<Node> {
  for (const child of childrenOf(node)) yield* partsOf(child);
  yield node;
}

function dependsOnly(node: Node): boolean {
  if (node.kind === 'name') return node.name === 'params' || node.name === 'now';
  if (node.kind === 'macro' || node.kind === 'broken') return false;
  return childrenOf(node).every(dependsOnly);
}
