import { assert, boolean, json, property } from 'fast-check';
import { expect, test } from 'vitest';
import { refuseDuplicateKeys } from './duplicate-key.js';

const why = (text: string): string | undefined => {
  try {
    refuseDuplicateKeys(text, 'x.json');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test.each([
  ['{"a":1,"a":1}', "x.json:1:8: the key 'a' occurs twice in one object."],
  ['[{"b":{"a":1,\n "\\u0061":[]}}]', "x.json:2:2: the key 'a' occurs twice in one object."],
  ['{"a\\"":1,"b":"a","a\\"":2}', `x.json:1:18: the key 'a"' occurs twice in one object.`],
  ['{"__proto__":1,"__proto__":2}', "x.json:1:16: the key '__proto__' occurs twice in one object."],
])('%s', (text, message) => {
  expect(why(text)).toBe(message);
});

test.each([
  '{"a":{"a":["a","a"]},"b":"a"}',
  '[{"a":1},{"a":1}]',
  '"{\\"a\\":1,\\"a\\":1}"',
  '{"a\\\\":"\\\\","b":","}',
])('%s says no key twice', (text) => {
  expect(why(text)).toBeUndefined();
});

test('what JSON.stringify writes says no key twice', () => {
  assert(
    property(json(), boolean(), (text, isWide) => {
      expect(why(JSON.stringify(JSON.parse(text), undefined, isWide ? 2 : undefined))).toBeUndefined();
    }),
  );
});
