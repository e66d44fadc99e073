import { expect, test } from 'vitest';
import { formatDiagnostics } from '../format-diagnostics.js';
import { parseYaml } from './parse-yaml.js';

function errorsIn(text: string): readonly string[] {
  return parseYaml('x.yaml', text).diagnostics.map((it) => `${it.line}:${it.column} ${it.code}`);
}

function marked(text: string): string {
  const [it] = parseYaml('x.yaml', text).diagnostics;
  return text.split('\n')[(it?.line ?? 1) - 1]?.slice((it?.column ?? 1) - 1, (it?.endColumn ?? 1) - 1) ?? '';
}

test.each([
  ['expr: !has(x)', ['1:7 yaml-tag'], '!has(x)'],
  ['expr: !x.exists(y, z)', ['1:7 yaml-tag'], '!x.exists(y, z)'],
  ['a: !!js/function f', ['1:4 yaml-tag'], '!!js/function f'],
  [`expr: "a" == 'b'`, ['1:7 yaml-first-character'], `"a" == 'b'`],
  ['expr: [a].exists(x, x)', ['1:7 yaml-first-character'], '[a].exists(x, x)'],
  ['expr: {a}.b == 1', ['1:7 yaml-first-character'], '{a}.b == 1'],
  ['expr: *x == 2', ['1:7 yaml-first-character'], '*x == 2'],
  ['expr: %a == 1', ['1:7 yaml-first-character'], '%a == 1'],
  ['expr: @a', ['1:7 yaml-first-character'], '@a'],
  ['expr: > 5', ['1:7 yaml-first-character'], '> 5'],
  ['expr: `a`', ['1:7 yaml-first-character'], '`a`'],
  ['expr: | a == b', ['1:7 yaml-first-character'], '| a == b'],
  ["expr: x.y == 'a: b'", ['1:7 yaml-colon'], "x.y == 'a: b'"],
  ['- { id: a, expr: !has(x) }', ['1:18 yaml-tag'], '!has(x)'],
  [`- { expr: "a" == b, id: x }`, ['1:11 yaml-braces'], '"a" == b'],
  ['- { expr: a ? b : c }', ['1:11 yaml-braces'], 'a ? b : c'],
  ['- { expr: a == [1], id: c }', ['1:11 yaml-braces'], 'a == [1]'],
  ['- { when: a, message: "x" y }', ['1:23 yaml-braces'], '"x" y'],
  ['expr: has(x)\n&& y', ['2:1 yaml-continuation'], '&&'],
  ['a:\n  expr: has(x)\n  || y', ['3:3 yaml-continuation'], '||'],
  ['expr: |\n  a\n b', ['3:1 yaml-indent'], ' '],
  ["title: 'it's'", ['1:8 yaml-first-character'], "'it's'"],
  ['expr: &x == 2', ['1:7 yaml-anchor'], '&x == 2'],
  ['expr: a ? 1 : 2', ['1:7 yaml-colon'], 'a ? 1 : 2'],
  ['message: wrong: very', ['1:10 yaml-colon'], 'wrong: very'],
  ['set: { account.trails[0].isLogging: false }', ['1:8 yaml-bracket-in-braces'], 'account.trails[0].isLogging'],
  ['set: { a.data["X"].y: 1, c: d }', ['1:8 yaml-bracket-in-braces'], 'a.data["X"].y'],
  ['a: 1\na: 2', ['2:1 duplicate-key'], 'a'],
  ['a: 1\n---\nb: 2', ['2:1 multiple-documents'], '---'],
  ['a:\n\tb: 1', ['2:1 yaml-tab'], '\t'],
  ['a: "x', ['1:6 yaml-syntax'], ''],
  ['expr: "matches(\'\\d\')"', ['1:17 yaml-escape'], '\\'],
  ['a: *nope', ['1:4 yaml-alias'], '*nope'],
  ['a: &a [*a]', ['1:8 yaml-alias'], '*a'],
  ['? [a]\n: b', ['1:1 yaml-key'], ''],
  ['1: b', ['1:1 yaml-key'], '1'],
  ['%YAML 1.1\n---\na: yes', ['1:1 yaml-directive'], '%YAML 1.1'],
  ['a: x\u0000y', ['1:5 control-character'], '\u0000'],
  ['a: \u001b[31mred', ['1:4 control-character'], '\u001b'],
])('a trap of YAML has a message of its own, at its place: %j', (text, expected, range) => {
  expect(errorsIn(text)).toEqual(expected);
  expect(marked(text)).toBe(range);
});

