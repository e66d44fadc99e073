import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentencesWithin } from './sentences.js';

test.each([
  ['One. Two.', 100, 'One. Two.'],
  ['It fails. Mend it. It fails.', 100, 'It fails. Mend it.'],
  ['The first one. The second one is longer.', 30, 'The first one. …'],
  ['A first one that is too long for the place.', 20, 'A first one that is…'],
  ['Until 2026-10-25. See arn:aws:s3:::a.b for more.', 100, 'Until 2026-10-25. See arn:aws:s3:::a.b for more.'],
])('%j within %i is %j', (text, most, kept) => {
  expect(sentencesWithin(text, most)).toBe(kept);
});

test('is never longer than asked', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 5, max: 80 }), (text, most) => {
      expect(sentencesWithin(text, most).length).toBeLessThanOrEqual(most);
    }),
  );
});
