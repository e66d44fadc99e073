import type { Cursor } from './cursor.js';
import { parseQuoted } from './parse-value.js';
import type { Step } from './pattern.js';

/** AWS's quotas. */
const maxWildcardsInSelector = 1;
const maxWildcards = 3;

/** `$.requestParameters.items[0]['a.key'].*` */
export function parseSelector(cursor: Cursor): readonly Step[] {
  cursor.skipSpace();
  const start = cursor.offset;
  if (!cursor.take('$.')) cursor.fail(`a field is expected here, such as $.eventName, not ${cursor.here}`);
  const steps: Step[] = [];
  do steps.push(parseStep(cursor));
  while (isContinued(cursor));
  const wildcards = steps.filter((it) => it.kind === 'each').length;
  cursor.wildcards += wildcards;
  if (wildcards > maxWildcardsInSelector) cursor.fail('more than one wildcard in one field', start);
  if (cursor.wildcards > maxWildcards) cursor.fail(`more than ${maxWildcards} wildcards in one pattern`, start);
  return steps;
}

function isContinued(cursor: Cursor): boolean {
  if (cursor.current === '[') return true;
  if (cursor.current !== '.') return false;
  cursor.offset += 1;
  return true;
}

function parseStep(cursor: Cursor): Step {
  if (cursor.current === '[') return parseBracket(cursor);
  if (cursor.current === '*') {
    cursor.offset += 1;
    return { kind: 'each' };
  }
  const key = cursor.word();
  if (key === '') cursor.fail(`the name of a field is expected here, not ${cursor.here}`);
  return { kind: 'key', key };
}

function parseBracket(cursor: Cursor): Step {
  const start = cursor.offset;
  cursor.offset += 1;
  const step = parseInside(cursor);
  if (cursor.current !== ']') cursor.fail('this bracket is not closed', start);
  cursor.offset += 1;
  return step;
}

function parseInside(cursor: Cursor): Step {
  if (cursor.current === '"' || cursor.current === "'") return { kind: 'key', key: parseQuoted(cursor) };
  if (cursor.current === '*') {
    cursor.offset += 1;
    return { kind: 'each' };
  }
  const digits = cursor.run((character) => character >= '0' && character <= '9');
  if (digits === '') cursor.fail(`a number, * or a key in quotes is expected here, not ${cursor.here}`);
  return { kind: 'index', index: Number(digits) };
}
