import type { Value, ViewObject } from './values.js';

/** The names that an expression reads. */
export interface Scope {
  get(name: string): Value;
}

/** What an evaluation carries: the scope, the variables by their slot, and who listens to what is read. */
export interface Frame {
  readonly scope: Scope;
  readonly variables: Value[];
  readonly onRead: ((object: ViewObject, field: string, value: Value) => void) | undefined;
}

export type Closure = (frame: Frame) => Value;
