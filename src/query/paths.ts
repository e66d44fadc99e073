import type { Expression, Node } from '../expression/index.js';
import type { Bound } from './binding.js';
import { CannotSay, type Path, type Reading } from './condition.js';
import { recordFields } from './record-fields.js';

/** A place, with the type of the object there. */
export interface Place extends Path {
  readonly of?: string;
}

/** The place that a part reads; undefined: it reads none. */
export function placeOf(node: Node, bound: Bound, keyOf: (node: Node) => string): Place | undefined {
  switch (node.kind) {
    case 'name': {
      if (node.name === 'event') return { names: [], typed: 0, kind: 'object', of: 'Event' };
      const binding = bound.get(node.name);
      if (binding?.kind === 'part') return placeOf(binding.node, binding.bound, keyOf);
      if (binding?.kind !== 'member') return undefined;
      const { id: member, of } = binding;
      return of === 'EventResource'
        ? { member, names: [], typed: 0, kind: 'object', of }
        : { member, names: [], typed: 0, kind: of };
    }
    case 'select': {
      const owner = placeOf(node.object, bound, keyOf);
      return owner === undefined ? undefined : step(owner, node.field);
    }
    case 'index': {
      const owner = placeOf(node.object, bound, keyOf);
      return owner === undefined ? undefined : step(owner, keyOf(node.key));
    }
    default: {
      return undefined;
    }
  }
}

function step(owner: Place, name: string): Place | undefined {
  const names = [...owner.names, name];
  const member = owner.member === undefined ? {} : { member: owner.member };
  if (owner.kind === 'json') return { ...member, names, typed: owner.typed, kind: 'json' };
  const field = recordFields[owner.of ?? '']?.[name];
  return field === undefined ? undefined : { ...member, names, typed: names.length, ...field };
}

/** What a place is read as. */
export function readingOf(expression: Expression, node: Node, { kind }: Path): Reading {
  if (kind === 'text' || kind === 'bool' || kind === 'time') return kind;
  const coercion = expression.coercions.get(node);
  if (coercion === 'text' || coercion === 'int' || coercion === 'bool') return coercion;
  throw new CannotSay('it reads more than a text, a number, or true and false');
}

/** JSON that is read. Its root is a field of the record, or a member of a list. */
export function jsonIn({ names, typed, kind }: Path): readonly string[] | undefined {
  return kind === 'json' ? names.slice(typed) : undefined;
}
