import { expect, test } from 'vitest';
import { parsePath } from './fixture-path.js';

/** The steps as they are written, without their places. */
function steps(text: string): unknown {
  const parsed = parsePath(text);
  if ('badAt' in parsed) return parsed.badAt;
  return parsed.steps.map((it) => (it.kind === 'field' ? it.name : it.kind === 'index' ? it.index : `"${it.key}"`));
}

test.each([
  ['account', ['account']],
  ['account.trails[0].isLogging', ['account', 'trails', 0, 'isLogging']],
  ['account.coverage.data["AWS::S3::Object"].read', ['account', 'coverage', 'data', '"AWS::S3::Object"', 'read']],
  ["a.b['c.d[0]'].e", ['a', 'b', '"c.d[0]"', 'e']],
  ['a.b[0][1]', ['a', 'b', 0, 1]],
])('a path is read: %s', (text, expected) => {
  expect(steps(text)).toEqual(expected);
});

test.each([
  ['', 0],
  ['.a', 0],
  ['[0].a', 0],
  ['a..b', 1],
  ['a b', 1],
  ['a.b[', 3],
  ['a.b[x]', 3],
  ['a.b[-1]', 3],
  ['a[0]b', 4],
  ['a.', 1],
])('what is not a path says from where on: %j', (text, expected) => {
  expect(steps(text)).toBe(expected);
});

test('each step knows its place', () => {
  const text = 'account.trails[0].x';
  const parsed = parsePath(text);
  expect('steps' in parsed && parsed.steps.map((it) => text.slice(it.start, it.end))).toEqual([
    'account',
    'trails',
    '[0]',
    'x',
  ]);
});
