import { writtenNumber, type EventValue } from '../partial-event/index.js';
import { matchCondition } from './match-condition.js';
import type { DelimitedField, DelimitedPattern } from './pattern.js';

/** Whether the words of the record are as the pattern has them; the last field takes all words that are left. */
export function matchDelimited({ fields }: DelimitedPattern, record: string): boolean {
  const words = wordsOf(record);
  const ellipsis = fields.findIndex((it) => it.name === undefined);
  const needed = ellipsis === -1 ? fields.length : fields.length - 1;
  if (words.length < needed || words.length === 0) return false;
  return fields.every((field, index) => {
    if (index === ellipsis) return true;
    const isAfterEllipsis = ellipsis !== -1 && index > ellipsis;
    const word = words[isAfterEllipsis ? words.length - (fields.length - index) : index];
    if (word === undefined) return false;
    const takesRest = ellipsis === -1 && index === fields.length - 1 && words.length > fields.length;
    return holds(field, takesRest ? record.slice(word.start).trimEnd() : word.text);
  });
}

function holds({ condition }: DelimitedField, text: string): boolean {
  return condition === undefined || matchCondition(condition, asValue(text)) === 'yes';
}

function asValue(text: string): EventValue {
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
  return isNumber ? writtenNumber(text) : text;
}

interface Word {
  readonly start: number;
  readonly text: string;
}

/** Separated by white space; what stands in "…" or […] is one word. A quote that is not closed is a plain character. */
function wordsOf(record: string): readonly Word[] {
  const words: Word[] = [];
  let offset = 0;
  const closings: Closings = new Map();
  while (offset < record.length) {
    if (isSpace(record, offset)) {
      offset += 1;
      continue;
    }
    const enclosed = enclosedAt(record, offset, closings);
    const end = enclosed ?? plainEnd(record, offset);
    words.push({
      start: offset,
      text: enclosed === undefined ? record.slice(offset, end) : record.slice(offset + 1, end - 1),
    });
    offset = end;
  }
  return words;
}

function isSpace(text: string, offset: number): boolean {
  return ' \t\r\n'.includes(text.charAt(offset));
}

function plainEnd(record: string, start: number): number {
  let end = start;
  while (end < record.length && !isSpace(record, end)) end += 1;
  return end;
}

/** Where the next one of each closing sign stands: sought once only, else a record of opening ones takes its square. */
type Closings = Map<string, number>;

/** Where a word in quotes or brackets ends, if it does, and white space follows. */
function enclosedAt(record: string, start: number, closings: Closings): number | undefined {
  const opening = record.charAt(start);
  const closing = opening === '[' ? ']' : opening === '"' ? '"' : undefined;
  if (closing === undefined) return undefined;
  const last = closings.get(closing);
  const end = last !== undefined && last > start ? last : closingAfter(record, start, closing);
  closings.set(closing, end);
  if (end >= record.length) return undefined;
  return end + 1 === record.length || isSpace(record, end + 1) ? end + 1 : undefined;
}

function closingAfter(record: string, start: number, closing: string): number {
  let end = start + 1;
  while (end < record.length && record.charAt(end) !== closing) end += record.charAt(end) === '\\' ? 2 : 1;
  return end < record.length ? end : Number.POSITIVE_INFINITY;
}
