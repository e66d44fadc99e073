import { Cursor, PatternError } from './cursor.js';
import { parseCondition } from './parse-condition.js';
import { parseDelimited } from './parse-delimited.js';
import { parseTerms } from './parse-terms.js';
import type { FilterPattern, ParsedFilterPattern } from './pattern.js';

/** AWS's quota. */
const maxLength = 1024;

/**
 * Parses a filter pattern as CloudWatch Logs does: `{…}` is on JSON, `[…]` on words, all else are terms, and an empty
 * one matches everything. Any text is answered, in time that grows with its length (at most 1,024 characters).
 */
export function parseFilterPattern(text: string): ParsedFilterPattern {
  const length = text.length > 2 * maxLength ? text.length : Array.from(text).length;
  if (length > maxLength) {
    const message = `the pattern has ${length} characters; CloudWatch Logs takes at most ${maxLength}`;
    return { state: 'invalid', problem: { column: maxLength + 1, message } };
  }
  try {
    return { state: 'parsed', pattern: parse(new Cursor(text)) };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return { state: 'invalid', problem: { column: error.offset + 1, message: error.message } };
  }
}

function parse(cursor: Cursor): FilterPattern {
  cursor.skipSpace();
  if (cursor.current === '[') return parseDelimited(cursor);
  if (cursor.current !== '{') return parseTerms(cursor);
  const start = cursor.offset;
  cursor.take('{');
  const condition = parseCondition(cursor, { of: 'json' });
  if (!cursor.take('}')) {
    if (cursor.isAtEnd) cursor.fail('this brace is not closed', start);
    cursor.fail(`&&, || or } is expected here, not ${cursor.here}`);
  }
  cursor.skipSpace();
  if (!cursor.isAtEnd) cursor.fail('nothing can follow the closing brace');
  return { kind: 'json', condition };
}
