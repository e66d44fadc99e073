import { expect, test } from 'vitest';
import { mostSteps, TooManySteps } from './budget.js';
import type { Environment } from './environment.js';
import { compile, evaluate, type Expression } from './expression.js';
import { bool, int, listOf } from './types.js';
import { ViewList } from './values.js';

const environment: Environment = {
  names: new Map([['numbers', { type: listOf(int), isOptional: false, description: '' }]]),
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

test.each([
  ['+', (name: string) => `.map(${name}, ${name} + ${name})`],
  ['join', (name: string) => `.map(${name}, [${name}, ${name}, ${name}].join())`],
])('a text that doubles with %s is stopped before it fills the memory', (_, more) => {
  const doubled = Array.from({ length: 40 }, (__, index) => more(`n${index}`)).join('');
  expect(() => evaluate(compiled(`['ab']${doubled}.exists(it, it == '')`), scope)).toThrow(
    'it makes a text of more than 1,000,000 characters',
  );
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
