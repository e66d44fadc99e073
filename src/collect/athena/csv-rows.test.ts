import { array, assert, asyncProperty, constantFrom, integer, option, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { csvRows } from './csv-rows.js';

async function rowsIn(parts: readonly Uint8Array[]): Promise<unknown> {
  const rows: unknown[] = [];
  async function* all(): AsyncGenerator<Uint8Array> {
    for (const it of parts) yield await Promise.resolve(it);
  }
  for await (const row of csvRows(all())) rows.push(row);
  return rows;
}

const written = (rows: readonly (readonly (string | undefined)[])[]): string =>
  rows
    .map((row) => `${row.map((it) => (it === undefined ? '' : `"${it.replaceAll('"', '""')}"`)).join(',')}\n`)
    .join('');

test('any values come back, wherever the parts end', async () => {
  const value = option(string({ unit: constantFrom('a', '"', ',', '\n', '\r', 'ä', '😀', ' ') }), {
    nil: undefined,
  });
  await assert(
    asyncProperty(array(tuple(value, value, value)), integer({ min: 1, max: 7 }), async (rows, size) => {
      const bytes = Buffer.from(written(rows));
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, it) =>
        bytes.subarray(it * size, (it + 1) * size),
      );
      expect(await rowsIn(parts)).toEqual(rows);
    }),
    { numRuns: 100 },
  );
});

test.each(['"a', '"a""', '"a"b"\n', 'a"b"\n'])('%j is not taken for a whole result', async (text) => {
  await expect(rowsIn([Buffer.from(text)])).rejects.toThrow(/cut off|not as Athena writes/);
});
