import {
  ABSENT,
  Duration,
  JsonValue,
  Timestamp,
  Unknown,
  ViewList,
  isViewMap,
  isViewObject,
  type Value,
} from './values.js';
import type { Call, Node } from './ast.js';
import { spend, spendOn, spendOnLookup, weightOf } from './budget.js';
import type { Closure, Frame, Scope } from './frame.js';
import { coerced, fieldOfJson, keyOfJson, type Coercion } from './json.js';
import { and, arithmetic, compare, equal, isIn, not, or, present, sizeOf, truthOf } from './logic.js';
import { quantify } from './quantify.js';
import type { ResolvedCall } from './resolved.js';

/** Turns checked expressions into functions, once; each part keeps its own, for explanations. */
export class Compiler {
  readonly closures = new Map<Node, Closure>();
  /** The slot of each macro's variable. */
  readonly slots = new Map<Node, number>();

  constructor(
    private readonly calls: ReadonlyMap<Call, ResolvedCall>,
    private readonly coercions: ReadonlyMap<Node, Coercion>,
    /** Parts that are compiled as others, for mutation tests. */
    private readonly substitutes: ReadonlyMap<Node, Node> = new Map(),
  ) {}

  compile(node: Node, variables: readonly string[]): Closure {
    const made = this.make(this.substitutes.get(node) ?? node, variables);
    const to = this.coercions.get(node);
    const closure: Closure = to === undefined ? made : (frame) => coerced(made(frame), to);
    this.closures.set(node, closure);
    return closure;
  }

  private make(node: Node, variables: readonly string[]): Closure {
    switch (node.kind) {
      case 'literal': {
        const { value } = node;
        return () => value;
      }
      case 'list': {
        const items = node.items.map((item) => this.compile(item, variables));
        const meant = node.items.map((item) => this.substitutes.get(item) ?? item);
        if (meant.every((item) => item.kind === 'literal')) {
          const constant = new ViewList(meant.map((item) => item.value));
          return () => constant;
        }
        return (frame) => new ViewList(items.map((item) => present(item(frame))));
      }
      case 'name': {
        const slot = variables.lastIndexOf(node.name);
        const { name } = node;
        return slot < 0 ? (frame) => frame.scope.get(name) : (frame) => frame.variables[slot] ?? new Unknown([]);
      }
      case 'select': {
        return this.select(this.compile(node.object, variables), node.field);
      }
      case 'has': {
        const select = this.compile(node.select, variables);
        return (frame) => {
          const value = select(frame);
          return value instanceof Unknown ? value : value !== ABSENT;
        };
      }
      case 'index': {
        return this.index(this.compile(node.object, variables), this.compile(node.key, variables));
      }
      case 'call': {
        return this.call(node, variables);
      }
      case 'macro': {
        const list = this.compile(node.list, variables);
        const slot = variables.length;
        this.slots.set(node, slot);
        const once = this.compile(node.body, [...variables, node.variable]);
        const { macro } = node;
        const steps = weightOf(node.body);
        const body: Closure = (frame) => {
          spend(frame.budget, steps);
          return once(frame);
        };
        return (frame) => quantify(macro, list(frame), frame, slot, body);
      }
      case 'unary': {
        const operand = this.compile(node.operand, variables);
        if (node.operator === '!') return (frame) => not(truthOf(operand(frame)));
        return (frame) => {
          const value = operand(frame);
          return value instanceof Duration ? new Duration(-value.milliseconds) : arithmetic('-', 0, value);
        };
      }
      case 'binary': {
        const left = this.compile(node.left, variables);
        const right = this.compile(node.right, variables);
        return binary(node.operator, left, right);
      }
      case 'conditional': {
        const condition = this.compile(node.condition, variables);
        return conditional(condition, this.compile(node.whenTrue, variables), this.compile(node.whenFalse, variables));
      }
      case 'broken': {
        throw new Error('only checked expressions are compiled');
      }
    }
  }

  private select(object: Closure, field: string): Closure {
    return (frame) => {
      const owner = object(frame);
      if (isViewObject(owner)) {
        const value = owner.get(field);
        frame.onRead?.(owner, field, value);
        return value;
      }
      if (owner instanceof JsonValue) return fieldOfJson(owner, field);
      // Absent: of `.?`, whose further fields are absent, too. Unknown: so are its fields.
      return owner === ABSENT || owner instanceof Unknown ? owner : new Unknown([]);
    };
  }

