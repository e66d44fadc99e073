import type { Budget } from './budget.js';
import type { Value, ViewObject } from './values.js';

/** The names that an expression reads. */
export interface Scope {
  get(name: string): Value;
}

/** What an evaluation carries: the scope, the variables by their slot, and who listens to what is read. */
export interface Frame {
  readonly scope: Scope;
  readonly variables: Value[];
  readonly budget: Budget;
  readonly onRead: ((object: ViewObject, field: string, value: Value) => void) | undefined;
}

/** A frame for one evaluation. */
export function frameOf(scope: Scope, onRead?: Frame['onRead']): Frame {
  return { scope, variables: [], budget: { steps: 0 }, onRead };
}

export type Closure = (frame: Frame) => Value;
