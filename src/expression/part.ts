import type { Node } from './ast.js';
import type { Expression } from './expression.js';
import { frameOf, type Scope } from './frame.js';
import { Unknown, type Value } from './values.js';

/**
 * The value of a part of an expression by itself, read as what is wanted of it there.
 *
 * @param variables - what the variables of the macros around it stand for, by their slots
 */
export function evaluatePart(
  expression: Expression,
  part: Node,
  scope: Scope,
  variables: ReadonlyMap<number, Value> = new Map(),
): Value {
  const frame = frameOf(scope);
  for (const [slot, value] of variables) frame.variables[slot] = value;
  return expression.closures.get(part)?.(frame) ?? new Unknown([]);
}
