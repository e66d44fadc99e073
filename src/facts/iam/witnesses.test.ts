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

test('in an ARN a pattern matches what the regular expression of the same meaning does', () => {
  const part = string({ unit: constantFrom('a', 'b', ':', '*', '?'), maxLength: 10 });
  const asArnRegExp = (pattern: string): RegExp => {
    let colons = 0;
    const source = Array.from(pattern, (char) => {
      if (char === ':') colons += 1;
      const any = colons < 5 ? '[^:]' : '[^]';
      return char === '*' ? `${any}*` : char === '?' ? any : char;
    });
    return new RegExp(`^${source.join('')}$`, 'u');
  };
  assert(
    property(part, part, (pattern, value) => {
      const matched = matches(compile([{ text: pattern, isLiteral: false }], 'arn'), value);
      expect(matched).toBe(asArnRegExp(pattern).test(value));
    }),
    { numRuns: 1000 },
  );
});

test('in a resource an asterisk at the end of a part reaches over colons, and no other wildcard does', () => {
  const resource = (pattern: string): ReturnType<typeof glob> =>
    compile([{ text: pattern, isLiteral: false }], 'resource');
  const trail = 'arn:aws:cloudtrail:us-east-1:111122223333:trail/a';
  for (const pattern of ['arn:aws:cloudtrail:*', 'arn:*', 'arn:aws:cloudtrail:us-*', 'arn:aws:cloudtrail:*:trail/a']) {
    expect([pattern, matches(resource(pattern), trail)]).toEqual([pattern, true]);
  }
  for (const pattern of ['arn:aws:cloudtrail:*trail/a', 'arn:aws:cloudtrail:us-east-1:*rail/a', 'arn:a*-1:*']) {
    expect([pattern, matches(resource(pattern), trail)]).toEqual([pattern, false]);
  }
  expect(matches(resource('arn:aws:kms:?:?:key/a'), 'arn:aws:kms:::::key/a')).toBe(false);
});

test('there is a witness for each way in which groups of patterns turn out on some text', () => {
  const groups = array(array(text, { maxLength: 3 }), { maxLength: 3 });
  assert(
    property(groups, text, text, text, (patterns, like, unlike, value) => {
      const globs = patterns.map((group) => group.map((it) => glob(it)));
      const isIn = (it: string): boolean => matches(glob(like), it) && !matches(glob(unlike), it);
      const { texts: found, isWhole } = witnesses({ like: [glob(like)], unlike: [glob(unlike)] }, globs);
      const verdicts = (it: string): string => globs.map((group) => group.some((one) => matches(one, it))).join();
      expect(isWhole).toBe(true);
      for (const witness of found) expect(isIn(witness)).toBe(true);
      expect(new Set(found.map(verdicts)).size).toBe(found.length);
      expect(!isIn(value) || found.map(verdicts).includes(verdicts(value))).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test('a long pattern takes no long time', () => {
  expect(matches(glob('a*'.repeat(200)), `${'a'.repeat(2000)}b`)).toBe(true);
  expect(matches(glob(`${'a*'.repeat(200)}c`), 'a'.repeat(2000))).toBe(false);
});
