import type { Call, Literal, Node } from './ast.js';
import type { Diagnostics } from './diagnostic.js';
import type { Environment } from './environment.js';
import { noFacts, type Facts } from './flow.js';
import type { ResolvedCall } from './resolved.js';
import { isAssignable, isText, listOf, string, type Type } from './types.js';

/** What is known of a part of an expression. */
export interface Typed {
  /** Undefined: it is broken, and reported; whatever follows from it is not. */
  readonly type: Type | undefined;
  /** From `.?`: it must pass through `.orValue()`. */
  readonly mayBeAbsent?: boolean;
  /** What holds when it is true, and when it is false. */
  readonly whenTrue: Facts;
  readonly whenFalse: Facts;
}

/** What an expression sees at one place. */
export interface Place {
  readonly variables: ReadonlyMap<string, Type>;
  readonly facts: Facts;
}

export const broken: Typed = { type: undefined, whenTrue: noFacts, whenFalse: noFacts };

export function typed(type: Type | undefined): Typed {
  return type === undefined ? broken : { type, whenTrue: noFacts, whenFalse: noFacts };
}

/** The checker, as its parts see it. */
export interface Checking {
  readonly environment: Environment;
  readonly diagnostics: Diagnostics;
  readonly calls: Map<Call, ResolvedCall>;
  /** Texts that are compared with an enum, and its values. */
  readonly enums: Map<Literal, readonly string[]>;
  check(node: Node, place: Place): Typed;
  value(node: Node, place: Place): Typed;
  condition(node: Node, place: Place): Typed;
}

/** The type that holds values of both. */
export function commonType(a: Type, b: Type): Type | undefined {
  if (a.kind === 'enum' && b.kind === 'enum') {
    return { kind: 'enum', values: [...new Set([...a.values, ...b.values])], isOpen: a.isOpen || b.isOpen };
  }
  if (a.kind === 'list' && b.kind === 'list') {
    const of = commonType(a.of, b.of);
    return of === undefined ? undefined : listOf(of);
  }
  if (a.kind === b.kind && isAssignable(a, b)) return a;
  return isText(a) && isText(b) ? string : undefined;
}
