import {
  Duration,
  evaluate,
  JsonValue,
  textOfJson,
  Timestamp,
  Unknown,
  ViewList,
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
  return textOf(evaluate(expression, scope));
}

function textOf(value: Value): string | Unknown {
  if (value instanceof Unknown) return value;
  if (value instanceof JsonValue) return textOfJson(value);
  if (value instanceof Timestamp) return new Date(value.milliseconds).toISOString();
  return typeof value === 'object' || typeof value === 'symbol' ? new Unknown([]) : String(value);
}

/** The values of an expression as texts: of a list, each of its members; unknown where one of them is. */
export function valuesOf(expression: Expression, scope: Scope): readonly string[] | Unknown {
  const value = evaluate(expression, scope);
  if (!(value instanceof ViewList)) {
    const part = textOf(value);
    return part instanceof Unknown ? part : [part];
  }
  const doubt = value.rest ?? value.doubtful[0]?.because;
  if (doubt !== undefined) return doubt;
  const parts = value.members.map(textOf);
  return parts.find((it) => it instanceof Unknown) ?? parts.filter((it) => typeof it === 'string');
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
