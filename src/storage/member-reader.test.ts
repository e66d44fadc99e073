import { assert, dictionary, integer, jsonValue, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { MemberReader } from './member-reader.js';

function read(text: string, size: number): { readonly document: object | undefined; readonly taken: unknown[] } {
  const taken: unknown[] = [];
  const reader = new MemberReader((name, items) => taken.push(...items.map((it) => [name, it])));
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) reader.add(bytes.subarray(start, start + size));
  return { document: reader.document(), taken };
}

test('an object is put together as JSON.parse reads it, wherever its bytes are cut', () => {
  const value = jsonValue({ maxDepth: 3 });
  assert(
    property(dictionary(string(), value, { maxKeys: 5 }), integer({ min: 1, max: 9 }), (document, size) => {
      const text = JSON.stringify(document);
      expect(JSON.stringify(read(text, size).document)).toBe(JSON.stringify(JSON.parse(text)));
    }),
    { numRuns: 300 },
  );
});

test('each item of each list is taken once, in order', () => {
  const text = String.raw`{"a":[{"x":"},{\"\\"},[1,{"y":[2]}]],"b":[],"c":"[é]","d":["\\\"",3]}`;
  for (let size = 1; size < text.length; size += 1) {
    expect(read(text, size).taken).toEqual([
      ['a', { x: '},{"\\' }],
      ['a', [1, { y: [2] }]],
      ['d', '\\"'],
      ['d', 3],
    ]);
  }
});

test.each(['', '{"a":1', '{"a":[1,2', '{"a":1} x', '"a"'])('%j is no whole object', (text) => {
  expect(read(text, 2).document).toBeUndefined();
});

test.each([
  '{"a":1}{"b":2}',
  '{"a":1,"a":2}',
  '{"a":[1],"a":[2]}',
  '{"a":[1 2]}',
  '{"a":[1]2}',
  '{[1]}',
  '{"a":x}',
  '[1]',
  '{"a":[1,]}',
])('%j is refused', (text) => {
  expect(() => read(text, 2)).toThrow(SyntaxError);
});
