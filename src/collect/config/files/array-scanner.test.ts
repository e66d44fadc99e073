import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ArrayScanner, BrokenFile } from './array-scanner.js';

function scan(text: string, sizes: readonly number[]): unknown[] {
  const bytes = Buffer.from(text);
  const scanner = new ArrayScanner('configurationItems');
  const found: unknown[] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    for (const element of scanner.push(bytes.subarray(at, at + size))) found.push(JSON.parse(element.toString('utf8')));
    at += size;
  }
  scanner.end();
  return found;
}

const chunks = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 60 });
const item = fc.dictionary(fc.string(), fc.jsonValue());

test('gives the elements that JSON.parse gives, however the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 5 }),
      fc.jsonValue(),
      chunks,
      fc.boolean(),
      (items, other, sizes, spaced) => {
        const file = {
          fileVersion: '1.0',
          other,
          configurationItems: items,
          after: { configurationItems: [{ no: 1 }] },
        };
        const text = JSON.stringify(file, null, spaced ? 2 : 0);
        expect(scan(text, sizes)).toEqual(JSON.parse(JSON.stringify(items)));
      },
    ),
  );
});

test('a text that is cut off anywhere is broken', () => {
  const text = JSON.stringify({ fileVersion: '1.0', configurationItems: [{ a: '}]"\\' }, { b: [1, { c: 2 }] }] });
  for (let end = 0; end < text.length; end += 1) expect(() => scan(text.slice(0, end), [])).toThrow(BrokenFile);
  expect(scan(text, [])).toHaveLength(2);
});

test.each([
  ['', 'is empty'],
  ['[]', 'is not a JSON object'],
  ['hello', 'is not a JSON object'],
  ['{"schemaVersion":"1"}', 'has no configurationItems'],
  ['{"configurationItems":{}}', 'has no configurationItems'],
  ['{"a":{"configurationItems":[]}}', 'has no configurationItems'],
  ['{"configurationItems":[]}}', 'a bracket too many'],
  ['{"configurationItems":[]}{}', 'is not a JSON object'],
  ['{"configurationItems":[{"a":1},null]}', 'something other than items in configurationItems (byte 31)'],
  ['{"configurationItems":["a"]}', 'something other than items'],
  ['{"configurationItems":[[{"a":1}]]}', 'something other than items'],
  ['{"configurationItems":[{"a":1}{"b":2}]}', 'something other than items'],
  ['{"configurationItems":[{"a":1},,{"b":2}]}', 'something other than items'],
  ['{"configurationItems":[{"a":1},]}', 'something other than items'],
  ['{"configurationItems":[{"a":1],{"b":2}]}', 'an item that no brace closes'],
])('%s: %s', (text, message) => {
  expect(() => scan(text, [])).toThrow(message);
});
