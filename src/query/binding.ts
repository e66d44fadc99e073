import { Duration, Timestamp, Unknown, ViewList, type Expression, type Node, type Value } from '../expression/index.js';
import { CannotSay, type Term } from './condition.js';

/** What a variable of a macro stands for. */
export type Binding =
  | { readonly kind: 'value'; readonly value: Value; readonly slot: number }
  /** A part of a list that is written out. */
  | { readonly kind: 'part'; readonly node: Node; readonly bound: Bound }
  /** A member of a list of the record. */
  | { readonly kind: 'member'; readonly id: number; readonly of: 'json' | 'text' | 'EventResource' };

export type Bound = ReadonlyMap<string, Binding>;

/** True where a part depends on nothing but parameters. */
export function isSettled(node: Node, bound: Bound): boolean {
  switch (node.kind) {
    case 'name': {
      return node.name === 'params' || bound.get(node.name)?.kind === 'value';
    }
    case 'literal': {
      return true;
    }
    case 'list': {
      return node.items.every((it) => isSettled(it, bound));
    }
    case 'select': {
      return isSettled(node.object, bound);
    }
    case 'has': {
      return isSettled(node.select, bound);
    }
    case 'index': {
      return isSettled(node.object, bound) && isSettled(node.key, bound);
    }
    case 'call': {
      return [...node.args, ...(node.receiver === undefined ? [] : [node.receiver])].every((it) =>
        isSettled(it, bound),
      );
    }
    case 'macro': {
      const inner: Bound = new Map([...bound, [node.variable, { kind: 'value', value: true, slot: 0 }]]);
      return isSettled(node.list, bound) && isSettled(node.body, inner);
    }
    case 'unary': {
      return isSettled(node.operand, bound);
    }
    case 'binary': {
      return isSettled(node.left, bound) && isSettled(node.right, bound);
    }
    case 'conditional': {
      return [node.condition, node.whenTrue, node.whenFalse].every((it) => isSettled(it, bound));
    }
    case 'broken': {
      return false;
    }
  }
}

/** The values of variables that are known, by the slots that closures find them in. */
export function slotsOf(bound: Bound): ReadonlyMap<number, Value> {
  return new Map([...bound.values()].flatMap((it) => (it.kind === 'value' ? [[it.slot, it.value] as const] : [])));
}

/** A value as it is written into a query. */
export function literalOf(value: Value): Term {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'literal', value };
  }
  if (value instanceof Timestamp) {
    if (value.milliseconds % 1000 !== 0) throw new CannotSay('it asks for parts of a second');
    return { kind: 'moment', seconds: value.milliseconds / 1000 };
  }
  if (value instanceof Unknown) throw new CannotSay('it is out of range');
  throw new CannotSay(
    value instanceof Duration ? 'it compares spans of time' : 'it compares more than texts and numbers',
  );
}

export function scalarsOf(list: Value): readonly (string | number | boolean)[] {
  if (!(list instanceof ViewList)) throw new CannotSay('the list is not known');
  return list.members.map((it) => {
    const { value } = { value: undefined, ...literalOf(it) };
    if (value === undefined) throw new CannotSay('it compares times with a list');
    return value;
  });
}

/** The slot of a macro's variable. */
export function slotOf(expression: Expression, node: Node): number {
  return expression.slots.get(node) ?? 0;
}
