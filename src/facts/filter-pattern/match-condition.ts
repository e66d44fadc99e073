import {
  both,
  either,
  fieldOf,
  isEventObject,
  isOpen,
  negate,
  type EventValue,
  type Match,
} from '../partial-event/index.js';
import { compare, exists, is, order } from './compare.js';
import type { Condition, Step } from './pattern.js';

/** Whether the condition holds of the event, as far as it is known. */
export function matchCondition(condition: Condition, event: EventValue): Match {
  switch (condition.kind) {
    case 'and':
      return both(lazily(condition.parts, event));
    case 'or':
      return either(lazily(condition.parts, event));
    case 'compare':
      return at(event, condition.at, (value) => compare(value, condition.operator, condition.value));
    case 'order':
      return at(event, condition.at, (value) => order(value, condition.operator, condition.value.number ?? Number.NaN));
    case 'is':
      return at(event, condition.at, (value) => is(value, condition.value));
    case 'not-exists':
      return negate(at(event, condition.at, exists));
  }
}

function* lazily(parts: readonly Condition[], event: EventValue): Generator<Match> {
  for (const part of parts) yield matchCondition(part, event);
}

/** Asks what stands at the end of the steps: undefined where there is nothing. Of many places one is enough. */
function at(
  root: EventValue | undefined,
  steps: readonly Step[],
  ask: (value: EventValue | undefined) => Match,
  from = 0,
): Match {
  let value = root;
  for (const [offset, step] of steps.slice(from).entries()) {
    if (isOpen(value) && value.of === 'anything') return 'unknown';
    if (step.kind === 'each') return either(membersOf(value).map((it) => at(it, steps, ask, from + offset + 1)));
    value = stepInto(value, step);
  }
  return ask(value);
}

function stepInto(value: EventValue | undefined, step: Exclude<Step, { kind: 'each' }>): EventValue | undefined {
  if (value === undefined) return undefined;
  if (step.kind === 'key') return isEventObject(value) ? fieldOf(value, step.key) : undefined;
  return isList(value) ? value[step.index] : undefined;
}

/** A wildcard stands for the members of a list and for the values of an object. */
function membersOf(value: EventValue | undefined): readonly EventValue[] {
  if (value === undefined) return [];
  if (isList(value)) return value;
  return isEventObject(value) ? Object.values(value) : [];
}

function isList(value: EventValue): value is readonly EventValue[] {
  return Array.isArray(value);
}
