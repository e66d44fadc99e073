import {
  agree,
  either,
  isEventObject,
  isOpen,
  isWrittenNumber,
  matchesParts,
  negate,
  writtenOf,
  type EventScalar,
  type EventValue,
  type Match,
  type OpenText,
  type WrittenNumber,
} from '../partial-event/index.js';
import { addressOf } from './addresses.js';
import { matchesIgnoringCase } from './ignore-case.js';
import { comparable } from './numbers.js';
import type { Bound, Test } from './pattern.js';

/** Whether a value that is there passes the test. */
export function passes(test: Test, value: EventValue): Match {
  if (!isOpen(value)) return isScalar(value) && passesScalar(test, value) ? 'yes' : 'no';
  switch (value.of) {
    case 'anything':
      return 'unknown';
    case 'text':
      return passesText(test, value);
    case 'values':
      return agree(value.values.map((it) => passes(test, it)));
  }
}

type Scalar = EventScalar | WrittenNumber;

function isScalar(value: EventValue): value is Scalar {
  return !Array.isArray(value) && !isEventObject(value) && !isOpen(value);
}

function passesScalar(test: Test, value: Scalar): boolean {
  switch (test.kind) {
    case 'exists':
      return test.is;
    case 'not':
      // Also of another kind: a number is anything but a text.
      return !test.tests.some((it) => passesScalar(it, value));
    case 'literal':
      return value === test.value;
    case 'number':
    case 'range':
      return isNumber(value) && passesNumber(test, value);
    case 'text':
    case 'equals':
    case 'prefix':
    case 'suffix':
    case 'wildcard':
    case 'cidr':
      return typeof value === 'string' && isText(test, value);
  }
}

function isNumber(value: Scalar): value is number | WrittenNumber {
  return typeof value === 'number' || isWrittenNumber(value);
}

function passesNumber(test: Extract<Test, { kind: 'number' | 'range' }>, value: number | WrittenNumber): boolean {
  const number = comparable(Number(writtenOf(value)));
  if (test.kind === 'range') return number !== undefined && isIn(number, test.low, test.high);
  if (number === undefined || test.comparable === undefined) return writtenOf(value) === test.written;
  return number === test.comparable;
}

function isIn(value: number, low: Bound, high: Bound): boolean {
  const isHighEnough = low.isOpen ? value > low.value : value >= low.value;
  return isHighEnough && (high.isOpen ? value < high.value : value <= high.value);
}

type TextTest = Extract<Test, { kind: 'text' | 'equals' | 'prefix' | 'suffix' | 'wildcard' | 'cidr' }>;

function isText(test: TextTest, text: string): boolean {
  switch (test.kind) {
    case 'text':
      return test.address === undefined ? text === test.text : addressOf(text) === test.address;
    case 'equals':
      return test.ignoresCase ? matchesIgnoringCase(test.text, text, 'whole') : text === test.text;
    case 'prefix':
      return test.ignoresCase ? matchesIgnoringCase(test.text, text, 'start') : text.startsWith(test.text);
    case 'suffix':
      return test.ignoresCase ? matchesIgnoringCase(test.text, text, 'end') : text.endsWith(test.text);
    case 'wildcard':
      return matchesParts(test.parts, text);
    case 'cidr': {
      const address = addressOf(text);
      return address?.length === test.low.length && test.low <= address && address <= test.high;
    }
  }
}

/** Whether a text of which little is known passes. */
function passesText(test: Test, text: OpenText): Match {
  switch (test.kind) {
    case 'exists':
      return test.is ? 'yes' : 'no';
    case 'literal':
    case 'number':
    case 'range':
      return 'no';
    case 'not':
      return negate(either(test.tests.map((it) => passesText(it, text))));
    case 'text':
      return test.address === undefined && text.never.includes(test.text) ? 'no' : 'unknown';
    case 'equals':
      return !test.ignoresCase && text.never.includes(test.text) ? 'no' : 'unknown';
    case 'prefix':
    case 'suffix':
      return test.text === '' ? 'yes' : 'unknown';
    case 'wildcard':
      return test.parts.length > 1 && test.parts.every((it) => it === '') ? 'yes' : 'unknown';
    case 'cidr':
      return 'unknown';
  }
}
