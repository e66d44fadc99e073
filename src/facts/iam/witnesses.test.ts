import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { compile, glob, matches } from './pattern.js';
import { witnesses } from './witnesses.js';

const text = string({ unit: constantFrom('a', 'b', ':', '*', '?'), maxLength: 5 });

/** The same as a regular expression: slow in the worst case, but not ours. */
function asRegExp(pattern: string): RegExp {
  const source = Array.from(pattern, (char) =>
    char === '*' ? '[^]*' : char === '?' ? '[^]' : `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
  return new RegExp(`^${source.join('')}$`, 'u');
}

test('a pattern matches what the regular expression of the same meaning does', () => {
  assert(
    property(text, text, (pattern, value) => {
      expect(matches(glob(pattern), value)).toBe(asRegExp(pattern).test(value));
    }),
  );
});

test('in an ARN wildcards stay within the first five parts', () => {
  const arn = (pattern: string): ReturnType<typeof glob> => compile([{ text: pattern, isLiteral: false }], 'arn');
  expect(matches(arn('arn:aws:s3:::logs/*'), 'arn:aws:s3:::logs/a:b')).toBe(true);
  expect(matches(arn('arn:*:s3:::logs'), 'arn:aws:x:s3:::logs')).toBe(false);
  expect(matches(arn('arn:a?s:s3:::logs'), 'arn:a:s:s3:::logs')).toBe(false);
  expect(matches(arn('arn:a?s:s3:::l?gs'), 'arn:aws:s3:::l:gs')).toBe(true);
});

test('there is a witness for each way in which patterns turn out on some text', () => {
  assert(
    property(array(text, { maxLength: 3 }), text, text, (patterns, like, value) => {
      const globs = patterns.map((it) => glob(it));
      const { texts: found } = witnesses({ like: [glob(like)], unlike: [] }, globs);
      const verdicts = (it: string): string => globs.map((pattern) => matches(pattern, it)).join();
      for (const witness of found) expect(matches(glob(like), witness)).toBe(true);
      expect(new Set(found.map(verdicts)).size).toBe(found.length);
      expect(!matches(glob(like), value) || found.map(verdicts).includes(verdicts(value))).toBe(true);
    }),
  );
});

test('a long pattern takes no long time', () => {
  expect(matches(glob('a*'.repeat(200)), `${'a'.repeat(2000)}b`)).toBe(true);
  expect(matches(glob(`${'a*'.repeat(200)}c`), 'a'.repeat(2000))).toBe(false);
});
