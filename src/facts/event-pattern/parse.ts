import { isEventObject, readJson, type EventObject, type EventValue } from '../partial-event/index.js';
import { duplicateKey } from './duplicate-key.js';
import { parseTest } from './parse-test.js';
import type { EventPattern, ParsedEventPattern, Test } from './pattern.js';
import { EventPatternError, fail } from './problem.js';
import { byText } from '../../text/order.js';

/** More than EventBridge takes. */
const maxLength = 65_536;
const maxDepth = 100;
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const maxAlternatives = 1000;

/** Names that cannot stand in a branch of `$or`, since they would be tests. */
const reserved = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex ' +
    'not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);

/** Parses an event pattern as EventBridge does. Any text is answered. */
export function parseEventPattern(text: string): ParsedEventPattern {
  try {
    return { state: 'parsed', pattern: parse(text) };
  } catch (error) {
    if (!(error instanceof EventPatternError)) throw error;
    return { state: 'invalid', problem: { path: error.path, message: error.message } };
  }
}

function parse(text: string): EventPattern {
  if (text.length > maxLength) fail(`the pattern has ${text.length} characters`, '');
  const root = read(text);
  const twice = duplicateKey(text);
  if (twice !== undefined) fail(`"${twice}" occurs twice in one object`, '');
  if (!isEventObject(root)) fail('an event pattern is an object', '');
  const builder = new Builder();
  builder.addObject(root, [], 'outside');
  return { alternatives: builder.alternatives.map(sorted), steps: builder.steps };
}

function read(text: string): EventValue {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(`this is not JSON: ${error.message}`, '');
  }
}

type Tests = ReadonlyMap<string, readonly Test[]>;

function sorted(tests: Tests): EventPattern['alternatives'][number] {
  return [...tests].toSorted(([a], [b]) => byText(a, b)).map(([name, of]) => ({ name, tests: of }));
}

/** Goes through the pattern in its order, as EventBridge does: of two tests of one field the later replaces the other. */
class Builder {
  alternatives: readonly Tests[] = [new Map()];
  readonly steps = new Set<string>();
  private depth = 0;

  addObject(object: EventObject, path: readonly string[], place: 'outside' | 'in-or'): void {
    const fields = Object.entries(object);
    const here = path.join('.');
    if (fields.length === 0) fail('an object has at least one field', here);
    this.depth += 1;
    if (this.depth > maxDepth) fail(`more than ${maxDepth} objects in one another`, '');
    for (const [name, value] of fields) {
      if (name === '$or') this.addOr(value, path);
      else this.addField(name, value, [...path, name], place);
    }
    this.depth -= 1;
  }

  private addField(name: string, value: EventValue, path: readonly string[], place: 'outside' | 'in-or'): void {
    const here = path.join('.');
    if (place === 'in-or' && reserved.has(name)) fail(`"${name}" cannot be a field in $or`, here);
    for (const step of name.split('.')) this.steps.add(step);
    if (isEventObject(value)) {
      this.addObject(value, path, place);
      return;
    }
    if (!isList(value)) fail('a list of values, or an object, is expected', here);
    if (value.length === 0) fail('a list has at least one value', here);
    const tests = value.map((it, index) => parseTest(it, `${here}[${index}]`));
    this.alternatives = this.alternatives.map((it) => new Map([...it, [here, tests]]));
  }

  private addOr(value: EventValue, path: readonly string[]): void {
    const here = [...path, '$or'].join('.');
    if (!isList(value) || value.length < 2) return fail('$or has a list of at least two objects', here);
    const before = this.alternatives;
    const all: Tests[] = [];
    for (const branch of value) {
      if (!isEventObject(branch)) return fail('$or has a list of objects', here);
      this.alternatives = before;
      this.addObject(branch, path, 'in-or');
      all.push(...this.alternatives);
      if (all.length > maxAlternatives) fail(`more than ${maxAlternatives} combinations of $or`, here);
    }
    this.alternatives = all;
  }
}

function isList(value: EventValue): value is readonly EventValue[] {
  return Array.isArray(value);
}
