import { bool, compile, evaluate, int, string, type Environment, type Field } from '../../../src/expression/index.js';
import { Duration, Timestamp, Unknown, ViewList, type Value } from '../../../src/expression/values.js';
import { parseDuration, parseTimestamp } from '../../../src/expression/durations.js';
import type { CelCase, CelName } from './cases.js';

const primitives: Readonly<Record<string, Field['type']>> = { BOOL: bool, INT64: int, STRING: string };

/** What is wrong with our answer to a case; undefined: it is as the specification says. */
export function wrongAnswer(it: CelCase): string | undefined {
  const { expression, diagnostics } = compile(it.expr, environmentOf(it.names), undefined);
  if (expression === undefined) {
    return it.isError ? undefined : diagnostics.map(({ message }) => message).join('; ');
  }
  const names: Readonly<Record<string, Value>> = Object.fromEntries(
    it.names.map((name) => [name.name, boundValue(name)]),
  );
  const value = evaluate(expression, { get: (name) => names[name] ?? new Unknown([]) });
  // What cannot be computed is an error in CEL and unknown here.
  if (it.isError)
    return value instanceof Unknown ? undefined : `an error is expected, not ${JSON.stringify(plain(value))}`;
  const [actual, expected] = [JSON.stringify(plain(value)), JSON.stringify(expectedValue(it.value ?? {}))];
  return actual === expected ? undefined : `${actual}, expected ${expected}`;
}

function environmentOf(names: readonly CelName[]): Environment {
  const typed = names.flatMap(({ name, type }): [string, Field][] => {
    const known = primitives[type ?? ''];
    return known === undefined ? [] : [[name, { type: known, isOptional: false, description: '' }]];
  });
  return { types: { object: () => undefined, names: [] }, names: new Map(typed), functions: [] };
}

function boundValue({ type, value }: CelName): Value {
  if (type === 'INT64') return Number(value);
  return typeof value === 'string' || typeof value === 'boolean' ? value : new Unknown([]);
}

function plain(value: Value): unknown {
  if (value instanceof ViewList) return value.isClosed ? value.members.map(plain) : 'an open list';
  if (value instanceof Timestamp) return { time: value.milliseconds };
  if (value instanceof Duration) return { span: value.milliseconds };
  return value instanceof Unknown ? 'unknown' : value;
}

/** A `cel.expr.Value` in the same plain form. */
function expectedValue(value: Readonly<Record<string, unknown>>): unknown {
  const [kind, content] = Object.entries(value)[0] ?? [];
  switch (kind) {
    case 'int64Value': {
      return Number(content);
    }
    case 'boolValue':
    case 'stringValue': {
      return content;
    }
    case 'listValue': {
      const { values = [] } = content as { readonly values?: readonly Readonly<Record<string, unknown>>[] };
      return values.map(expectedValue);
    }
    case 'objectValue': {
      const { '@type': type, value: text } = content as { readonly '@type': string; readonly value: string };
      return type.endsWith('.Timestamp') ? { time: parseTimestamp(text) } : { span: parseDuration(text) };
    }
    default: {
      return { unsupported: kind };
    }
  }
}
