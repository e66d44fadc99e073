import { ViewList, type Expression, type Node } from '../expression/index.js';
import { isSettled, type Bound } from './binding.js';
import { CannotSay } from './condition.js';
import type { TermLowering } from './lower-term.js';
import { isEvent, type Asked, type Members } from './lowering.js';

/** The list that a part reads. */
export function membersOf(
  node: Node,
  bound: Bound,
  asked: Asked,
  terms: TermLowering,
  expression: Expression,
): Members {
  if (node.kind === 'macro') throw new CannotSay(`it uses ${node.macro}()`);
  if (node.kind === 'name') {
    const binding = bound.get(node.name);
    if (binding?.kind === 'part') return asked.members(binding.node, binding.bound);
  }
  if (node.kind === 'select' && isEvent(node.object)) {
    if (node.field === 'resources') return { list: { kind: 'resources' }, of: 'EventResource' };
    if (node.field === 'resourceIds') return { list: { kind: 'resource-arns' }, of: 'text' };
  }
  if (node.kind === 'call' && node.name === 'split' && node.receiver !== undefined) {
    const [by] = node.args;
    const separator = by !== undefined && isSettled(by, bound) ? asked.settled(by, bound) : undefined;
    if (typeof separator !== 'string' || separator === '') throw new CannotSay('it splits by what is not written out');
    return { list: { kind: 'split', of: terms.term(node.receiver, bound), separator }, of: 'text' };
  }
  return ofJson(node, bound, asked, expression);
}

function ofJson(node: Node, bound: Bound, asked: Asked, expression: Expression): Members {
  const receiver = node.kind === 'call' && node.name === 'orValue' ? node.receiver : undefined;
  const [fallback] = node.kind === 'call' ? node.args : [];
  if (receiver !== undefined && !isEmptyList(fallback, bound, asked)) {
    throw new CannotSay('it has another list where one is missing');
  }
  const read = receiver ?? node;
  const path = asked.place(read, bound);
  const coercion = expression.coercions.get(read);
  if (path?.kind !== 'json' || (coercion !== 'list' && coercion !== 'texts')) {
    throw new CannotSay('it asks the members of a list that is computed');
  }
  // Members are read as texts where they are compared, either way.
  return { list: { kind: 'json', path, orEmpty: receiver !== undefined }, of: 'json' };
}

function isEmptyList(node: Node | undefined, bound: Bound, asked: Asked): boolean {
  if (node === undefined || !isSettled(node, bound)) return false;
  const value = asked.settled(node, bound);
  return value instanceof ViewList && value.members.length === 0;
}
