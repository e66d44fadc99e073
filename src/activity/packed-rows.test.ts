import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lightId, PackedRows } from './packed-rows.js';

const hex = fc.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const ids = fc.oneof(
  hex,
  hex.map((it) => it.toUpperCase()),
  fc.stringMatching(/^[\w-]{36}$/),
);
const row = fc.record({
  first: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  second: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  at: fc.integer({ min: 0, max: 4e12 }),
  id: ids,
  isLight: fc.boolean(),
  before: fc.nat(3),
});

test('rows tell what was put into them, whatever the form of the id', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 20 }), fc.string({ maxLength: 40 }), (all, odd) => {
      const rows = new PackedRows();
      for (const { first, second, at, id, isLight, before } of all) {
        const event = { at, data: Buffer.from(`${' '.repeat(before)}${id}`), idAt: before };
        expect(lightId(event)).toBe(id);
        if (isLight) rows.pushLight(first, second, event);
        else rows.push(first, second, at, id);
      }
      rows.push(1, 2, 3, odd);
      const told = Array.from({ length: rows.length }, (_, at) => rowAt(rows, at));
      const given = all.map(({ first, second, at, id }) => ({ first, second, at, id }));
      expect(told).toEqual([...given, { first: 1, second: 2, at: 3, id: odd }]);
    }),
  );
});

test('there may be more than stand in one block', () => {
  const rows = new PackedRows();
  for (let index = 0; index < 20_000; index += 1) rows.push(index, -1, index * 1000, `id-${index}`);
  expect(rowAt(rows, 19_999)).toEqual({ first: 19_999, second: -1, at: 19_999_000, id: 'id-19999' });
  expect(rowAt(rows, 8192)).toEqual({ first: 8192, second: -1, at: 8_192_000, id: 'id-8192' });
});

function rowAt(rows: PackedRows, at: number) {
  return { first: rows.firstOf(at), second: rows.secondOf(at), at: rows.timeOf(at), id: rows.idOf(at) };
}
