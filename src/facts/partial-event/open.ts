import { kind } from './kind.js';
import type { EventScalar } from './scalar.js';

/** A value that is not known, but of which something is. */
export type Open = OpenText | OpenValues | Anything;

/** Some text. */
export interface OpenText {
  readonly [kind]: 'open';
  readonly of: 'text';
  /** Texts that it often is, the commonest first. */
  readonly typical: readonly [string, ...string[]];
  /** Texts that it never is. */
  readonly never: readonly string[];
  readonly mayBeAbsent: boolean;
}

/** One of these and no other. */
export interface OpenValues {
  readonly [kind]: 'open';
  readonly of: 'values';
  readonly values: readonly EventScalar[];
  readonly mayBeAbsent: boolean;
}

/** Any JSON at all. */
export interface Anything {
  readonly [kind]: 'open';
  readonly of: 'anything';
  readonly mayBeAbsent: boolean;
}

export function isOpen(value: unknown): value is Open {
  return typeof value === 'object' && value !== null && kind in value && value[kind] === 'open';
}

export function someText(typical: readonly [string, ...string[]], never: readonly string[] = []): OpenText {
  return { [kind]: 'open', of: 'text', typical, never, mayBeAbsent: false };
}

export function oneOf(...values: readonly EventScalar[]): OpenValues {
  return { [kind]: 'open', of: 'values', values, mayBeAbsent: false };
}

export const anything: Anything = { [kind]: 'open', of: 'anything', mayBeAbsent: true };

/** The same, and the field may be missing. */
export function maybe<T extends Open>(it: T): T {
  return { ...it, mayBeAbsent: true };
}
