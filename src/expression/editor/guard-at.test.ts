import { expect, test } from 'vitest';
import { guardAt } from './guard-at.js';

/** The guard for the field at the bar, as it would be written. */
function guarded(marked: string): string {
  const at = marked.indexOf('|>');
  const source = marked.replace('|>', '');
  const found = guardAt(source, at);
  if (found === undefined) return 'none';
  const { start, end } = found.condition;
  return `${source.slice(0, start)}[has(${found.path}) ${source.slice(start, end)}]${source.slice(end)}`;
}

test.each([
  ['trail.|>kmsKeyId != ""', '[has(trail.kmsKeyId) trail.kmsKeyId != ""]'],
  ['a.b || !(trail.|>x == 1) || c.d', 'a.b || [has(trail.x) !(trail.x == 1)] || c.d'],
  ['(trail.|>x) == 1 && a.b', '[has(trail.x) (trail.x) == 1] && a.b'],
  ['a.b && ((trail.|>x) == (c.d))', 'a.b && ([has(trail.x) (trail.x) == (c.d)])'],
  ['a.b == ")" && trail.|>x == "("', 'a.b == ")" && [has(trail.x) trail.x == "("]'],
  ['size(trail.|>x) > 0 ? a.b : c.d', '[has(trail.x) size(trail.x) > 0] ? a.b : c.d'],
  ['t.all(s, s.|>name == "x")', 't.all(s, [has(s.name) s.name == "x"])'],
  ['t.all(s, s.name == trail.|>x && s.y)', 't.all(s, [has(trail.x) s.name == trail.x] && s.y)'],
  ['t.map(s, s.|>name) == ["x"]', 'none'],
  ['t.map(s, trail.|>x) == ["x"]', '[has(trail.x) t.map(s, trail.x) == ["x"]]'],
  ['trail.?a.|>b', 'none'],
  ['trail.list[0].|>b', 'none'],
  ['trail.|>', 'none'],
])('%s', (marked, expected) => {
  expect(guarded(marked)).toBe(expected);
});
