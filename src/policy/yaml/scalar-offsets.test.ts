import { assert, constantFrom, property, stringMatching } from 'fast-check';
import { isScalar, parseDocument, type Scalar } from 'yaml';
import { expect, test } from 'vitest';
import { scalarOffsets } from './scalar-offsets.js';

/** The value under `expr`, with the function that maps its ranges. */
function read(text: string) {
  const node = parseDocument(text).get('expr', true);
  if (!isScalar(node) || typeof node.value !== 'string') throw new Error('no text under expr');
  const scalar = node as Scalar<string>;
  return { value: scalar.value, rangeInFile: scalarOffsets(scalar, text) };
}

/** The part of the file that `word` of the value was read from. */
function written(text: string, word: string): string {
  const { value, rangeInFile } = read(text);
  const start = value.indexOf(word);
  expect(start).toBeGreaterThanOrEqual(0);
  const range = rangeInFile({ start, end: start + word.length });
  return text.slice(range.start, range.end);
}

test.each([
  ['plain', 'expr: trail.isLoging && x\n'],
  ['plain, on several lines', 'expr: trail.a\n    && trail.isLoging\n\n  && c\n'],
  ['plain, in braces', '{ id: a, expr: trail.isLoging }'],
  ['literal', 'expr: |\n  a &&\n\n    trail.isLoging\n'],
  ['literal, with an indentation of its own', 'expr: |2\n    a &&\n  trail.isLoging\n'],
  ['literal, with empty lines first', 'expr: |\n\n\n  trail.isLoging\n'],
  ['literal, with Windows line ends', 'expr: |\r\n  a &&\r\n  trail.isLoging\r\n'],
  ['folded', 'expr: >-\n  a\n  && b\n\n  && c\n    && d\n  && trail.isLoging\n'],
  ['folded, with Windows line ends', 'expr: >-\r\n  a\r\n\r\n  && trail.isLoging\r\n'],
  ['single quotes', "expr: 'a == ''b'' && trail.isLoging'\n"],
  ['single quotes, on several lines', "expr: 'a == ''b''\n\n   && trail.isLoging'\n"],
  ['double quotes', 'expr: "a == \\"b\\" && \\x41 && \\u0041 && \\U0001F600 && trail.isLoging"\n'],
  ['double quotes, with an escaped line break', 'expr: "a && \\\n    trail.isLoging"\n'],
])('a word is found in the file: %s', (_, text) => {
  expect(written(text, 'isLoging')).toBe('isLoging');
});

test.each([
  ['a quote', "expr: 'x == ''b'''", "'b'", "''b''"],
  ['an escape', 'expr: "x == \\"b\\""', '"b"', '\\"b\\"'],
  ['a character beyond the first plane', 'expr: "\\U0001F600 b"', '\u{1F600}', '\\U0001F600'],
  ['a fold', 'expr: a\n  b', 'a b', 'a\n  b'],
])('what is written otherwise is found as it is written: %s', (_, text, word, expected) => {
  expect(written(text, word)).toBe(expected);
});

const writers: Readonly<Record<string, (lines: readonly string[]) => string>> = {
  literal: (lines) => `expr: |-\n${lines.map((line) => `   ${line}\n`).join('')}`,
  folded: (lines) => `expr: >-\n${lines.map((line) => `   ${line}\n`).join('')}`,
  plain: (lines) => `expr: ${lines.join('\n   ')}\n`,
  single: (lines) => `expr: '${lines.join('\n  ').replaceAll("'", "''")}'\n`,
  double: (lines) => `expr: ${JSON.stringify(lines.join('\n'))}\n`,
};

/** How a character of the value may stand in the file. */
function writtenAs(character: string, style: string): RegExp {
  if (/\s/.test(character)) return /^(?:\s+|\\n)$/;
  const itself = character.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  if (style === 'single' && character === "'") return /^''$/;
  return style === 'double' ? new RegExp(`^\\\\?${itself}$`) : new RegExp(`^${itself}$`);
}

test('each character is found, however the scalar is written', () => {
  const line = stringMatching(/^[a-z(][a-z'"()\\.=]{0,8}( [a-z(][a-z'"().=]{0,8}){0,2}$/);
  assert(
    property(constantFrom(...Object.keys(writers)), line, line, line, (style, first, second, third) => {
      const write = writers[style];
      if (write === undefined) throw new Error('no such style');
      const text = write([first, second, '', third]);
      const { value, rangeInFile } = read(text);
      for (let start = 0; start < value.length; start += 1) {
        const range = rangeInFile({ start, end: start + 1 });
        const found = text.slice(range.start, range.end);
        expect([value[start], found]).toEqual([
          value[start],
          expect.stringMatching(writtenAs(value[start] ?? '', style)),
        ]);
      }
    }),
  );
});
