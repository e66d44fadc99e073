import { expect, test } from 'vitest';
import { mostSteps, TooManySteps } from './budget.js';
import type { Environment } from './environment.js';
import { compile, evaluate, type Expression } from './expression.js';
import { bool, int, listOf, string } from './types.js';
import { ViewList } from './values.js';

const environment: Environment = {
  names: new Map([
    ['numbers', { type: listOf(int), isOptional: false, description: '' }],
    ['words', { type: listOf(string), isOptional: false, description: '' }],
  ]),
  types: { object: () => undefined, names: [] },
  functions: [],
};

/** A loop in a loop, so many deep, over a list. */
function nested(list: string, depth: number): string {
  const names = Array.from({ length: depth }, (_, index) => `n${index}`);
  return names.reduceRight((body, name) => `${list}.all(${name}, ${name} >= 0 && ${body})`, '0 in [0]');
}

test('loops within loops over a literal list are refused before they run, at the loop that is too much', () => {
  const ten = '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]';
  expect(compile(nested(ten, 5), environment, bool).diagnostics).toEqual([]);
  const { expression, diagnostics } = compile(nested(ten, 7), environment, bool);
  expect(expression).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: 'cost', message: expect.stringContaining('1,000,000 are allowed') }]);
});

test('an evaluation stops when it has used up its steps, whatever the lists turn out to be', () => {
  const { expression } = compile(nested('numbers', 3), environment, bool);
  if (expression === undefined) throw new Error('It does not compile.');
  const scopeOf = (length: number) => ({
    get: () => new ViewList(Array.from({ length }, (_, index) => index)),
  });
  expect(evaluate(expression, scopeOf(50))).toBe(true);
  expect(mostSteps).toBeLessThan(200 ** 3);
  expect(() => evaluate(expression, scopeOf(200))).toThrow(TooManySteps);
});

const compiled = (source: string): Expression => {
  const { expression, diagnostics } = compile(source, environment, bool);
  if (expression === undefined) throw new Error(JSON.stringify(diagnostics));
  return expression;
};

const scope = { get: () => new ViewList(Array.from({ length: 1000 }, (_, index) => index)) };

const doubles: readonly (readonly [string, (name: string) => string])[] = [
  ['+', (name) => `.map(${name}, ${name} + ${name})`],
  ['join', (name) => `.map(${name}, [${name}, ${name}, ${name}].join())`],
  ['split', (name) => `.map(${name}, ${name}.split('').join(${name}))`],
  ['a condition', (name) => `.map(${name}, 1 in numbers ? ${name} + ${name} : 'a')`],
];

test.each(doubles)('a text that doubles with %s is refused at the loop that makes it too long', (_, more) => {
  const growing = (times: number) =>
    `['ab']${Array.from({ length: times }, (__, index) => more(`n${index}`)).join('')}`;
  expect(compile(`${growing(2)}.exists(it, it == '')`, environment, bool).diagnostics).toEqual([]);
  const source = `${growing(60)}.exists(it, it == '')`;
  const { expression, diagnostics } = compile(source, environment, bool);
  expect(expression).toBeUndefined();
  expect(diagnostics).toMatchObject([
    { code: 'cost', message: expect.stringMatching(/^this loop makes a text of some/) },
  ]);
  expect(source.slice(diagnostics[0]?.start, diagnostics[0]?.end)).toMatch(/^n\d+$/);
});

test('texts of the state that grow in loops are refused as well, numbers and sums of times are none', () => {
  const twice = (list: string, times: number) =>
    `${list}${Array.from({ length: times }, (_, index) => `.map(n${index}, n${index} + n${index})`).join('')}.size() > 1`;
  expect(compile(twice('words', 8), environment, bool).diagnostics).toEqual([]);
  expect(compile(twice('words', 16), environment, bool).diagnostics).toMatchObject([{ code: 'cost' }]);
  expect(compile(twice('numbers', 40), environment, bool).diagnostics).toEqual([]);
});

test('a list that a text falls into counts with all its members', () => {
  const letters = `['abc', 'd'].map(w, ${Array.from({ length: 400 }, () => "'abcdefghij'").join(' + ')})`;
  const source = `${letters}.all(t, t.split('').all(a, t.split('').all(b, a <= b)))`;
  const errors = compile(source, environment, bool).diagnostics.filter((it) => it.severity === 'error');
  expect(errors).toMatchObject([{ code: 'cost', message: expect.stringContaining('1,000,000 are allowed') }]);
});

const doubling = (times: number) =>
  `words${Array.from({ length: times }, (_, index) => `.map(n${index}, n${index} + n${index})`).join('')}`;

test('a text that turns out longer than was supposed stops before it fills the memory', () => {
  const long = { get: () => new ViewList(['a'.repeat(30_000)]) };
  expect(() => evaluate(compiled(`${doubling(8)}.exists(it, it == '')`), long)).toThrow(
    'it makes a text of more than 1,000,000 characters',
  );
});

test.each(["'b' > t", "'b' != t", "!(t in ['b'])"])('long texts that are compared are counted: %s', (body) => {
  const many = { get: () => new ViewList(Array.from({ length: 100 }, () => 'a'.repeat(20_000))) };
  expect(evaluate(compiled(`words.all(t, ${body})`), many)).toBe(true);
  expect(() =>
    evaluate(
      compiled(`words.all(t, words.all(u, size(u + t) == 1 || words.all(v, ${body.replaceAll('t', 'v')})))`),
      many,
    ),
  ).toThrow(TooManySteps);
});

test('a long body costs more than a short one', () => {
  const long = Array.from({ length: 100 }, (_, index) => `(a * b + ${index}) % 7 != ${index}`).join(' || ');
  const loops = (body: string) => compiled(`numbers.all(a, numbers.all(b, ${body}))`);
  const few = { get: () => new ViewList(Array.from({ length: 300 }, (_, index) => index)) };
  expect(evaluate(loops('a * b >= 0'), few)).toBe(true);
  expect(() => evaluate(loops(long), few)).toThrow(TooManySteps);
});

test('long lists and texts that a body goes through are counted', () => {
  expect(evaluate(compiled('numbers.all(a, a in numbers)'), scope)).toBe(true);
  expect(() => evaluate(compiled('numbers.all(a, numbers.all(b, a in numbers))'), scope)).toThrow(TooManySteps);
});
