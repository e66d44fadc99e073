import {
  evaluatePart,
  ViewList,
  type Expression,
  type MacroCall,
  type Node,
  type Scope,
  type Value,
} from '../expression/index.js';
import { isSettled, scalarsOf, slotOf, slotsOf, type Binding, type Bound } from './binding.js';
import { all, any, no, not, yes } from './build.js';
import { CannotSay, type Condition, type Origin, type QueryPart } from './condition.js';
import { conditionFacts, isAddress } from './facts.js';
import { isEvent, type Asked, type Members } from './lowering.js';
import { membersOf } from './lower-list.js';
import { placeOf, type Place } from './paths.js';
import { TermLowering } from './lower-term.js';

/** Turns a checked expression over one event into a condition that engines can be told. */
export class Lowering implements Asked {
  private readonly terms: TermLowering;
  private lastMember = 0;

  /**
   * @param scope - knows `params`
   * @param names - the names of events that the policy is about; undefined: any
   */
  constructor(
    private readonly expression: Expression,
    private readonly scope: Scope,
    private readonly part: QueryPart,
    private readonly names: readonly string[] | undefined,
  ) {
    this.terms = new TermLowering(expression, this);
  }

  root(): Condition {
    return this.condition(this.expression.root, new Map());
  }

  origin(node: Node): Origin {
    return { part: this.part, node };
  }

  /** The value of a part that depends on parameters alone. */
  settled(node: Node, bound: Bound): Value {
    return evaluatePart(this.expression, node, this.scope, slotsOf(bound));
  }

  place(node: Node, bound: Bound): Place | undefined {
    return placeOf(node, bound, (key) => {
      const value = isSettled(key, bound) ? this.settled(key, bound) : undefined;
      if (typeof value !== 'string') throw new CannotSay('the key depends on the event');
      return value;
    });
  }

  /** A condition; what cannot be told to any engine stands in it as just that. */
  condition(node: Node, bound: Bound): Condition {
    try {
      return this.said(node, bound);
    } catch (error) {
      if (!(error instanceof CannotSay)) throw error;
      return { kind: 'unsaid', because: error.message, origin: this.origin(node) };
    }
  }

  private said(node: Node, bound: Bound): Condition {
    if (isSettled(node, bound)) {
      const value = this.settled(node, bound);
      if (typeof value !== 'boolean') throw new CannotSay('it is out of range');
      return value ? yes : no;
    }
    switch (node.kind) {
      case 'unary': {
        return not(this.condition(node.operand, bound));
      }
      case 'binary': {
        return this.binary(node, bound);
      }
      case 'conditional': {
        const asked = this.condition(node.condition, bound);
        return any(
          all(asked, this.condition(node.whenTrue, bound)),
          all(not(asked), this.condition(node.whenFalse, bound)),
        );
      }
      case 'macro': {
        return this.macro(node, bound);
      }
      case 'has': {
        return this.has(node.select, bound);
      }
      case 'call': {
        return this.call(node, bound);
      }
      case 'name': {
        const binding = bound.get(node.name);
        if (binding?.kind === 'part') return this.condition(binding.node, binding.bound);
        return this.truth(node, bound);
      }
      case 'select': {
        const fact = isEvent(node.object) ? conditionFacts[node.field] : undefined;
        return fact === undefined ? this.truth(node, bound) : fact(this.origin(node), this.names);
      }
      default: {
        return this.truth(node, bound);
      }
    }
  }

  private truth(node: Node, bound: Bound): Condition {
    return { kind: 'true', value: this.terms.term(node, bound), origin: this.origin(node) };
  }

  private has(select: Node & { readonly kind: 'select' }, bound: Bound): Condition {
    const origin = this.origin(select);
    if (isEvent(select.object) && select.field === 'sourceIp') return isAddress(origin);
    const path = this.place(select, bound);
    if (path === undefined) throw new CannotSay('it asks whether something is there that is no field of the record');
    return { kind: 'there', path, origin };
  }

  private binary(node: Node & { readonly kind: 'binary' }, bound: Bound): Condition {
    const { operator, left, right } = node;
    const origin = this.origin(node);
    switch (operator) {
      case '&&': {
        const first = this.condition(left, bound);
        return first.kind === 'constant' && !first.value ? no : all(first, this.condition(right, bound));
      }
      case '||': {
        const first = this.condition(left, bound);
        return first.kind === 'constant' && first.value ? yes : any(first, this.condition(right, bound));
      }
      case '!=': {
        return not(this.compare('==', left, right, bound, origin));
      }
      case '==':
      case '<':
      case '<=':
      case '>':
      case '>=': {
        return this.compare(operator, left, right, bound, origin);
      }
      case 'in': {
        return this.isIn(left, right, bound, origin);
      }
      default: {
        throw new CannotSay('it is a number');
      }
    }
  }

