import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { BrokenFile, ForeignFile } from './broken-file.js';
import { JsonScanner, type Shape, wholeDocument } from './json-scanner.js';

const items = new Map<string, Shape>([['configurationItems', 'objects']]);

function scanned(text: string, sizes: readonly number[], wanted: ReadonlyMap<string, Shape>) {
  const bytes = Buffer.from(text);
  const scanner = new JsonScanner(wanted);
  const found: [string, unknown][] = [];
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    for (const it of scanner.push(bytes.subarray(at, at + size))) {
      found.push([it.member, JSON.parse(it.bytes.toString('utf8'))]);
    }
    at += size;
  }
  scanner.end();
  return { scanner, found };
}

function scan(text: string, sizes: readonly number[]): unknown[] {
  return scanned(text, sizes, items).found.map(([, it]) => it);
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
      (list, other, sizes, spaced) => {
        const file = {
          fileVersion: '1.0',
          other,
          configurationItems: list,
          after: { configurationItems: [{ no: 1 }] },
        };
        const text = JSON.stringify(file, null, spaced ? 2 : 0);
        expect(scan(text, sizes)).toEqual(JSON.parse(JSON.stringify(list)));
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
  ['"hello"', 'is not a JSON object'],
  [' ', 'is empty'],
  ['{"configurationItems":{}}', 'has no list of configurationItems'],
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

const several = new Map<string, Shape>([
  ['lists', 'objects'],
  ['Results', 'texts'],
  ['one', 'object'],
  [wholeDocument, 'objects'],
]);

test('finds lists of objects and of texts, and single objects, in the order of the text, however it is cut', () => {
  const text = JSON.stringify({
    version: '1.0',
    Results: ['{"a":"]"}', 'b\\'],
    other: { lists: [{ no: 1 }], one: { no: 2 } },
    lists: [{ a: 1 }, { b: { c: [2] } }],
    one: { d: '}' },
    NextToken: 'x\\"y',
    empty: '',
  });
  fc.assert(
    fc.property(chunks, (sizes) => {
      const { found, scanner } = scanned(text, sizes, several);
      expect(found).toEqual([
        ['Results', '{"a":"]"}'],
        ['Results', 'b\\'],
        ['lists', { a: 1 }],
        ['lists', { b: { c: [2] } }],
        ['one', { d: '}' }],
      ]);
      expect([...scanner.members]).toEqual(['version', 'Results', 'other', 'lists', 'one', 'NextToken', 'empty']);
      expect([scanner.textOf('version'), scanner.textOf('empty'), scanner.textOf('one')]).toEqual([
        '1.0',
        '',
        undefined,
      ]);
    }),
  );
});

test('a text that is a list itself, of objects and of texts', () => {
  const text = JSON.stringify([{ a: [{ lists: [] }] }, '{"b":1}']);
  expect(scanned(text, [3, 4], several).found).toEqual([
    ['', { a: [{ lists: [] }] }],
    ['', '{"b":1}'],
  ]);
  expect(scanned('[]', [], several).found).toEqual([]);
});

test.each(['[1, 2]', '[[{"a":1}]]', '{"Records":[]}', '{"configurationItem":[]}'])(
  '%s is of something else',
  (text) => {
    expect(() => scanned(text, [], several)).toThrow(ForeignFile);
  },
);

test('a member that is there, and not as it should be, is broken', () => {
  const broken = (): unknown => scanned('{"one":null}', [], several);
  expect(broken).toThrow('has no list of configurationItems');
  expect(broken).not.toThrow(ForeignFile);
});
