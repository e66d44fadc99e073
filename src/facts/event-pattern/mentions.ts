import type { Mention } from '../partial-event/index.js';
import { addressOf } from './addresses.js';
import type { EventPattern, Test } from './pattern.js';

/** The places that the pattern asks about, with the values on which its answer turns. */
export function eventPatternMentions(pattern: EventPattern): readonly Mention[] {
  return pattern.alternatives.flatMap((fields) =>
    fields.map(({ name, tests }) => ({
      path: name.split('.'),
      values: tests.flatMap(valuesOf),
      isExhaustive: tests.every(isExact),
    })),
  );
}

function valuesOf(test: Test): Mention['values'] {
  switch (test.kind) {
    case 'text':
      return [test.text];
    case 'number':
      return [Number(test.written)];
    case 'literal':
      return [test.value];
    case 'equals':
    case 'prefix':
    case 'suffix':
      return [test.text];
    case 'wildcard':
      return [test.parts.join(''), test.parts.join('x')];
    case 'range':
      return [0, 1];
    case 'cidr':
      return [dotted(test.low), dotted(test.high)];
    case 'exists':
      return [true];
    case 'not':
      return test.tests.flatMap(valuesOf);
  }
}

/** Texts other than those that are named are answered alike. */
function isExact(test: Test): boolean {
  switch (test.kind) {
    case 'text':
      return addressOf(test.text) === undefined;
    case 'equals':
      return !test.ignoresCase;
    case 'prefix':
    case 'suffix':
      return test.text === '';
    case 'wildcard':
      return test.parts.every((it) => it === '');
    case 'cidr':
      return false;
    case 'not':
      return test.tests.every(isExact);
    case 'number':
    case 'literal':
    case 'range':
    case 'exists':
      return true;
  }
}

function dotted(hex: string): string {
  const groups = hex.match(hex.length === 8 ? /../g : /..../g) ?? [];
  return hex.length === 8 ? groups.map((it) => Number.parseInt(it, 16)).join('.') : groups.join(':');
}
