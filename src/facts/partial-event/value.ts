import type { Open } from './open.js';
import type { EventScalar } from './scalar.js';
import { kind } from './kind.js';

/** An event's value, as far as it is known: JSON, with {@link Open} in the places where it is not. */
export type EventValue = EventScalar | WrittenNumber | Open | readonly EventValue[] | EventObject;

export interface EventObject {
  readonly [key: string]: EventValue;
}

/** A number as it stands in the text: for filter patterns `1` and `1.0` are not the same. */
export interface WrittenNumber {
  readonly [kind]: 'number';
  readonly written: string;
}

export function writtenNumber(written: string): WrittenNumber {
  return { [kind]: 'number', written };
}

export function isWrittenNumber(value: unknown): value is WrittenNumber {
  return typeof value === 'object' && value !== null && kind in value && value[kind] === 'number';
}

/** The text of a number; a plain number is taken to be written as JSON.stringify writes it. */
export function writtenOf(value: number | WrittenNumber): string {
  return typeof value === 'number' ? String(value) : value.written;
}

export function isEventObject(value: EventValue): value is EventObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(kind in value);
}

/** An own field; what an object inherits is no part of an event. */
export function fieldOf(object: EventObject, key: string): EventValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
