import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prose, shortened, visible, visibleJson } from './printable.js';

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\u001b', '\u009b', '\n', '\u202e', '\u2066', '\u200b', '\ud800', 'a', ' ', '\\'),
  }),
);

describe('visible', () => {
  test.each([
    ['line\nbreak\r\ttab', String.raw`line\nbreak\r\ttab`],
    ['\u001b[31mred', String.raw`\u001b[31mred`],
    ['\u009b31m', String.raw`\u009b31m`],
    ['a\u202eb', String.raw`a\u202eb`],
    ['tag\u{e0041}', String.raw`tag\u{e0041}`],
    ['half \ud800 pair', String.raw`half \ud800 pair`],
    ['漢字 🔒 é', '漢字 🔒 é'],
  ])('%j reads as %s', (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  test('leaves no character that a terminal obeys', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(text)).not.toMatch(unseen);
        expect(prose(text)).not.toMatch(unseen);
      }),
    );
  });

  test('changes nothing twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});

test('prose is one line of single spaces', () => {
  expect(prose('  Turn it on.\n\n  Then wait. \n')).toBe('Turn it on. Then wait.');
});

describe('shortened', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['🔒🔒🔒', 3, '🔒🔒🔒'],
    ['🔒🔒🔒🔒', 3, '🔒🔒…'],
  ])('%s at most %i characters long is %s', (text, max, expected) => {
    expect(shortened(text, max)).toBe(expected);
  });
});

test('JSON keeps its data and shows every character', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const json = visibleJson(JSON.stringify({ text }));
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).not.toMatch(unseen);
    }),
  );
});
