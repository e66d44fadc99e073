import {
  Duration,
  evaluate,
  Timestamp,
  Unknown,
  type Expression,
  type Scope,
  type Value,
  type ViewObject,
} from '../expression/index.js';
import type { Quantity } from './compiled-activity.js';

/** What the expressions of an activity policy may speak of, by name. */
export function scopeOf(names: Readonly<Record<string, Value>>): Scope {
  return {
    get(name) {
      const value = names[name];
      // The checker lets only names through that are in scope where the expression stands.
      if (value === undefined) throw new Error(`the scope has no ${name}`);
      return value;
    },
  };
}

/**
 * The number behind a quantity: a count, or milliseconds.
 *
 * @returns undefined where it is out of range
 */
export function quantityOf(quantity: Quantity, params: ViewObject): number | undefined {
  if (typeof quantity === 'number') return quantity;
  const value = evaluate(quantity, scopeOf({ params }));
  if (value instanceof Duration) return value.milliseconds;
  return typeof value === 'number' ? value : undefined;
}

/** An expression's value as a text that is the same for equal values; unknown where it is. */
export function keyPart(expression: Expression, scope: Scope): string | Unknown {
  const value = evaluate(expression, scope);
  if (value instanceof Unknown) return value;
  if (value instanceof Timestamp) return new Date(value.milliseconds).toISOString();
  return typeof value === 'object' || typeof value === 'symbol' ? new Unknown([]) : String(value);
}

/** The values of several expressions as one key. */
export function keyOf(expressions: readonly Expression[], scope: Scope, separator: string): string | Unknown {
  const parts: string[] = [];
  let unknown: Unknown | undefined;
  for (const expression of expressions) {
    const part = keyPart(expression, scope);
    if (part instanceof Unknown) unknown = unknown?.and(part) ?? part;
    else parts.push(part);
  }
  return unknown ?? parts.join(separator);
}
