import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, sizeOf } from './logic.js';

const units = fc.constantFrom('a', 'b', 'é', '\uE000', '\uFFFF', '😀', '😁', '𐀀', '\uD83D', '\uDE00');
const texts = fc.array(units, { maxLength: 6 }).map((it) => it.join(''));

/** As it is defined: one code point after the other. */
function inOrder(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => Array.from(text, (it) => it.codePointAt(0) ?? 0)) as [number[], number[]];
  const at = left.findIndex((it, index) => it !== right[index]);
  if (at < 0) return left.length < right.length;
  return at < right.length && (left[at] ?? 0) < (right[at] ?? 0);
}

test('texts are ordered and counted by their code points', () => {
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(compare('<', a, b)).toBe(inOrder(a, b));
      expect(compare('>=', a, b)).toBe(!inOrder(a, b));
      expect(sizeOf(a)).toBe(Array.from(a).length);
    }),
    { numRuns: 2000 },
  );
});
