import { array, assert, constantFrom, json, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, matchesEvent, matchesRecord, mentionsOf, parseFilterPattern } from './index.js';

describe('what is wrong is said, with its column', () => {
  test.each<[pattern: string, column: number, message: RegExp]>([
    ['{ $.a EXISTS }', 7, /NOT EXISTS/],
    ['{ $.a IS NOT NULL }', 7, /a comparison is expected here/],
    ['{ $.a == 1 }', 7, /write =/],
    ['{ $.a = }', 9, /a value is expected here, not "}"/],
    ['{ $.a = null }', 9, /IS NULL/],
    ['{ $.a > "1" }', 9, /needs a number/],
    ['{ $.a > b }', 9, /needs a number/],
    ['{ $.a is null }', 7, /"is"/],
    ['{ $.a = "b }', 9, /not closed/],
    ['{ $.a = b', 1, /brace is not closed/],
    ['{ ($.a = b }', 12, /\) is expected here/],
    ['{ ($.a = b', 3, /parenthesis is not closed/],
    ['{ $.a = b } x', 13, /nothing can follow/],
    ['{ $.a = b $.c = d }', 11, /&&, \|\| or } is expected here, not "\$"/],
    ['{ a = b }', 3, /a field is expected here/],
    ['{ $a = b }', 3, /a field is expected here/],
    ['{ $.a[x] = b }', 7, /a number, \* or a key/],
    ['{ $.a[0 = b }', 6, /bracket is not closed/],
    ['{ $.*.* = b }', 3, /more than one wildcard in one field/],
    ['{ $.*=1 || $.*=2 || $.*=3 || $.*=4 }', 30, /more than 3 wildcards/],
    ['{ $.a=%x% || $.b=%x% || $.c=%x% }', 29, /more than 2 regular expressions/],
    ['{ $.a = %(x)% }', 10, /"\(" is not supported/],
    ['{ $.a = %something!% }', 19, /"!" is not supported/],
    ['{ $.a = %caf\u00e9% }', 13, /is not supported/],
    ['{ $.a = %\\q% }', 10, /escape/],
    ['{ $.a = %x', 9, /closes/],
    ['{ $.a = %*x% }', 10, /not a regular expression/],
    ['{ $.a = %% }', 10, /is expected/],
    ['{ $.a = a@b }', 9, /needs quotes/],
    ['{ "source": ["aws.ec2"] }', 3, /a field is expected here/],
    ['{ NOT($.a = b) }', 3, /a field is expected here/],
    ['{ }', 3, /not "}"$/],
    [`{ $.a = %${'a{600}'.repeat(2)}% }`, 10, /more than 1000/],
    ['ERROR*', 6, /needs quotes/],
    ['"ERROR', 1, /not closed/],
    ['?', 2, /a term is expected/],
    ['[a, a]', 5, /occurs twice here/],
    ['[..., a, ...]', 10, /once/],
    ['[a = 1 || b = 2]', 11, /only conditions on a/],
    ['[a', 1, /bracket is not closed/],
  ])('%s', (pattern, column, message) => {
    expect(parseFilterPattern(pattern)).toEqual({
      state: 'invalid',
      problem: { column, message: expect.stringMatching(message) as string },
    });
  });
});

test.each([
  '{ $.a = %x{,3}% }',
  '{ $.a = %[a-z]+\\.\\x41\\d% }',
  '{ $.a = "say \\"hi\\"" }',
  '{\n  ($.a = b) ||\n\t($.c = d)\r\n}',
  '{ ((($.a=b))) }',
  '{$.a=b&&$.c!=d||$.e NOT EXISTS}',
])('%s is a pattern', (pattern) => {
  expect(parseFilterPattern(pattern).state).toBe('parsed');
});

test('a pattern has at most 1,024 characters, and may nest as deep as that', () => {
  expect(parseFilterPattern('x'.repeat(1024)).state).toBe('parsed');
  expect(parseFilterPattern(`{ ${'('.repeat(500)}$.a = b${')'.repeat(500)} }`).state).toBe('parsed');
  expect(parseFilterPattern('x'.repeat(1025))).toMatchObject({ state: 'invalid', problem: { column: 1025 } });
});

