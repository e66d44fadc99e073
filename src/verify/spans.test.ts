import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { holds, without, withSpan, type Span, type Spans } from './spans.js';

const anySpan = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 10 }))
  .map(([from, length]): Span => ({ from, to: from + length }));

const moments = Array.from({ length: 60 }, (_, index) => index);
const isIn = (spans: Spans, moment: number): boolean => spans.some((it) => it.from <= moment && moment < it.to);

test('spans hold what was added, are apart and in order', () => {
  fc.assert(
    fc.property(fc.array(anySpan), (added) => {
      const spans = added.reduce<Spans>((sum, it) => withSpan(sum, it), []);
      for (const moment of moments) expect(isIn(spans, moment)).toBe(isIn(added, moment));
      const ends = spans.flatMap((it) => [it.from, it.to]);
      expect(ends).toEqual([...new Set(ends)].toSorted((a, b) => a - b));
    }),
  );
});

test('what is left of a span is in it and in no other', () => {
  fc.assert(
    fc.property(fc.array(anySpan), anySpan, (added, span) => {
      const inOrder = added.toSorted((a, b) => a.from - b.from);
      const rest = without(span, inOrder);
      for (const moment of moments) {
        expect(isIn(rest, moment)).toBe(isIn([span], moment) && !isIn(added, moment));
      }
      expect(holds(inOrder, span)).toBe(rest.length === 0);
    }),
  );
});
