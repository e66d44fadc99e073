import type { Binary, Call, Literal, Node } from './ast.js';
import type { Coercion } from './json.js';
import type { Diagnostics } from './diagnostic.js';
import type { Environment } from './environment.js';
import { noFacts, type Facts } from './flow.js';
import type { ResolvedCall } from './resolved.js';
import { bool, int, isAssignable, isText, json, listOf, string, type Type } from './types.js';

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
  /** Where two texts are put together with `+`. */
  readonly joined: Set<Binary>;
  /** Texts that are compared with an enum, and its values. */
  readonly enums: Map<Literal, readonly string[]>;
  /** Parts of the kind `json`, and what they are read as. */
  readonly coercions: Map<Node, Coercion>;
  check(node: Node, place: Place): Typed;
  value(node: Node, place: Place): Typed;
  condition(node: Node, place: Place): Typed;
}

/**
 * The type of a part that is read as `wanted` where it is JSON; what is JSON and wanted as what JSON has not stays it.
 * Undefined: whatever kind, as text.
 */
export function readAs(checker: Checking, node: Node, type: Type, wanted: Type | undefined): Type {
  if (type.kind === 'list' && type.of.kind === 'json' && (wanted === undefined || isText(wanted))) {
    checker.coercions.set(node, 'texts');
    return listOf(string);
  }
  if (type.kind !== 'json') return type;
  const kind = wanted === undefined || wanted.kind === 'json' || isText(wanted) ? 'string' : wanted.kind;
  switch (kind) {
    case 'string': {
      checker.coercions.set(node, 'text');
      return string;
    }
    case 'int': {
      checker.coercions.set(node, 'int');
      return int;
    }
    case 'bool': {
      checker.coercions.set(node, 'bool');
      return bool;
    }
    case 'list': {
      const isOfTexts = wanted?.kind === 'list' && isText(wanted.of);
      checker.coercions.set(node, isOfTexts ? 'texts' : 'list');
      return listOf(isOfTexts ? string : json);
    }
    default: {
      return type;
    }
  }
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
