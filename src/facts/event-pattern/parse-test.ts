import { isEventObject, isWrittenNumber, type EventObject, type EventValue } from '../partial-event/index.js';
import { addressOf, blockOf } from './addresses.js';
import { comparable, maxNumber } from './numbers.js';
import type { Bound, Test } from './pattern.js';
import { fail } from './problem.js';

/** One value in the list of a field: what it is compared with, or how. */
export function parseTest(value: EventValue, path: string): Test {
  if (typeof value === 'string') return textTest(value);
  if (isWrittenNumber(value)) return numberTest(value.written);
  if (value === null || typeof value === 'boolean') return { kind: 'literal', value };
  if (!isEventObject(value))
    return fail('a value is text, a number, true, false, null or a test such as {"prefix": …}', path);
  return parseOperator(value, path);
}

/** A text that is an IP address also stands for its other spellings. */
function textTest(text: string): Test {
  const address = addressOf(text);
  return address === undefined ? { kind: 'text', text } : { kind: 'text', text, address };
}

function numberTest(written: string): Test {
  const value = comparable(Number(written));
  return value === undefined ? { kind: 'number', written } : { kind: 'number', written, comparable: value };
}

function parseOperator(object: EventObject, path: string): Test {
  const [operator, value] = onlyField(object, path);
  const here = `${path}.${operator}`;
  switch (operator) {
    case 'exactly':
      return { kind: 'equals', text: textOf(value, here), ignoresCase: false };
    case 'equals-ignore-case':
      return { kind: 'equals', text: textOf(value, here), ignoresCase: true };
    case 'prefix':
    case 'suffix':
      return { kind: operator, ...affixOf(value, here) };
    case 'wildcard':
      return { kind: 'wildcard', parts: partsOf(textOf(value, here), here) };
    case 'numeric':
      return parseNumeric(value, here);
    case 'cidr':
      return {
        kind: 'cidr',
        ...(blockOf(textOf(value, here)) ?? fail('a block of addresses is expected, such as 10.0.0.0/8', here)),
      };
    case 'exists':
      return typeof value === 'boolean' ? { kind: 'exists', is: value } : fail('true or false is expected', here);
    case 'anything-but':
      return { kind: 'not', tests: parseAnythingBut(value, here) };
    default:
      return fail(`"${operator}" is not a test`, path);
  }
}

function onlyField(object: EventObject, path: string): readonly [string, EventValue] {
  const [first, ...others] = Object.entries(object);
  if (first === undefined || others.length > 0) return fail('exactly one test is expected here', path);
  return first;
}

function textOf(value: EventValue, path: string): string {
  return typeof value === 'string' ? value : fail('text is expected', path);
}

function affixOf(value: EventValue, path: string): { readonly text: string; readonly ignoresCase: boolean } {
  if (!isEventObject(value)) return { text: textOf(value, path), ignoresCase: false };
  const [operator, text] = onlyField(value, path);
  if (operator !== 'equals-ignore-case') return fail(`"${operator}" is not allowed here`, path);
  return { text: textOf(text, `${path}.${operator}`), ignoresCase: true };
}

/** `*` stands for any text, `\*` and `\\` for themselves. */
function partsOf(text: string, path: string): readonly string[] {
  const tokens = text.match(/\\[\\*]|\\|\*|[^\\*]+/g) ?? [];
  const isTwice = tokens.some((it, index) => it === '*' && tokens[index + 1] === '*');
  if (isTwice) fail('two wildcards cannot follow each other', path);
  const parts = [''];
  for (const token of tokens) {
    if (token === '\\') fail('a backslash is allowed only before * or another backslash', path);
    if (token === '*') parts.push('');
    else parts[parts.length - 1] += token.startsWith('\\') ? token.slice(1) : token;
  }
  return parts;
}

function parseAnythingBut(value: EventValue, path: string): readonly Test[] {
  if (isEventObject(value)) return parseNested(value, path);
  const tests = (isList(value) ? value : [value]).map((it): Test => {
    if (typeof it === 'string') return { kind: 'equals', text: it, ignoresCase: false };
    if (!isWrittenNumber(it)) return fail('anything-but takes texts or numbers', path);
    const test = numberTest(it.written);
    if (test.kind !== 'number' || test.comparable === undefined) return outOfRange(path);
    return test;
  });
  const kinds = new Set(tests.map((it) => it.kind));
  if (kinds.size !== 1) fail('anything-but takes texts or numbers, not both', path);
  return tests;
}

function parseNested(object: EventObject, path: string): readonly Test[] {
  const [operator, value] = onlyField(object, path);
  const here = `${path}.${operator}`;
  const texts = (isList(value) ? value : [value]).map((it) => textOf(it, here));
  if (texts.length === 0) fail('a text is expected', here);
  switch (operator) {
    case 'equals-ignore-case':
      return texts.map((text) => ({ kind: 'equals', text, ignoresCase: true }));
    case 'prefix':
    case 'suffix':
      if (texts.includes('')) fail('an empty text is not allowed here', here);
      return texts.map((text) => ({ kind: operator, text, ignoresCase: false }));
    case 'wildcard':
      return texts.map((text) => ({ kind: 'wildcard', parts: partsOf(text, here) }));
    default:
      return fail(`"${operator}" is not allowed here`, path);
  }
}

function isList(value: EventValue): value is readonly EventValue[] {
  return Array.isArray(value);
}

const lowest: Bound = { value: 0, isOpen: false };
const highest: Bound = { value: comparable(maxNumber) ?? Number.POSITIVE_INFINITY, isOpen: false };

/** `["=", 5]`, `[">", 0]`, `[">=", 0, "<", 5]` */
function parseNumeric(value: EventValue, path: string): Test {
  if (!isList(value)) return fail('a list is expected, such as [">", 0]', path);
  const [operator, bound, second, top, ...more] = value;
  const one = boundOf(bound, operator === '<' || operator === '>', path);
  if (operator === '>' || operator === '>=') {
    if (second === undefined) return range(one, highest, path);
    if ((second !== '<' && second !== '<=') || more.length > 0) return fail('< or <= and a number are expected', path);
    return range(one, boundOf(top, second === '<', path), path);
  }
  if (second !== undefined) return fail('too many values', path);
  if (operator === '<' || operator === '<=') return range(lowest, one, path);
  if (operator === '=') return { kind: 'range', low: one, high: one };
  return fail('= < <= > or >= is expected', path);
}

function boundOf(value: EventValue | undefined, isOpen: boolean, path: string): Bound {
  if (value === undefined || !isWrittenNumber(value)) return fail('a number is expected', path);
  return { value: comparable(Number(value.written)) ?? outOfRange(path), isOpen };
}

function outOfRange(path: string): never {
  return fail(`a number between -${maxNumber} and ${maxNumber} is expected`, path);
}

function range(low: Bound, high: Bound, path: string): Test {
  return low.value < high.value
    ? { kind: 'range', low, high }
    : fail('the lower end must be less than the upper one', path);
}
