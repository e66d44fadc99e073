import {
  agree,
  either,
  isOpen,
  isWrittenNumber,
  negate,
  writtenOf,
  type EventValue,
  type Match,
  type Open,
  type OpenText,
  type WrittenNumber,
} from '../partial-event/index.js';
import type { OrderOperator, TextValue } from './pattern.js';
import { matchesWildcard } from './wildcard.js';

type Leaf = EventValue | undefined;

/**
 * `=` and `!=`. A field that is missing, null, true, false, a list or an object satisfies neither
 * (as `aws logs test-metric-filter` answers).
 */
export function compare(value: Leaf, operator: '=' | '!=', with_: TextValue): Match {
  if (isOpen(value)) return compareOpen(value, operator, with_);
  const equal = equals(value, with_);
  if (equal === undefined) return 'no';
  return equal === (operator === '=') ? 'yes' : 'no';
}

/** Undefined where the value cannot be compared. */
function equals(value: Leaf, with_: TextValue): boolean | undefined {
  if (typeof value === 'string') return matchesText(with_, value);
  if (typeof value !== 'number' && !isWrittenNumber(value)) return undefined;
  if (with_.kind === 'literal' && with_.number !== undefined) return numberOf(value) === with_.number;
  return matchesText(with_, writtenOf(value));
}

export function matchesText(with_: TextValue, text: string): boolean {
  return with_.kind === 'regex' ? with_.regex.test(text) : matchesWildcard(with_.text, text);
}

function numberOf(value: number | WrittenNumber): number {
  return typeof value === 'number' ? value : Number(value.written);
}

function compareOpen(open: Open, operator: '=' | '!=', with_: TextValue): Match {
  return overCases(
    open,
    (value) => compare(value, operator, with_),
    (text) => {
      const equal = equalsSomeText(text, with_);
      return operator === '=' ? equal : negate(equal);
    },
  );
}

/** Whether a text of which little is known is so. */
function equalsSomeText({ never }: OpenText, with_: TextValue): Match {
  if (isSatisfiedByAll(with_)) return 'yes';
  const isOneText = with_.kind === 'literal' && !with_.text.includes('*');
  return isOneText && never.includes(with_.text) ? 'no' : 'unknown';
}

function isSatisfiedByAll(with_: TextValue): boolean {
  // A regular expression that no anchor holds, and that is content with nothing, finds that in each text.
  if (with_.kind === 'regex') return !/[\^$]/.test(with_.source) && with_.regex.test('');
  return /^\*+$/.test(with_.text);
}

/** `>`, `<`, `>=`, `<=`: numbers only; the text "10" is not more than 1. */
export function order(value: Leaf, operator: OrderOperator, than: number): Match {
  if (isOpen(value))
    return overCases(
      value,
      (it) => order(it, operator, than),
      () => 'no',
    );
  if (typeof value !== 'number' && !isWrittenNumber(value)) return 'no';
  return ordered(numberOf(value), operator, than) ? 'yes' : 'no';
}

function ordered(value: number, operator: OrderOperator, than: number): boolean {
  switch (operator) {
    case '>':
      return value > than;
    case '<':
      return value < than;
    case '>=':
      return value >= than;
    case '<=':
      return value <= than;
  }
}

/** `IS TRUE` and `IS FALSE` are for booleans, not for such texts; `IS NULL` also for a list that has a null. */
export function is(value: Leaf, what: null | boolean): Match {
  if (isOpen(value))
    return overCases(
      value,
      (it) => is(it, what),
      () => 'no',
    );
  if (value === what) return 'yes';
  if (what !== null || !Array.isArray(value)) return 'no';
  return either(value.map((it) => (isOpen(it) ? is(it, null) : it === null ? 'yes' : 'no')));
}

export function exists(value: Leaf): Match {
  if (value === undefined) return 'no';
  return isOpen(value) && value.mayBeAbsent ? 'unknown' : 'yes';
}

/** What holds in each case that is left open. */
function overCases(open: Open, ofValue: (value: Leaf) => Match, ofText: (text: OpenText) => Match): Match {
  const absent = open.mayBeAbsent ? [ofValue(undefined)] : [];
  switch (open.of) {
    case 'anything':
      return 'unknown';
    case 'text':
      return agree([...absent, ofText(open)]);
    case 'values':
      return agree([...absent, ...open.values.map(ofValue)]);
  }
}
