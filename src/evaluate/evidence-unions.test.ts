import { expect, test } from 'vitest';
import { EvidenceUnions } from './evidence-unions.js';

const asIs = (ids: readonly string[]): readonly string[] => ids;

test('lists come together sorted, each id once', () => {
  const unions = new EvidenceUnions();
  expect(
    unions.of(
      [
        ['c', 'a'],
        ['b', 'a'],
      ],
      asIs,
    ),
  ).toEqual(['a', 'b', 'c']);
  expect(unions.of([['b', 'a', 'b']], asIs)).toEqual(['a', 'b']);
});

test('one list that is in order is itself', () => {
  const list = ['a', 'b'];
  expect(new EvidenceUnions().of([list], asIs)).toBe(list);
});

test('the same lists give the same union, others their own, also when many were asked for between', () => {
  const unions = new EvidenceUnions();
  const [a, b, c] = [['a'], ['b'], ['c']];
  const first = unions.of([a, b], asIs);
  expect(unions.of([a, b], asIs)).toBe(first);
  expect(unions.of([a, c], asIs)).toEqual(['a', 'c']);
  expect(unions.of([a, b, c], asIs)).toEqual(['a', 'b', 'c']);
  for (let count = 0; count < 40; count += 1)
    expect(unions.of([[String(count)], a], asIs)).toEqual([String(count), 'a']);
  expect(unions.of([a, b], asIs)).toEqual(['a', 'b']);
});
