import { RE2JS, RE2JSException } from '@bufbuild/re2';
import { array, assert, constantFrom, property, string as anyString, oneof } from 'fast-check';
import { expect, test } from 'vitest';
import { CannotSay } from './condition.js';
import { arnPattern, portablePattern } from './pattern.js';

function portable(pattern: string): string | undefined {
  try {
    return portablePattern(pattern);
  } catch (error) {
    if (error instanceof CannotSay) return undefined;
    throw error;
  }
}

function compiled(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

const parts = constantFrom(
  ...'aKs^$.*+?|()[]-{ "&~,\u00E9'.split(''),
  ...String.raw`(?: [^ a-f {2} {1,} \d \S \w \W \. \\ \n \/ [a-z] [^:] [\d_] [\w.] [^\s]`.split(' '),
);
const patterns = oneof(
  array(parts, { maxLength: 8 }).map((it) => it.join('')),
  array(parts, { maxLength: 6 }).map((it) => `(?i)${it.join('')}`),
);
const texts = array(constantFrom(...'aAkK\u212As\u017FfF1_. -:\n\r"\\/&~^[]{}\u00E9$'.split('')), { maxLength: 8 }).map(
  (it) => it.join(''),
);

test('a pattern in common words takes the same texts', () => {
  let said = 0;
  assert(
    property(patterns, texts, (pattern, text) => {
      const original = compiled(pattern);
      const written = original === undefined ? undefined : portable(pattern);
      if (original === undefined || written === undefined) return true;
      said += 1;
      return RE2JS.compile(written).test(text) === original.test(text);
    }),
    { numRuns: 4000 },
  );
  expect(said).toBeGreaterThan(500);
});

test.each([
  ['(?m)^x', 'another flag'],
  [String.raw`\bx`, 'an end of a word'],
  [String.raw`\pL`, 'a class of Unicode'],
  ['[[:alpha:]]', 'a named class'],
  ['(?P<a>x)', 'a named group'],
])('%j is not said: it uses %s', (pattern) => {
  expect(portable(pattern)).toBeUndefined();
});

test('what is like an ARN is written for all its parts', () => {
  expect(arnPattern(['arn:aws:iam::*:role/a.?'])).toBe(String.raw`\Aarn:aws:iam::[^:]*:role/a\.[\s\S]\z`);
  expect(arnPattern(['role/*'])).toBeUndefined();
  assert(property(anyString(), (text) => arnPattern([text]) === undefined || text.split(':').length > 5));
});