describe('the canonical text', () => {
  const canonical = (pattern: string): string | undefined => {
    const parsed = parseFilterPattern(pattern);
    return parsed.state === 'parsed' ? canonicalText(parsed.pattern) : undefined;
  };

  test.each([
    ['{ $.a = b }', '{$.a="b"}'],
    ['{ ($.a = b) || ($.c = d) }', '{ $.c = d || $.a = b }'],
    ['{ $.a = b || ($.c = d || $.e = f) }', '{ ($.e = f || $.a = b) || $.c = d }'],
    ['{ $.a = b && $.c = d || $.e = f }', '{ $.e = f || ($.c = d && $.a = b) }'],
    ['{ $.a.b = c }', "{ $.a['b'] = c }"],
  ])('of %s is that of %s', (one, other) => {
    expect(canonical(one)).toBeDefined();
    expect(canonical(one)).toBe(canonical(other));
  });

  test.each([
    ['{ $.a = b }', '{ $.a != b }'],
    ['{ $.a = b }', '{ $.a = B }'],
    ['{ $.a = b && $.c = d || $.e = f }', '{ $.a = b && ($.c = d || $.e = f) }'],
    ['{ $.a = b }', '{ $.a = %b% }'],
    ['{ $.a = b }', '{ $.a = b || $.a = b && $.c = d }'],
  ])('of %s is not that of %s', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });

  test('is only of JSON patterns', () => {
    expect(canonical('ERROR')).toBeUndefined();
  });
});

const tokens = (
  '{ } [ ] ( ) && || = != > <= $. $ . * % " \' \\ , ... IS NULL TRUE NOT EXISTS ? - a eventName 1 1e5 -0.5 null %a.*% ' +
  '{2,3} $.a=b $.a[0].b "x*y" \n \u00e9 \u{1F600} \\u0041 %a{9}{9}{9}% | ^ + $.[\'a.b\']'
).split(' ');
const soup = array(constantFrom(' ', ...tokens), { maxLength: 60 }).map((it) => it.join(''));

function describeAnswers(text: string, record: string): string {
  const parsed = parseFilterPattern(text);
  if (parsed.state === 'invalid') {
    const { column, message } = parsed.problem;
    return column >= 1 && column <= text.length + 1 ? `${column}: ${message}` : `no such column: ${column}`;
  }
  const { pattern } = parsed;
  const answers = [matchesRecord(pattern, record), matchesEvent(pattern, { a: record }), mentionsOf(pattern).length];
  return `parsed ${answers.join(' ')}`;
}

test('no text crashes the parser, and no pattern crashes on any record', () => {
  assert(
    property(
      oneof(
        soup,
        string({ maxLength: 300 }),
        soup.map((it) => `{${it}}`),
      ),
      oneof(json(), string()),
      (text, record) => {
        expect(describeAnswers(text, record)).toMatch(/^(\d+: .+|parsed (true|false) (yes|no|unknown) \d+)$/s);
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  ['many stars', `{ $.a = "${'*a'.repeat(400)}b" }`, JSON.stringify({ a: 'a'.repeat(200_000) })],
  [
    'a regular expression that makes others backtrack',
    '{ $.a = %a*a*a*a*a*a*a*a*a*b% }',
    JSON.stringify({ a: 'a'.repeat(20_000) }),
  ],
  ['repeats of repeats', '{ $.a = %[ab]{30}[ab]{30}[ab]{30}c% }', JSON.stringify({ a: 'ab'.repeat(10_000) })],
  ['words that are never closed', '[a, b]', '[ "'.repeat(80_000)],
  ['brackets that close one word late', '[a, b]', `${'[ '.repeat(120_000)}]x`],
])('%s take no time to speak of', (_name, pattern, record) => {
  const parsed = parseFilterPattern(pattern);
  expect(parsed.state === 'parsed' && typeof matchesRecord(parsed.pattern, record)).toBe('boolean');
});
