import { run } from '@bufbuild/cel';
import { array, assert, constantFrom, integer, letrec, oneof, property, tuple, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { Duration, type Value } from './values.js';
import { aList, anObject, aScope, trailEnvironment } from '../../test/support/view-objects.js';
import { bool, compile, evaluate } from './index.js';

/**
 * Expressions that mean the same in CEL and here: generated well-typed, evaluated by both. Left out by design:
 * unsigned numbers, doubles, bytes, null, maps, and arithmetic that overflows.
 */
const { truth } = letrec<{
  truth: string;
  number: string;
  text: string;
  numbers: string;
  texts: string;
  time: string;
  span: string;
}>((tie) => ({
  number: oneof(
    { maxDepth: 3 },
    integer({ min: 0, max: 20 }).map(String),
    constantFrom('params.minDays', '-3'),
    tuple(tie('number'), constantFrom('+', '-', '*'), tie('number')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tuple(tie('number'), constantFrom('/', '%'), integer({ min: 1, max: 9 })).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tie('text').map((it) => `size(${it})`),
    tie('numbers').map((it) => `size(${it})`),
    tie('texts').map((it) => `${it}.size()`),
    tie('time').map((it) => `(int(${it}) % 100)`),
    tuple(tie('truth'), tie('number'), tie('number')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  text: oneof(
    { maxDepth: 3 },
    constantFrom("''", "'a'", '"b\\n"', "'\\u00e9'", "'AWS'", "r'\\d'", 'trail.name'),
    tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + ${b})`),
    tuple(tie('truth'), tie('text'), tie('text')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    tie('time').map((it) => `string(${it})`),
    tie('number').map((it) => `string(${it})`),
    tie('truth').map((it) => `string(${it})`),
  ),
  texts: oneof(
    { maxDepth: 3 },
    array(tie('text'), { minLength: 1, maxLength: 3 }).map((it) => `[${it.join(', ')}]`),
    tie('texts').map((it) => `${it}.filter(g, g.contains('a'))`),
    tie('texts').map((it) => `${it}.map(h, h + 'z')`),
  ),
  time: oneof(
    { maxDepth: 3 },
    constantFrom(
      "timestamp('2026-11-21T00:00:00Z')",
      "timestamp('2024-02-29T23:59:59.25Z')",
      "timestamp('1969-12-31T22:00:00-02:00')",
    ),
    tuple(tie('time'), constantFrom('+', '-'), tie('span')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tuple(tie('span'), tie('time')).map(([a, b]) => `(${a} + ${b})`),
    tuple(tie('truth'), tie('time'), tie('time')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
  ),
  span: oneof(
    { maxDepth: 3 },
    constantFrom("duration('24h')", "duration('1h30m')", "duration('-1.5s')", "duration('250ms')", "duration('0')"),
    tuple(tie('span'), constantFrom('+', '-'), tie('span')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tuple(tie('time'), tie('time')).map(([a, b]) => `(${a} - ${b})`),
  ),
  numbers: oneof(
    { maxDepth: 3 },
    constantFrom('[1, 2, 3]', '[7]', '[0, 5]'),
    tie('numbers').map((it) => `${it}.filter(f, f > 1)`),
    tie('numbers').map((it) => `${it}.map(m, m * 2)`),
  ),
  truth: oneof(
    { maxDepth: 4 },
    constantFrom('true', 'false', 'trail.isLogging'),
    tie('truth').map((it) => `!${it}`),
    tuple(tie('truth'), constantFrom('&&', '||', '==', '!='), tie('truth')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tuple(tie('number'), constantFrom('<', '<=', '>', '>=', '==', '!='), tie('number')).map(
      ([a, o, b]) => `(${a} ${o} ${b})`,
    ),
    tuple(tie('text'), constantFrom('<', '>=', '==', '!='), tie('text')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tuple(tie('text'), constantFrom('startsWith', 'endsWith', 'contains'), tie('text')).map(
      ([a, m, b]) => `${a}.${m}(${b})`,
    ),
    tuple(tie('text'), constantFrom("'^a.*'", "'[A-Z]+$'", "'\\\\d'")).map(([a, p]) => `${a}.matches(${p})`),
    tuple(tie('numbers'), constantFrom('exists', 'all', 'exists_one'), integer({ min: 0, max: 9 })).map(
      ([l, m, n]) => `${l}.${m}(e, e > ${n})`,
    ),
    tuple(tie('number'), tie('numbers')).map(([n, l]) => `(${n} in ${l})`),
    tuple(tie('text'), tie('texts')).map(([t, l]) => `(${t} in ${l})`),
    tuple(tie('texts'), constantFrom('exists', 'all', 'exists_one'), tie('text')).map(
      ([l, m, t]) => `${l}.${m}(${unused(t)}, ${unused(t)} == ${t})`,
    ),
    tuple(tie('time'), constantFrom('<', '<=', '>', '>=', '==', '!='), tie('time')).map(
      ([a, o, b]) => `(${a} ${o} ${b})`,
    ),
    tuple(tie('span'), constantFrom('<', '<=', '>', '>=', '==', '!='), tie('span')).map(
      ([a, o, b]) => `(${a} ${o} ${b})`,
    ),
  ),
}));

/** A variable that is none in this text yet. */
function unused(text: string): string {
  let name = 'i';
  while (text.includes(`(${name}, `)) name += 'i';
  return name;
}

const scope = aScope({
  trail: anObject('Trail', { isLogging: true, name: 'trail-1' }),
  params: anObject('params', { minDays: 365, maxSilence: new Duration(0), strict: true, names: aList() }),
});

/** In CEL numbers of the data are int64, which are BigInt to its library. */
const bindings = { trail: { isLogging: true, name: 'trail-1' }, params: { minDays: 365n } };

function ours(source: string): Value {
  const { expression, diagnostics } = compile(source, trailEnvironment, bool);
  if (expression === undefined) throw new Error(`${source}: ${diagnostics.map((it) => it.message).join('; ')}`);
  return evaluate(expression, scope);
}

test('agrees with another implementation of CEL', () => {
  const source: Arbitrary<string> = truth;
  assert(
    property(source, (it) => {
      expect([it, ours(it)]).toEqual([it, run(it, bindings)]);
    }),
    { numRuns: 600 },
  );
});