  private compare(
    operator: '==' | '<' | '<=' | '>' | '>=',
    left: Node,
    right: Node,
    bound: Bound,
    origin: Origin,
  ): Condition {
    const [a, b] = [this.terms.term(left, bound), this.terms.term(right, bound)];
    return { kind: 'compare', operator, left: a, right: b, origin };
  }

  private isIn(left: Node, right: Node, bound: Bound, origin: Origin): Condition {
    if (isSettled(right, bound)) {
      const values = scalarsOf(this.settled(right, bound));
      return values.length === 0 ? no : { kind: 'one-of', value: this.terms.term(left, bound), values, origin };
    }
    const value = this.terms.term(left, bound);
    if (right.kind === 'list') {
      return any(
        ...right.items.map((it): Condition => ({
          kind: 'compare',
          operator: '==',
          left: value,
          right: this.terms.term(it, bound),
          origin,
        })),
      );
    }
    const { list, of } = this.members(right, bound);
    if (of === 'EventResource') throw new CannotSay('it compares objects');
    const member = this.nextMember();
    const as = value.kind === 'literal' && typeof value.value === 'number' ? 'int' : 'text';
    const path: Place = { member, names: [], typed: 0, kind: of };
    const body: Condition = { kind: 'compare', operator: '==', left: { kind: 'path', path, as }, right: value, origin };
    return { kind: 'exists', list, member, body, origin };
  }

  private nextMember(): number {
    this.lastMember += 1;
    return this.lastMember;
  }

  private macro(node: MacroCall, bound: Bound): Condition {
    const origin = this.origin(node);
    if (node.macro !== 'exists' && node.macro !== 'all') throw new CannotSay(`it uses ${node.macro}()`);
    const isExists = node.macro === 'exists';
    const bodyWith = (binding: Binding): Condition => {
      const body = this.condition(node.body, new Map([...bound, [node.variable, binding]]));
      return isExists ? body : not(body);
    };
    const found = this.anyMember(node, bound, bodyWith, origin);
    return isExists ? found : not(found);
  }

  private anyMember(
    node: MacroCall,
    bound: Bound,
    bodyWith: (binding: Binding) => Condition,
    origin: Origin,
  ): Condition {
    const slot = slotOf(this.expression, node);
    if (isSettled(node.list, bound)) {
      const list = this.settled(node.list, bound);
      if (!(list instanceof ViewList)) throw new CannotSay('the list is not known');
      return any(...list.members.map((value) => bodyWith({ kind: 'value', value, slot })));
    }
    if (node.list.kind === 'list') {
      return any(
        ...node.list.items.map((it) =>
          bodyWith(
            isSettled(it, bound)
              ? { kind: 'value', value: this.settled(it, bound), slot }
              : { kind: 'part', node: it, bound },
          ),
        ),
      );
    }
    const { list, of } = this.members(node.list, bound);
    const id = this.nextMember();
    const body = bodyWith({ kind: 'member', id, of });
    return body.kind === 'constant' && !body.value ? no : { kind: 'exists', list, member: id, body, origin };
  }

  members(node: Node, bound: Bound): Members {
    return membersOf(node, bound, this, this.terms, this.expression);
  }

  private call(node: Node & { readonly kind: 'call' }, bound: Bound): Condition {
    const origin = this.origin(node);
    const { name, receiver, args } = node;
    const [first, second] = receiver === undefined ? args : [receiver, ...args];
    if (name === 'orValue' || first === undefined) return this.truth(node, bound);
    const value = (): ReturnType<TermLowering['term']> => this.terms.term(first, bound);
    const written = (what: string): string => {
      const text = second !== undefined && isSettled(second, bound) ? this.settled(second, bound) : undefined;
      if (typeof text !== 'string') throw new CannotSay(`${what} depends on the event`);
      return text;
    };
    switch (name) {
      case 'startsWith':
      case 'endsWith':
      case 'contains': {
        if (second === undefined) return this.truth(node, bound);
        const tests = { startsWith: 'starts', endsWith: 'ends', contains: 'contains' } as const;
        return { kind: 'text', test: tests[name], value: value(), part: this.terms.term(second, bound), origin };
      }
      case 'matches': {
        return { kind: 'matches', value: value(), pattern: written('the pattern'), origin };
      }
      case 'arnLike': {
        return { kind: 'arn-like', value: value(), patterns: [written('the pattern')], origin };
      }
      case 'isArn': {
        return { kind: 'matches', value: value(), pattern: '(?s)^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$', origin };
      }
      default: {
        throw new CannotSay(`it uses ${name}()`);
      }
    }
  }
}
