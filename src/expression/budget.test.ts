import { expect, test } from 'vitest';
import { mostSteps, TooManySteps } from './budget.js';
import type { Environment } from './environment.js';
import { compile, evaluate } from './expression.js';
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
  return names.reduceRight((body, name) => `${list}.all(${name}, ${name} >= 0 && ${body})`, 'true');
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
