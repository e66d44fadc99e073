import type { Cursor } from './cursor.js';
import { parseValue } from './parse-value.js';
import type { Term, TermPattern } from './pattern.js';

/**
 * Words, phrases in quotes and regular expressions. AWS does not look at `?optional` ones where any other term stands
 * beside them.
 */
export function parseTerms(cursor: Cursor): TermPattern {
  const terms: Term[] = [];
  const optional: Term[] = [];
  for (cursor.skipSpace(); !cursor.isAtEnd; cursor.skipSpace()) {
    const mode = cursor.current;
    if (mode === '?' || mode === '-') cursor.offset += 1;
    const term = { value: parseTerm(cursor), isExcluded: mode === '-' };
    if (mode === '?') optional.push(term);
    else terms.push(term);
  }
  if (terms.length > 0 || optional.length === 0) return { kind: 'terms', need: 'all', terms };
  return { kind: 'terms', need: 'some', terms: optional };
}

function parseTerm(cursor: Cursor): Term['value'] {
  const start = cursor.offset;
  if (cursor.isAtEnd || cursor.isAtSpace) cursor.fail('a term is expected here');
  if (cursor.current !== '"' && cursor.current !== '%') {
    const text = cursor.word();
    if (!cursor.isAtEnd && !cursor.isAtSpace) {
      cursor.fail(`${cursor.here} needs quotes in a term`);
    }
    return { kind: 'literal', text };
  }
  const value = parseValue(cursor);
  if (!cursor.isAtEnd && !cursor.isAtSpace) cursor.fail('white space is expected after this term', start);
  return value;
}
