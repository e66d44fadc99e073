import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from './pattern.js';

test.each<[string, string, boolean]>([
  ['acme-logs', 'acme-logs', true],
  ['acme-logs', 'acme-logs-2', false],
  ['acme', 'acme-logs', false],
  ['logs', 'acme-logs', false],
  ['acme-*', 'acme-', true],
  ['acme-*', 'my-acme-logs', false],
  ['*-logs', 'acme-logs', true],
  ['*-logs', 'acme-logs-2', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['ab*ba', 'aba', false],
  ['arn:aws:cloudtrail:*:111111111111:trail/*', 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/main', true],
  ['arn:aws:cloudtrail:*:111111111111:trail/*', 'arn:aws:cloudtrail:eu-west-1:211111111111:trail/main', false],
  ['a.c', 'abc', false],
  ['a?c', 'abc', false],
  ['[ab]', 'a', false],
  ['Acme', 'acme', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
])('%j on %j: %j', (pattern, text, matches) => {
  expect(matchesPattern(pattern, text)).toBe(matches);
});

test('agrees with an anchored regular expression', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
  fc.assert(
    fc.property(few, texts, (pattern, text) => {
      const oracle = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      expect(matchesPattern(pattern, text)).toBe(oracle.test(text));
    }),
    { numRuns: 1_000 },
  );
});

test('a pattern made to stall a backtracking matcher is answered at once', () => {
  expect(matchesPattern(`${'a*'.repeat(1_000)}b`, 'a'.repeat(2_048))).toBe(false);
});
