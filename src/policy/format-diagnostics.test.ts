import { expect, test } from 'vitest';
import type { Diagnostic } from './diagnostic.js';
import { formatDiagnostics } from './format-diagnostics.js';

const error = (parts: Partial<Diagnostic> = {}): Diagnostic => ({
  file: 'x.yaml',
  line: 1,
  column: 1,
  severity: 'error',
  code: 'types',
  message: 'wrong',
  ...parts,
});

const format = (it: Diagnostic, text: string | undefined): readonly string[] =>
  formatDiagnostics([it], () => text).split('\n');

test('place, message, source line, carets and help', () => {
  const text = 'a: 1\nb: trail.isLoging\n';
  const it = error({ line: 2, column: 10, endLine: 2, endColumn: 18, help: "did you mean 'isLogging'?" });
  expect(format(it, text)).toEqual([
    'x.yaml:2:10: error[types]: wrong',
    '    2 | b: trail.isLoging',
    '      |          ^^^^^^^^',
    "      = help: did you mean 'isLogging'?",
    '',
  ]);
});

test.each([
  ['without an end, one caret', error({ column: 2 }), 'abc', 'abc', ' ^'],
  [
    'over several lines, to the end of the first',
    error({ column: 2, endLine: 3, endColumn: 1 }),
    'abc\nd\n',
    'abc',
    ' ^^',
  ],
  ['past the end of the line', error({ column: 9, endColumn: 10 }), 'abc', 'abc', '   ^'],
  ['a tab before it', error({ column: 2, endColumn: 3 }), '\tabc', '  abc', '  ^'],
  ['wide characters before it', error({ column: 3, endColumn: 4 }), '日本x', '日本x', '    ^'],
  ['wide characters in it', error({ column: 1, endColumn: 3 }), '日本x', '日本x', '^^^^'],
  ['marks take no column', error({ column: 3, endColumn: 4 }), 'e\u0301x', 'e\u0301x', ' ^'],
  ['an escape sequence', error({ column: 6, endColumn: 7 }), '\u001b[31mx', '\\u001b[31mx', '          ^'],
  ['a mark that turns the line around', error({ column: 2, endColumn: 3 }), '\u202ex', '\\u202ex', '      ^'],
])('the carets stand under what is meant: %s', (_, it, text, line, carets) => {
  expect(format(it, text).slice(1, 3)).toEqual([`    1 | ${line}`, `      | ${carets}`]);
});

test('of a line without end only what stands around the place is shown', () => {
  const [, line, carets] = format(
    error({ column: 500_001, endColumn: 500_004 }),
    `${'x'.repeat(500_000)}abc${'y'.repeat(9)}`,
  );
  expect(line).toBe(`    1 | …${'x'.repeat(40)}abc${'y'.repeat(9)}`);
  expect(carets).toBe(`      | ${' '.repeat(41)}^^^`);
  const [, longMark] = format(error({ column: 1, endColumn: 1_000_000 }), 'x'.repeat(1_000_000));
  expect(longMark?.length).toBeLessThan(200);
});

test('names and messages cannot drive the terminal', () => {
  const it = error({ file: 'a\u001b]0;x\u0007.yaml', message: 'no\nsuch\u001b[2J', help: 'a\rb' });
  const text = formatDiagnostics([it], () => undefined);
  expect(text).toBe('a\\u001b]0;x\\u0007.yaml:1:1: error[types]: no\\nsuch\\u001b[2J\n      = help: a\\rb\n');
});
