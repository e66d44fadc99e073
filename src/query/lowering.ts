import type { Node, Value } from '../expression/index.js';
import type { Bound } from './binding.js';
import type { Condition, List, Origin } from './condition.js';
import type { Place } from './paths.js';

/** A list of the record, and what its members are. */
export interface Members {
  readonly list: List;
  readonly of: 'json' | 'text' | 'EventResource';
}

/** The lowering of an expression, as its parts see it. */
export interface Asked {
  origin(node: Node): Origin;
  /** The value of a part that depends on parameters alone. */
  settled(node: Node, bound: Bound): Value;
  /** The place that a part reads; undefined: it reads none. */
  place(node: Node, bound: Bound): Place | undefined;
  condition(node: Node, bound: Bound): Condition;
  members(node: Node, bound: Bound): Members;
}

/** True of `event` itself. */
export function isEvent(node: Node): boolean {
  return node.kind === 'name' && node.name === 'event';
}
