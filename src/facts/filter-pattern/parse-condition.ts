import type { Cursor } from './cursor.js';
import { parseSelector } from './parse-selector.js';
import { parseValue } from './parse-value.js';
import type { Condition, OrderOperator, Step } from './pattern.js';

/** What a condition is on: a selector in JSON patterns, the field's own name in space-delimited ones. */
export type Subject = { readonly of: 'json' } | { readonly of: 'word'; readonly name: string };

/** `||` over `&&` over what stands in parentheses or is one comparison: && binds tighter. */
export function parseCondition(cursor: Cursor, subject: Subject): Condition {
  return parseJoined(cursor, '||', 'or', () => parseJoined(cursor, '&&', 'and', () => parsePrimary(cursor, subject)));
}

function parseJoined(cursor: Cursor, symbol: string, kind: 'and' | 'or', parsePart: () => Condition): Condition {
  const first = parsePart();
  const parts = [first];
  while (cursor.take(symbol)) parts.push(parsePart());
  return parts.length === 1 ? first : { kind, parts };
}

function parsePrimary(cursor: Cursor, subject: Subject): Condition {
  cursor.skipSpace();
  const start = cursor.offset;
  if (cursor.take('(')) {
    const inner = parseCondition(cursor, subject);
    if (!cursor.take(')')) {
      if (cursor.isAtEnd) cursor.fail('this parenthesis is not closed', start);
      cursor.fail(`&&, || or ) is expected here, not ${cursor.here}`);
    }
    return inner;
  }
  return parseComparison(cursor, parseSubject(cursor, subject), subject);
}

function parseSubject(cursor: Cursor, subject: Subject): readonly Step[] {
  if (subject.of === 'json') return parseSelector(cursor);
  const start = cursor.offset;
  const name = cursor.word();
  if (name !== subject.name) cursor.fail(`only conditions on ${subject.name} are allowed here`, start);
  return [];
}

const orders: readonly OrderOperator[] = ['>=', '<=', '>', '<'];

function parseComparison(cursor: Cursor, at: readonly Step[], { of }: Subject): Condition {
  cursor.skipSpace();
  const start = cursor.offset;
  const operator = (['!=', ...orders, '='] as const).find((it) => cursor.take(it));
  if (operator === undefined) {
    if (of === 'word') return cursor.fail(`a comparison is expected here, not ${cursor.here}`);
    return parseWords(cursor, at);
  }
  if (operator === '=' && cursor.current === '=') cursor.fail('== is not a comparison: write =', start);
  cursor.skipSpace();
  const valueStart = cursor.offset;
  const isBareNull = /^null(?![A-Za-z0-9_\-*.+])/.test(cursor.text.slice(valueStart, valueStart + 5));
  if (isBareNull && of === 'json')
    cursor.fail('null is not a value: write IS NULL, or "null" for the text', valueStart);
  const value = parseValue(cursor);
  if (operator === '=' || operator === '!=') return { kind: 'compare', at, operator, value };
  if (value.kind === 'regex' || value.number === undefined)
    return cursor.fail(`${operator} needs a number`, valueStart);
  return { kind: 'order', at, operator, value };
}

/** `IS NULL`, `IS TRUE`, `IS FALSE`, `NOT EXISTS`: in capitals, and there are no others. */
function parseWords(cursor: Cursor, at: readonly Step[]): Condition {
  const start = cursor.offset;
  const first = cursor.word();
  cursor.skipSpace();
  const second = cursor.word();
  if (first === 'NOT' && second === 'EXISTS') return { kind: 'not-exists', at };
  if (first === 'IS' && second === 'NULL') return { kind: 'is', at, value: null };
  if (first === 'IS' && second === 'TRUE') return { kind: 'is', at, value: true };
  if (first === 'IS' && second === 'FALSE') return { kind: 'is', at, value: false };
  cursor.offset = start;
  return cursor.fail(
    `a comparison is expected here (= != > < >= <= NOT EXISTS, IS NULL, IS TRUE, IS FALSE), not ${first === '' ? cursor.here : `"${first}"`}`,
  );
}