  private index(map: Closure, key: Closure): Closure {
    return (frame) => {
      const owner = map(frame);
      const at = key(frame);
      if (owner instanceof Unknown) return owner;
      if (at instanceof Unknown) return at;
      if (owner instanceof JsonValue) return keyOfJson(owner, at);
      if (owner === ABSENT) return ABSENT;
      return typeof owner === 'object' && isViewMap(owner) && typeof at === 'string' ? owner.get(at) : new Unknown([]);
    };
  }

  private call(node: Call, variables: readonly string[]): Closure {
    const operands = node.receiver === undefined ? node.args : [node.receiver, ...node.args];
    const args = operands.map((operand) => this.compile(operand, variables));
    const [first, second] = args;
    const resolved = this.calls.get(node);
    if (resolved === undefined || first === undefined) throw new Error(`unresolved call of ${node.name}`);
    switch (resolved.kind) {
      case 'constant': {
        const { value } = resolved;
        return () => value;
      }
      case 'size': {
        return (frame) => sizeOf(read(first, frame));
      }
      case 'matches': {
        const { pattern } = resolved;
        return (frame) => {
          const text = present(first(frame));
          spendOn(frame.budget, text);
          return typeof text === 'string' ? pattern.test(text) : new Unknown(text instanceof Unknown ? text.gaps : []);
        };
      }
      case 'or-value': {
        return (frame) => {
          const value = first(frame);
          return value === ABSENT && second !== undefined ? second(frame) : value;
        };
      }
      case 'built-in': {
        const { builtIn } = resolved;
        return (frame) =>
          applyKnown(args, frame, (values) => {
            for (const value of values) spendOn(frame.budget, value);
            return builtIn.apply(values);
          });
      }
      case 'view-function': {
        const { viewFunction } = resolved;
        return (frame) =>
          applyKnown(args, frame, (values) => {
            for (const value of values) {
              if (typeof value === 'object' && isViewObject(value)) frame.onRead?.(value, '*', true);
            }
            return viewFunction.apply(values, () => nowOf(frame.scope));
          });
      }
    }
  }
}

function nowOf(scope: Scope): Timestamp {
  const now = scope.get('now');
  if (!(now instanceof Timestamp)) throw new Error('a scope without now');
  return now;
}

/** An unknown argument makes the result unknown. */
function applyKnown(args: readonly Closure[], frame: Frame, apply: (values: readonly Value[]) => Value): Value {
  const values = args.map((arg) => present(arg(frame)));
  let missing: Unknown | undefined;
  for (const value of values) {
    if (value instanceof Unknown) missing = missing?.and(value) ?? value;
  }
  return missing === undefined ? apply(values) : new Unknown(missing.gaps);
}

/** A value that is gone through to its end: a long text costs. */
function read(closure: Closure, frame: Frame): Value {
  const value = closure(frame);
  if (typeof value === 'string') spendOn(frame.budget, value);
  return value;
}

function binary(operator: (Node & { readonly kind: 'binary' })['operator'], left: Closure, right: Closure): Closure {
  switch (operator) {
    case '&&': {
      return (frame) => {
        const first = truthOf(left(frame));
        return first === false ? false : and(first, truthOf(right(frame)));
      };
    }
    case '||': {
      return (frame) => {
        const first = truthOf(left(frame));
        return first === true ? true : or(first, truthOf(right(frame)));
      };
    }
    case '==': {
      return (frame) => equal(read(left, frame), read(right, frame));
    }
    case '!=': {
      return (frame) => not(equal(read(left, frame), read(right, frame)));
    }
    case 'in': {
      return (frame) => {
        const list = right(frame);
        const value = left(frame);
        spendOnLookup(frame.budget, value, list);
        return isIn(value, list);
      };
    }
    case '<':
    case '<=':
    case '>':
    case '>=': {
      return (frame) => compare(operator, read(left, frame), read(right, frame));
    }
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      return (frame) => arithmetic(operator, left(frame), right(frame));
    }
  }
}

/** Where the condition is not known but both branches agree, so is the result. */
function conditional(condition: Closure, whenTrue: Closure, whenFalse: Closure): Closure {
  return (frame) => {
    const truth = truthOf(condition(frame));
    if (truth === true) return whenTrue(frame);
    if (truth === false) return whenFalse(frame);
    const a = whenTrue(frame);
    const b = whenFalse(frame);
    if (a === ABSENT || b === ABSENT || a instanceof Unknown || b instanceof Unknown) return truth;
    return isScalar(a) && equal(a, b) === true ? a : truth;
  };
}

function isScalar(value: Value): boolean {
  return typeof value !== 'object' || value instanceof Duration || value instanceof Timestamp;
}
