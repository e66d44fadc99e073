import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inChunks } from './chunks.js';

test('chunks hold the same text, each but the last of the size at least', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.integer({ min: 1, max: 20 }), (pieces, size) => {
      const chunks = [...inChunks(pieces, size)];
      expect(chunks.join('')).toBe(pieces.join(''));
      expect(chunks.slice(0, -1).every((it) => it.length >= size)).toBe(true);
      expect(chunks.every((it) => it !== '')).toBe(true);
    }),
  );
});
