import { visibleJson } from '../../text/printable.js';
import { CannotSay, type Condition } from '../condition.js';
import { each, mayBeOfNumber, type FieldTest, type Scalar, type Tests } from '../field-test.js';
import { fitted, type Fitted } from '../fitted.js';
import { alternativesOf, type Alternative } from './alternatives.js';

/**
 * An event pattern is at most 2,048 characters long.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const mostCharacters = 2048;

type Json = { readonly [key: string]: unknown };

/**
 * A condition as a pattern of a rule of EventBridge, for the events that CloudTrail sends to the default event bus.
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function eventPattern(condition: Condition): Fitted {
  return fitted(condition, {
    say: (tests) => patternOf(tests),
    text: (tests) => visibleJson(JSON.stringify(patternOf(tests))),
    problem: (text) =>
      text.length > mostCharacters ? `an event pattern has at most ${mostCharacters} characters` : undefined,
  });
}

function patternOf(tests: Tests): Json {
  const alternatives = alternativesOf(tests);
  const shared = sharedBy(alternatives);
  const rest = alternatives.map((it) => new Map([...it].filter(([key]) => !shared.has(key))));
  const isOr = rest.length > 1 && rest.every((it) => it.size > 0);
  const or = isOr ? { $or: rest.map(detailOf) } : {};
  return {
    'detail-type': [{ suffix: ' via CloudTrail' }],
    detail: { ...detailOf(shared), ...or },
  };
}

function sharedBy(alternatives: readonly Alternative[]): Alternative {
  const [first, ...others] = alternatives;
  const shared = [...(first ?? [])].filter(([key, test]) =>
    others.every((it) => JSON.stringify(it.get(key)) === JSON.stringify(test)),
  );
  return new Map(shared);
}

function detailOf(alternative: Alternative): Json {
  const detail: Record<string, unknown> = {};
  for (const test of alternative.values())
    put(
      detail,
      test.names.filter((it) => it !== each),
      valuesOf(test),
    );
  return detail;
}

function put(into: Record<string, unknown>, [name, ...names]: readonly string[], values: readonly unknown[]): void {
  if (name === undefined) throw new CannotSay('it asks the whole record');
  if (name === '$or') throw new CannotSay('it reads a name with unusual characters');
  if (names.length === 0) {
    if (into[name] !== undefined) throw new CannotSay('it asks a place and what is below it');
    into[name] = values;
    return;
  }
  const inner = into[name] ?? {};
  if (Array.isArray(inner)) throw new CannotSay('it asks a place and what is below it');
  // Made here: an object with the names below.
  put(inner as Record<string, unknown>, names, values);
  into[name] = inner;
}

const none: readonly unknown[] = [{ exists: false }, null];

function valuesOf(test: FieldTest): readonly unknown[] {
  const { nothing, of } = test;
  const missing = nothing ? none : [];
  switch (of.kind) {
    case 'anything': {
      if (nothing) throw new CannotSay('it asks nothing of a place');
      return [{ exists: true }];
    }
    case 'never': {
      return none;
    }
    case 'in': {
      const values = of.values.flatMap((it): readonly Scalar[] => (typeof it === 'number' ? [it, String(it)] : [it]));
      return [...new Set(values), ...missing];
    }
    case 'not-in': {
      const texts = of.values.filter((it) => typeof it === 'string');
      // Beside its text, a number need not be denied: more events come.
      const isDenied = of.values.every((it) => typeof it === 'string' || texts.includes(String(it)));
      if (!isDenied) throw new CannotSay('an event pattern denies no numbers');
      return [{ 'anything-but': texts }, ...missing];
    }
    case 'bool': {
      return [of.value, { 'equals-ignore-case': String(of.value) }, ...missing];
    }
    case 'like':
    case 'not-like': {
      if (mayBeOfNumber(test, of.text)) throw new CannotSay('an event pattern asks no parts of numbers');
      const asked = like(of.test, of.text);
      return [of.kind === 'like' ? asked : { 'anything-but': asked }, ...missing];
    }
  }
}

function like(test: 'starts' | 'ends' | 'contains' | 'matches', text: string): Json {
  switch (test) {
    case 'starts': {
      return { prefix: text };
    }
    case 'ends': {
      return { suffix: text };
    }
    case 'contains': {
      return { wildcard: `*${text.replaceAll(/[\\*]/g, (it) => `\\${it}`)}*` };
    }
    case 'matches': {
      throw new CannotSay('an event pattern has no regular expressions');
    }
  }
}
