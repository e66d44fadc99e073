import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrokenFile, ForeignFile } from './broken-file.js';
import { CsvReader } from './csv-reader.js';

function read(text: string, sizes: readonly number[] = []): unknown[] {
  const reader = new CsvReader();
  const rows: unknown[] = [];
  let at = 0;
  for (const size of [...sizes, text.length]) {
    rows.push(...reader.push(text.slice(at, at + size)));
    at += size;
  }
  rows.push(...reader.end());
  return rows;
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test('gives the cells that were written, however the text is cut, and leaves empty ones out', () => {
  const cell = fc.string({ maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 5 })),
      fc.constantFrom('\n', '\r\n'),
      (rows, sizes, end) => {
        const text = ['resourceId,configuration', ...rows.map((it) => it.map(quoted).join(','))].join(end);
        const expected = rows
          .filter(([id, configuration]) => id !== '' || configuration !== '')
          .map(([id, configuration]) =>
            Object.fromEntries(Object.entries({ resourceId: id, configuration }).filter(([, value]) => value !== '')),
          );
        expect(read(text, sizes)).toEqual(expected);
      },
    ),
  );
});

describe('a header', () => {
  test('may be in quotation marks, and name parts of objects', () => {
    expect(read('"resourceId","configuration.name","configuration.a.b",other\nx,main,,1\n')).toEqual([
      { resourceId: 'x', configuration: { name: 'main' }, other: '1' },
    ]);
  });

  test.each(['policy,outcome\na,b\n', 'hello', '# a title\n', `${'x'.repeat(2000)}\n`])(
    'of something else: %s',
    (text) => {
      expect(() => read(text)).toThrow(ForeignFile);
    },
  );

  test('that is not there', () => {
    expect(() => read('\n\n')).toThrow(BrokenFile);
  });
});

test.each([
  ['resourceId,arn\nx\n', 'has 1 cells instead of 2 in line 2'],
  ['resourceId,arn\nx,"y', 'a quotation mark is not closed'],
])('%s is broken', (text, message) => {
  expect(() => read(text)).toThrow(message);
  expect(() => read(text)).not.toThrow(ForeignFile);
});
