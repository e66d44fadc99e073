import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { complement, contains, intersect, type Atom, type StringSet } from './string-set.js';
import { s3Objects } from './universe.js';
import { isEmpty, exampleString } from './example-string.js';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 4 });
const atom = fc.record<Atom>({ op: fc.constantFrom('equals', 'prefix', 'suffix'), value: text });
const set = fc.record<StringSet>({
  oneOf: fc.array(fc.array(atom, { maxLength: 3 }), { maxLength: 3 }),
  none: fc.array(atom, { maxLength: 4 }),
});
/** All short texts: enough to find a member where one exists in the alphabet of the sets. */
const texts = everyText(['a', 'b', '/', 'z'], 5);

describe('sets of strings', () => {
  test('have a exampleString that is a member, and none only where no text is one', () => {
    fc.assert(
      fc.property(set, (it) => {
        const found = exampleString(it);
        const members = [...texts, ...(found === undefined ? [] : [found])].filter((value) => contains(it, value));
        expect(members.length > 0).toBe(found !== undefined);
        expect(found === undefined || members.includes(found)).toBe(true);
      }),
    );
  });

  test('intersect to what is in both', () => {
    fc.assert(
      fc.property(set, set, text, (a, b, value) => {
        expect(contains(intersect(a, b), value)).toBe(contains(a, value) && contains(b, value));
      }),
    );
  });

  test('have a complement that holds each other value exactly once', () => {
    fc.assert(
      fc.property(set, text, (it, value) => {
        const holding = complement(it).filter((piece) => contains(piece, value)).length;
        expect(holding).toBe(contains(it, value) ? 0 : 1);
      }),
    );
  });

  test('mind upper and lower case', () => {
    expect(contains({ oneOf: [[{ op: 'equals', value: 'PutObject' }]], none: [] }, 'putobject')).toBe(false);
  });
});

describe('the ARNs of S3 objects', () => {
  const objects = s3Objects('aws');
  const without = (...prefixes: string[]): StringSet => ({
    oneOf: [],
    none: prefixes.map((value) => ({ op: 'prefix', value: `arn:aws:s3:::${value}` })),
  });
  const firstCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');

  test.each([
    { name: 'all first characters', set: without(...firstCharacters), isEmpty: true },
    { name: 'all but one first character', set: without(...firstCharacters.slice(1)), isEmpty: false },
    { name: 'everything', set: without(''), isEmpty: true },
    { name: 'one bucket', set: without('logs/'), isEmpty: false },
    { name: 'wildcards, which are literal', set: without('*/*'), isEmpty: false },
    {
      name: 'a bucket without its objects',
      set: { oneOf: [[{ op: 'equals' as const, value: 'arn:aws:s3:::logs' }]], none: [] },
      isEmpty: true,
    },
    {
      name: 'another partition',
      set: { oneOf: [[{ op: 'prefix' as const, value: 'arn:aws-cn:s3:::' }]], none: [] },
      isEmpty: true,
    },
  ])('are all hit or not: $name', ({ set: it, isEmpty: expected }) => {
    expect(isEmpty(it, objects)).toBe(expected);
  });

  test('have witnesses in a bucket that the conditions leave', () => {
    expect(exampleString(without('logs/'), objects)).toMatch(/^arn:aws:s3:::[a-z0-9.-]+\/.+$/);
  });
});

function everyText(letters: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  const shorter = everyText(letters, length - 1);
  return [...new Set(['', ...shorter.flatMap((value) => letters.map((letter) => letter + value))])];
}
