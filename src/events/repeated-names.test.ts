import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAmbiguous } from './repeated-names.js';

function isTwice(text: string): boolean {
  const data = Buffer.from(`,${text},`);
  return isAmbiguous(data, 1, data.length - 1, JSON.parse(text));
}

test.each([
  ['{"a":1,"a":1}', true],
  ['{"a":{"b":1,"c":[{"d":1,"d" : 2}]}}', true],
  [String.raw`{"a":1,"\u0061":2}`, true],
  ['{"__proto__":1,"__proto__":2}', true],
  ['{"a":1,"A":2,"b":{"a":3}}', false],
  [String.raw`{"a":"\"b\":1,\"b\":2","c":"\\","d":":"}`, false],
  ['{"__proto__":{"a":1},"a":["b","c"]}', false],
  ['{}', false],
])('%s', (text, expected) => {
  expect(isTwice(text)).toBe(expected);
});

test('what nests deeper than AWS writes is not read', () => {
  const nested = (depth: number): string => `${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`;
  expect(isTwice(nested(50))).toBe(false);
  expect(isTwice(nested(50_000))).toBe(true);
});

test('what was written by JSON.stringify has each name once, however it is spaced', () => {
  fc.assert(
    fc.property(fc.object(), fc.constantFrom(0, 1, '\t'), (value, space) => {
      expect(isTwice(JSON.stringify(value, undefined, space))).toBe(false);
    }),
  );
});
