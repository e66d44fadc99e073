import type { Expression, Node } from '../expression/index.js';
import { isSettled, literalOf, type Bound } from './binding.js';
import { not } from './build.js';
import { CannotSay, type Term } from './condition.js';
import { isText } from './is-text.js';
import { isAddress, textFacts } from './facts.js';
import { isEvent, type Asked } from './lowering.js';
import { readingOf } from './paths.js';

/** The terms of a condition. */
export class TermLowering {
  /** One and the same term each time, so that what is asked of it can be asked at once. */
  private readonly facts = new Map<string, Term>();

  constructor(
    private readonly expression: Expression,
    private readonly conditions: Asked,
  ) {}

  term(node: Node, bound: Bound): Term {
    if (isSettled(node, bound)) return literalOf(this.conditions.settled(node, bound));
    if (node.kind === 'name') {
      const binding = bound.get(node.name);
      if (binding?.kind === 'part') return this.term(binding.node, binding.bound);
    }
    switch (node.kind) {
      case 'name':
      case 'select':
      case 'index': {
        return this.read(node, bound);
      }
      case 'call': {
        return this.call(node, bound);
      }
      case 'binary': {
        return this.computed(node, bound);
      }
      case 'unary': {
        if (node.operator === '!') throw new CannotSay('it compares conditions');
        const zero: Term = { kind: 'literal', value: 0 };
        return { kind: 'computed', operator: '-', left: zero, right: this.term(node.operand, bound) };
      }
      case 'conditional': {
        const when = this.conditions.condition(node.condition, bound);
        const branches = [
          { when, value: this.term(node.whenTrue, bound) },
          { when: not(when), value: this.term(node.whenFalse, bound) },
        ];
        return { kind: 'choice', branches, otherwise: { kind: 'nothing' } };
      }
      case 'macro': {
        throw new CannotSay(`it uses ${node.macro}()`);
      }
      default: {
        throw new CannotSay('it compares conditions');
      }
    }
  }

  private read(node: Node, bound: Bound): Term {
    if (node.kind === 'select' && isEvent(node.object)) {
      const fact = this.facts.get(node.field) ?? textFacts[node.field]?.(this.conditions.origin(node));
      if (fact !== undefined) {
        this.facts.set(node.field, fact);
        return fact;
      }
    }
    const path = this.conditions.place(node, bound);
    if (path === undefined) throw new CannotSay('it reads something other than a field of the record');
    return { kind: 'path', path, as: readingOf(this.expression, node, path) };
  }

  private call(node: Node & { readonly kind: 'call' }, bound: Bound): Term {
    const { name, receiver, args } = node;
    const [first, second] = receiver === undefined ? args : [receiver, ...args];
    if (first === undefined) throw new CannotSay(`it uses ${name}()`);
    switch (name) {
      case 'orValue': {
        if (second === undefined) throw new CannotSay('it has no default');
        return this.or(first, second, bound);
      }
      case 'lowerAscii': {
        return { kind: 'lower', of: this.term(first, bound) };
      }
      case 'string': {
        const of = this.term(first, bound);
        if (!isText(of)) throw new CannotSay('it makes a text of another value');
        return of;
      }
      case 'int': {
        const of = this.term(first, bound);
        return of.kind === 'path' && of.as === 'time' ? { kind: 'seconds', of } : of;
      }
      case 'size': {
        const coercion = this.expression.coercions.get(first);
        const isList = coercion === 'list' || coercion === 'texts' || this.isListPart(first);
        if (isList) return { kind: 'size', of: this.conditions.members(first, bound).list };
        return { kind: 'length', of: this.term(first, bound) };
      }
      default: {
        throw new CannotSay(`it uses ${name}()`);
      }
    }
  }

  /** Lists that are no JSON by themselves. */
  private isListPart(node: Node): boolean {
    if (node.kind === 'call' && node.name === 'split') return true;
    if (node.kind === 'call' && node.name === 'orValue' && node.receiver !== undefined) {
      const coercion = this.expression.coercions.get(node.receiver);
      return coercion === 'list' || coercion === 'texts';
    }
    return (
      node.kind === 'select' && isEvent(node.object) && (node.field === 'resources' || node.field === 'resourceIds')
    );
  }

  private or(first: Node, second: Node, bound: Bound): Term {
    const otherwise = this.term(second, bound);
    if (first.kind === 'select' && isEvent(first.object) && first.field === 'sourceIp') {
      const origin = this.conditions.origin(first);
      const value = this.read(first, bound);
      return { kind: 'choice', branches: [{ when: isAddress(origin), value }], otherwise };
    }
    const path = this.conditions.place(first, bound);
    if (path === undefined) throw new CannotSay('it reads something other than a field of the record');
    return { kind: 'or', path, as: readingOf(this.expression, first, path), otherwise };
  }

  private computed(node: Node & { readonly kind: 'binary' }, bound: Bound): Term {
    const { operator } = node;
    const left = this.term(node.left, bound);
    const right = this.term(node.right, bound);
    if (operator === '+' && isText(left) && isText(right)) return { kind: 'joined', parts: [left, right] };
    if (operator !== '+' && operator !== '-' && operator !== '/' && operator !== '%') {
      throw new CannotSay('the number may be out of range');
    }
    if (isMoment(left) || isMoment(right)) throw new CannotSay('it computes with times');
    return { kind: 'computed', operator, left, right };
  }
}

function isMoment(term: Term): boolean {
  return term.kind === 'moment' || (term.kind === 'path' && term.as === 'time');
}
