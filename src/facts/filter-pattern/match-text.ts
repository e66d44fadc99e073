import { isEventObject, readJson, type EventValue } from '../partial-event/index.js';
import { matchesText } from './compare.js';
import { matchCondition } from './match-condition.js';
import { matchDelimited } from './match-delimited.js';
import type { FilterPattern, Term, TermPattern } from './pattern.js';

/**
 * Whether a log record, as text, matches: what `aws logs test-metric-filter` says of it. A record that is not JSON
 * object matches no JSON pattern.
 */
export function matchesRecord(pattern: FilterPattern, record: string): boolean {
  switch (pattern.kind) {
    case 'json': {
      const event: EventValue | undefined = readRecord(record);
      return event !== undefined && isEventObject(event) && matchCondition(pattern.condition, event) === 'yes';
    }
    case 'terms':
      return matchesTerms(pattern, (term) => isIn(term, record));
    case 'delimited':
      return matchDelimited(pattern, record);
  }
}

function matchesTerms({ need, terms }: TermPattern, isThere: (term: Term) => boolean): boolean {
  if (need === 'some') return terms.some(isThere);
  return terms.every((term) => isThere(term) !== term.isExcluded);
}

/** In terms a `*` is no wildcard. */
export function isIn({ value }: Term, text: string): boolean {
  return value.kind === 'regex' ? matchesText(value, text) : text.includes(value.text);
}

/** Undefined where the record is not JSON. */
function readRecord(record: string): EventValue | undefined {
  try {
    return readJson(record);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
