import type { Cursor } from './cursor.js';
import type { Literal, TextValue } from './pattern.js';
import { compileRegex } from './regex.js';

/** AWS's quota for JSON and space-delimited patterns. */
const maxRegexes = 2;
const bare = /^[A-Za-z0-9_\-*.+]+$/;
/** What ends a bare value wherever it stands. */
const delimiter = /[\s,\]}()&|=<>!]/;
const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A value to compare with: quoted, a regular expression, or bare. */
export function parseValue(cursor: Cursor): TextValue {
  cursor.skipSpace();
  if (cursor.current === '"') return { kind: 'literal', text: parseQuoted(cursor) };
  if (cursor.current === '%') return parseRegex(cursor);
  return parseBare(cursor);
}

function parseBare(cursor: Cursor): Literal {
  const start = cursor.offset;
  const text = cursor.run((character) => !delimiter.test(character));
  if (text === '') cursor.fail(`a value is expected here, not ${cursor.here}`);
  if (!bare.test(text))
    cursor.fail('a value with other characters than letters, digits and _ - * . + needs quotes', start);
  return number.test(text) && Number.isFinite(Number(text))
    ? { kind: 'literal', text, number: Number(text) }
    : { kind: 'literal', text };
}

/** Text in quotes, single or double, with its escapes undone. */
export function parseQuoted(cursor: Cursor): string {
  const start = cursor.offset;
  const quote = cursor.current;
  cursor.offset += 1;
  let text = '';
  while (!cursor.isAtEnd && cursor.current !== quote) {
    if (cursor.current === '\\') text += parseEscape(cursor);
    else {
      text += cursor.current;
      cursor.offset += 1;
    }
  }
  if (cursor.isAtEnd) cursor.fail('this quotation mark is not closed', start);
  cursor.offset += 1;
  return text;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  b: '\b',
};

function parseEscape(cursor: Cursor): string {
  const start = cursor.offset;
  cursor.offset += 1;
  const character = cursor.current;
  cursor.offset += 1;
  if (character === 'u') {
    const digits = cursor.text.slice(cursor.offset, cursor.offset + 4);
    if (!/^[0-9A-Fa-f]{4}$/.test(digits)) cursor.fail('\\u needs four hexadecimal digits', start);
    cursor.offset += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
  return escapes[character] ?? cursor.fail(`\\${character} is not a valid escape`, start);
}

function parseRegex(cursor: Cursor): TextValue {
  const start = cursor.offset;
  const end = cursor.text.indexOf('%', start + 1);
  if (end === -1) cursor.fail('the % that closes this regular expression is missing', start);
  const source = cursor.text.slice(start + 1, end);
  cursor.regexes += 1;
  if (cursor.regexes > maxRegexes) cursor.fail(`more than ${maxRegexes} regular expressions in one pattern`, start);
  const regex = compileRegex(source, (message, offset) => cursor.fail(message, start + 1 + offset));
  cursor.offset = end + 1;
  return { kind: 'regex', source, regex };
}
