import type { Cursor } from './cursor.js';
import { parseCondition } from './parse-condition.js';
import type { DelimitedField, DelimitedPattern } from './pattern.js';

/** `[w1 = ERROR, ..., w3 > 5]` */
export function parseDelimited(cursor: Cursor): DelimitedPattern {
  const start = cursor.offset;
  cursor.take('[');
  const fields: DelimitedField[] = [];
  if (!cursor.take(']')) {
    do {
      cursor.skipSpace();
      const at = cursor.offset;
      const field = parseField(cursor);
      if (fields.some((it) => it.name === field.name)) {
        cursor.fail(field.name === undefined ? '... may occur only once' : `${field.name} occurs twice here`, at);
      }
      fields.push(field);
    } while (cursor.take(','));
    if (!cursor.take(']')) {
      if (cursor.isAtEnd) cursor.fail('this bracket is not closed', start);
      cursor.fail(`, or ] is expected here, not ${cursor.here}`);
    }
  }
  cursor.skipSpace();
  if (!cursor.isAtEnd) cursor.fail('nothing can follow the closing bracket');
  return { kind: 'delimited', fields };
}

function parseField(cursor: Cursor): DelimitedField {
  if (cursor.take('...')) return {};
  const start = cursor.offset;
  const name = cursor.word();
  if (name === '') cursor.fail(`the name of a field, or ..., is expected here, not ${cursor.here}`);
  cursor.skipSpace();
  if (cursor.isAtEnd || cursor.current === ',' || cursor.current === ']') return { name };
  cursor.offset = start;
  return { name, condition: parseCondition(cursor, { of: 'word', name }) };
}
