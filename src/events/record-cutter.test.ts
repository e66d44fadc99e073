import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Needles } from './needles.js';
import { RecordCutter } from './record-cutter.js';

interface Cut {
  readonly value: unknown;
  readonly isWanted: boolean;
  readonly time: string | undefined;
}

function cut(text: string, sizes: readonly number[] = [], wanted?: ReadonlySet<string>): Cut[] {
  const bytes = Buffer.from(text);
  const found: Cut[] = [];
  const cutter = new RecordCutter(wanted === undefined ? undefined : Needles.of(wanted), (it) => {
    found.push({
      value: JSON.parse(it.data.toString('utf8', it.start, it.end)),
      isWanted: it.isWanted,
      time: it.time < 0 ? undefined : it.data.toString('utf8', it.time, it.time + 4),
    });
  });
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at < bytes.length) cutter.push(bytes.subarray(at, at + size));
    at += size;
  }
  cutter.end();
  return found;
}

const chunks = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 80 });
/** Names that the cutter looks for, where it must not find them, and texts that look like JSON. */
const oddText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('Records', 'eventTime', '{"Records":[{', '\\', '"', '}],', '\u0000', '\ud83d\ude00'),
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    oddText,
    fc.integer(),
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(oddText, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const record = fc.dictionary(
  oddText.filter((it) => it !== 'Records'),
  value,
  { maxKeys: 4 },
);

test('gives the records that JSON.parse gives, however the text is cut', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 4 }), value, chunks, fc.boolean(), (records, other, sizes, spaced) => {
      const file = { other, Records: records, behind: [other, { Records: [{}] }] };
      const plain: unknown = JSON.parse(JSON.stringify(records));
      expect(cut(JSON.stringify(file, null, spaced ? 2 : 0), sizes).map((it) => it.value)).toEqual(plain);
      expect(cut(JSON.stringify(records, null, spaced ? 2 : 0), sizes).map((it) => it.value)).toEqual(plain);
    }),
  );
});

test('gives each document of several, and each line of JSON Lines', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), chunks, (records, sizes) => {
      const plain: unknown = JSON.parse(JSON.stringify(records));
      const lines = records.map((it) => JSON.stringify(it)).join('\n');
      expect(cut(lines, sizes).map((it) => it.value)).toEqual(plain);
      const documents = records.map((it) => JSON.stringify({ Records: [it] })).join('');
      expect(cut(documents, sizes).map((it) => it.value)).toEqual(plain);
    }),
  );
});

/** All texts of a value, names too. */
function textsIn(it: unknown): string[] {
  if (typeof it === 'string') return [it];
  if (Array.isArray(it)) return it.flatMap(textsIn);
  if (typeof it !== 'object' || it === null) return [];
  return [...Object.keys(it), ...Object.values(it).flatMap(textsIn)];
}

/** Writes texts with escapes that mean the same. */
function escaped(json: string, escape: (character: string) => string): string {
  return json.replaceAll(/[A-Za-z/]/g, escape);
}

test('what holds a wanted text is wanted, however it is written', () => {
  const wanted = new Set(['ConsoleLogin', 'a/b', 'ü', 'StopLogging', 'a"b', '\n']);
  const some = fc.oneof(fc.constantFrom(...wanted), fc.constantFrom('ConsoleLogi', 'onsoleLogin', 'A/b'), oddText);
  const ways = fc.constantFrom(
    (it: string) => it,
    (it: string) => (it === '/' ? '\\/' : it),
    (it: string) => `\\u${(it.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  fc.assert(
    fc.property(fc.array(fc.array(some, { maxLength: 3 }), { maxLength: 4 }), ways, chunks, (lists, way, sizes) => {
      const records = lists.map((texts) => ({ deep: [{ texts }] }));
      const text = `{"Records":[${records.map((it) => escaped(JSON.stringify(it), way)).join(',')}]}`;
      for (const it of cut(text, sizes, wanted)) {
        const holds = textsIn(it.value).some((one) => wanted.has(one));
        // What is written by code may be wanted; all else is not.
        const mayBe = holds || text.includes(String.raw`\u`);
        expect([holds, mayBe]).toContain(it.isWanted);
      }
    }),
  );
});

test('finds the time at the top of a record alone', () => {
  const nested = {
    requestParameters: { eventTime: 'deep' },
    userAgent: 'eventTime',
    eventTime: 'high',
    z: 'eventTime',
  };
  expect(cut(JSON.stringify({ Records: [nested, {}] })).map((it) => it.time)).toEqual(['high', undefined]);
});

test.each([
  ['', 'is empty'],
  ['  \n', 'is empty'],
  ['{"Records":[{"a":1}', 'is cut off: its JSON does not end'],
  ['{"Records":[{"a":"x', 'is cut off: its JSON does not end'],
  ['{"Records":[]', 'is cut off: its JSON does not end'],
  ['{"Records":{}}', 'has no list of Records'],
  ['{"Records":null}', 'has no list of Records'],
  ['{"Records":[1]}', 'has something other than records in its list of them'],
  ['{"Records":["a"]}', 'has something other than records in its list of them'],
  ['{"Records":[{}{}]}', 'has something other than records in its list of them'],
  ['{"Records":[{},,{}]}', 'has something other than records in its list of them'],
  ['{"Records":[{},]}', 'has something other than records in its list of them'],
  ['{"Records":[{"a":[1]]}', 'has a record that no brace closes'],
  ['<html>', 'is not JSON'],
  ['"text"', 'is not JSON'],
  ['{}]', 'is not JSON'],
])('%j %s', (text, message) => {
  expect(() => cut(text)).toThrow(message);
});