test('errors in several lines are told at once', () => {
  const text = 'a: 1\na: 2\nassert:\n  - expr: !has(x)\n  - expr: !has(y)\n  - expr: a ? 1 : 2\n';
  expect(errorsIn(text)).toEqual(['2:1 duplicate-key', '4:11 yaml-tag', '5:11 yaml-tag', '6:11 yaml-colon']);
});

test('a trap reads as a person would tell it', () => {
  const text = 'assert:\n  - id: a\n    expr: !has(trail.kmsKeyId)\n';
  expect(formatDiagnostics(parseYaml('x.yaml', text).diagnostics, () => text)).toBe(
    [
      "x.yaml:3:11: error[yaml-tag]: YAML takes a value that starts with '!' for a tag, and loses it",
      '    3 |     expr: !has(trail.kmsKeyId)',
      '      |           ^^^^^^^^^^^^^^^^^^^^',
      '      = help: start with `expr: |` and write the value on the next line, indented: YAML then reads it as written',
      '',
    ].join('\n'),
  );
});

const letters = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${letters
  .map(
    (letter, index) =>
      `${letter}: &${letter} [${Array(9)
        .fill(`*${['a', ...letters][index]}`)
        .join(', ')}]\n`,
  )
  .join('')}`;

test.each([
  ['brackets', '['.repeat(10_000), 'too-deep'],
  ['braces', '{a: '.repeat(10_000), 'too-deep'],
  ['dashes', `${'- '.repeat(10_000)}a`, 'too-deep'],
  ['indentation', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'too-deep'],
  ['an alias bomb', bomb, 'too-many-aliases'],
  ['many aliases', `a: &a 1\nb: [${Array(101).fill('*a').join(', ')}]`, 'too-many-aliases'],
  ['a file of 10 MB', `a: ${'x'.repeat(10_000_000)}`, 'too-large'],
])('hostile input is refused: %s', (_, text, code) => {
  expect(parseYaml('x.yaml', text).diagnostics.map((it) => it.code)).toEqual([code]);
});

test('what is deep, long and repeated in measure is read', () => {
  const depth = 45;
  const deep = Array.from({ length: depth }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
  expect(errorsIn(`${deep} 1`)).toEqual([]);
  expect(errorsIn(`a: &a [1, 2]\nb: [${Array(100).fill('*a').join(', ')}]`)).toEqual([]);
  expect(errorsIn(`a: ${'x'.repeat(1_000_000)}`)).toEqual([]);
});

test('a key named __proto__ is a key', () => {
  const { yaml } = parseYaml('x.yaml', '__proto__: { isAdmin: true }\na: 1');
  expect(Object.keys(Object(yaml?.value))).toEqual(['__proto__', 'a']);
  expect(Object.getPrototypeOf(yaml?.value)).toBe(Object.prototype);
});

test('places are found through aliases, and of what is not there the parent', () => {
  const text = 'a: &x { b: [10, 20] }\nc: *x\n';
  const { yaml } = parseYaml('x.yaml', text);
  const place = (range: { start: number; end: number } | undefined) => range && text.slice(range.start, range.end);
  expect(place(yaml?.rangeOf(['c', 'b', 1]))).toBe('20');
  expect(place(yaml?.keyRange(['c', 'b']))).toBe('b');
  expect(place(yaml?.rangeOf(['c', 'z', 1]))).toBe('{ b: [10, 20] }');
});
