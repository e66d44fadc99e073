import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth, wrap } from './wrap.js';

test.each([
  ['', 0],
  ['trail', 5],
  ['漢字', 4],
  ['🔒', 2],
  ['e\u0301', 1],
  ['größe', 5],
])('%s takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

describe('wrapped text', () => {
  test('breaks at spaces', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });

  test('keeps a long word whole', () => {
    expect(wrap('Trail arn:aws:cloudtrail:eu-central-1:1:trail/x is off', 12)).toEqual([
      'Trail',
      'arn:aws:cloudtrail:eu-central-1:1:trail/x',
      'is off',
    ]);
  });

  test('loses no word, and is too wide for a single word only', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', '漢', 'é'), minLength: 1, maxLength: 12 }));
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (all, width) => {
        const lines = wrap(all.join(' '), width);
        expect(lines.flatMap((line) => line.split(' '))).toEqual(all);
        for (const line of lines) expect(displayWidth(line) <= width || !line.includes(' ')).toBe(true);
      }),
    );
  });
});
