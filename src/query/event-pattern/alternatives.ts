import { CannotSay } from '../condition.js';
import { each, type FieldTest, type Scalar, type Tests } from '../field-test.js';

/** Tests that hold together, each place once. */
export type Alternative = ReadonlyMap<string, FieldTest>;

/** More of them make a pattern that nobody reads, and that is too long anyway. */
const mostAlternatives = 64;

/**
 * The tests as alternatives, of which one must hold.
 *
 * @throws CannotSay where there are too many, or one place is asked what a pattern cannot ask of one place
 */
export function alternativesOf(tests: Tests): readonly Alternative[] {
  switch (tests.kind) {
    case 'constant': {
      return tests.value ? [new Map()] : [];
    }
    case 'test': {
      return [new Map([[keyOf(tests.test), tests.test]])];
    }
    case 'any': {
      return limited(merged(tests.parts.flatMap(alternativesOf)));
    }
    case 'all': {
      let found: readonly Alternative[] = [new Map()];
      for (const part of tests.parts) {
        const more = alternativesOf(part);
        found = limited(merged(found.flatMap((it) => more.flatMap((other) => bothOf(it, other) ?? []))));
      }
      return found;
    }
  }
}

export function keyOf({ names }: FieldTest): string {
  return names.join('\u0000');
}

function limited(alternatives: readonly Alternative[]): readonly Alternative[] {
  if (alternatives.length > mostAlternatives) throw new CannotSay('an event pattern has too many alternatives of it');
  return alternatives;
}

/** Both alternatives at once; undefined: they exclude each other. */
function bothOf(a: Alternative, b: Alternative): Alternative | undefined {
  if (asksMembers(a) && asksMembers(b)) throw new CannotSay('an event pattern asks all of one member of a list');
  const both = new Map(a);
  for (const [key, test] of b) {
    const other = both.get(key);
    const joined = other === undefined ? test : intersection(other, test);
    if (joined === undefined) return undefined;
    both.set(key, joined);
  }
  return both;
}

function asksMembers(alternative: Alternative): boolean {
  return [...alternative.values()].some((it) => it.names.includes(each));
}

const fits: Readonly<Record<string, (value: string, text: string) => boolean>> = {
  starts: (value, text) => value.startsWith(text),
  ends: (value, text) => value.endsWith(text),
  contains: (value, text) => value.includes(text),
};

/** What holds of one place when both hold; undefined: nothing does. */
function intersection(a: FieldTest, b: FieldTest): FieldTest | undefined {
  const nothing = a.nothing && b.nothing;
  const of = bothKinds(a.of, b.of) ?? bothKinds(b.of, a.of);
  if (of === undefined) throw new CannotSay('an event pattern asks one place one thing');
  if (!nothing && (of.kind === 'never' || (of.kind === 'in' && of.values.length === 0))) return undefined;
  return { names: a.names, nothing, of };
}

function bothKinds(a: FieldTest['of'], b: FieldTest['of']): FieldTest['of'] | undefined {
  if (JSON.stringify(a) === JSON.stringify(b) || b.kind === 'anything') return a;
  if (a.kind === 'never') return a;
  if (a.kind === 'not-in' && b.kind === 'not-in') {
    return { kind: 'not-in', values: [...new Set([...a.values, ...b.values])] };
  }
  if (a.kind !== 'in') return undefined;
  const kept = a.values.filter((it) => holdsOf(b, it));
  return kept.length === 0 ? { kind: 'never' } : { kind: 'in', values: kept };
}

function holdsOf(of: FieldTest['of'], value: Scalar): boolean {
  switch (of.kind) {
    case 'anything': {
      return true;
    }
    case 'never': {
      return false;
    }
    case 'in': {
      return of.values.some((it) => String(it) === String(value));
    }
    case 'not-in': {
      return of.values.every((it) => String(it) !== String(value));
    }
    case 'bool': {
      return String(value) === String(of.value);
    }
    case 'like':
    case 'not-like': {
      const fit = fits[of.test];
      if (fit === undefined) throw new CannotSay('an event pattern has no regular expressions');
      return fit(String(value), of.text) === (of.kind === 'like');
    }
  }
}

/** Alternatives that differ in the values of one place are one. */
function merged(alternatives: readonly Alternative[]): readonly Alternative[] {
  const found: Alternative[] = [];
  for (const it of alternatives) {
    const index = found.findIndex((other) => joinedValues(other, it) !== undefined);
    const other = found[index];
    const joined = other === undefined ? undefined : joinedValues(other, it);
    if (joined === undefined) found.push(it);
    else found[index] = joined;
  }
  return found;
}

function joinedValues(a: Alternative, b: Alternative): Alternative | undefined {
  if (a.size !== b.size) return undefined;
  let differing: string | undefined;
  for (const [key, test] of a) {
    const other = b.get(key);
    if (other === undefined) return undefined;
    if (JSON.stringify(test) === JSON.stringify(other)) continue;
    if (differing !== undefined) return undefined;
    differing = key;
  }
  if (differing === undefined) return a;
  const [one, other] = [a.get(differing), b.get(differing)];
  if (one?.of.kind !== 'in' || other?.of.kind !== 'in') return undefined;
  const values = [...new Set([...one.of.values, ...other.of.values])];
  return new Map([
    ...a,
    [differing, { names: one.names, nothing: one.nothing || other.nothing, of: { kind: 'in', values } }],
  ]);
}
