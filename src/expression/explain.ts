import { ABSENT, Unknown, ViewList, isViewMap, isViewObject, type Value, type ViewObject } from './values.js';
import type { Binary, Conditional, MacroCall, Node } from './ast.js';
import { describeValue } from './describe.js';
import type { Expression } from './expression.js';
import { frameOf, type Frame, type Scope } from './frame.js';
import { truthOf } from './logic.js';
import { print } from './print.js';
import type { Cause } from '../model/cause.js';

/** A field that was read. */
export interface Read {
  readonly object: ViewObject;
  readonly field: string;
}

/** A part of an expression that decided, and its value. */
export interface Because {
  readonly expr: string;
  readonly value: string | number | boolean;
}

export interface Explanation {
  readonly value: Value;
  /** The parts that decided, with the values that they read; of list members the first three. */
  readonly because: readonly Because[];
  /** The fields that the deciding parts read. */
  readonly reads: readonly Read[];
  /** For each deciding field what is to be fixed; undefined: the target itself. */
  readonly causes: readonly (Cause | undefined)[];
}

/**
 * Says why an expression has its value: follows what decided, and evaluates it again.
 *
 * @param value what it has, where that is known already
 */
export function explain(
  expression: Expression,
  scope: Scope,
  value: Value = expression.run(frameOf(scope)),
): Explanation {
  const explainer = new Explainer(expression, scope);
  explainer.follow(expression.root, new Map(), true);
  return { value, because: explainer.because(), reads: explainer.reads, causes: explainer.causes };
}

const shownMembers = 3;

type Labels = ReadonlyMap<string, string>;

class Explainer {
  readonly reads: Read[] = [];
  readonly causes: (Cause | undefined)[] = [];
  private readonly shown = new Map<string, Because['value']>();
  private readonly frame: Frame;
  private readonly listening: Frame;

  constructor(
    private readonly expression: Expression,
    scope: Scope,
  ) {
    this.frame = frameOf(scope);
    this.listening = { ...this.frame, onRead: (object, field, value) => this.note(object, field, value) };
  }

  because(): Because[] {
    return [...this.shown].map(([expr, value]) => ({ expr, value }));
  }

  follow(node: Node, labels: Labels, isShown: boolean): void {
    switch (node.kind) {
      case 'literal':
      case 'broken': {
        return;
      }
      case 'unary': {
        if (node.operator === '!') this.follow(node.operand, labels, isShown);
        else this.leaf(node, labels, isShown);
        return;
      }
      case 'binary': {
        this.followBinary(node, labels, isShown);
        return;
      }
      case 'conditional': {
        this.followConditional(node, labels, isShown);
        return;
      }
      case 'macro': {
        if (node.macro === 'filter' || node.macro === 'map') this.leaf(node, labels, isShown);
        else this.followMacro(node, labels, isShown);
        return;
      }
      case 'list':
      case 'name':
      case 'select':
      case 'has':
      case 'index':
      case 'call': {
        this.leaf(node, labels, isShown);
      }
    }
  }

  private followBinary(node: Binary, labels: Labels, isShown: boolean): void {
    const { operator, left, right } = node;
    if (operator !== '&&' && operator !== '||') {
      for (const side of [left, right])
        if (side.kind !== 'literal' && !isLiteralList(side)) this.leaf(side, labels, isShown);
      return;
    }
    const whole = this.valueOf(node);
    const decides = operator === '||';
    const sides = [left, right];
    if (whole === decides) {
      const decisive = sides.find((side) => this.valueOf(side) === decides);
      if (decisive !== undefined) this.follow(decisive, labels, isShown);
      return;
    }
    // Known: both sides had to be so. Not known: the sides that are not.
    for (const side of sides) {
      if (!(whole instanceof Unknown) || this.valueOf(side) instanceof Unknown) this.follow(side, labels, isShown);
    }
  }

  private followConditional(node: Conditional, labels: Labels, isShown: boolean): void {
    this.follow(node.condition, labels, isShown);
    const condition = this.valueOf(node.condition);
    if (condition === true) this.follow(node.whenTrue, labels, isShown);
    if (condition === false) this.follow(node.whenFalse, labels, isShown);
  }

  private followMacro(node: MacroCall, labels: Labels, isShown: boolean): void {
    const list = this.valueOf(node.list);
    const slot = this.expression.slots.get(node);
    const listText = print(node.list, labels);
    if (!(list instanceof ViewList) || slot === undefined) {
      this.leaf(node.list, labels, isShown);
      return;
    }
    const whole = this.valueOf(node);
    let count = 0;
    for (const [index, member] of [...list.members, ...list.doubtful.map((it) => it.value)].entries()) {
      this.frame.variables[slot] = member;
      const truth = truthOf(this.valueOf(node.body));
      if (!isDecisive(node, whole, truth)) continue;
      count += 1;
      const label = labelOf(member) ?? String(index);
      const inner = new Map([...labels, [node.variable, `${listText}[${label}]`]]);
      this.frame.variables[slot] = member;
      this.follow(node.body, inner, isShown && count <= shownMembers);
      if (node.macro === 'exists' && whole === true) break;
    }
    this.noteList(node, list, labels);
    if (!isShown) return;
    if (count > shownMembers) this.shown.set(listText, `and ${count - shownMembers} more`);
    else if (count === 0) this.shown.set(listText, describeValue(list));
    if (whole instanceof Unknown && !list.isClosed) this.shown.set(`${listText} (others)`, describeValue(whole));
  }

  /** A list decides by itself when nothing in it does. */
  private noteList(node: MacroCall, list: ViewList, labels: Labels): void {
    if (list.members.length === 0 || !list.isClosed) this.leaf(node.list, labels, false);
  }

  /** Shows a part as a whole, and notes what it reads. */
  private leaf(node: Node, labels: Labels, isShown: boolean): void {
    const value = this.expression.closures.get(node)?.(this.listening) ?? new Unknown([]);
    if (isShown) this.shown.set(print(node, labels), scalarOf(value));
  }

  private valueOf(node: Node): Value {
    return this.expression.closures.get(node)?.(this.frame) ?? new Unknown([]);
  }

  private note(object: ViewObject, field: string, value: Value): void {
    if (object.type === 'params' || object.type === 'Arn') return;
    this.reads.push({ object, field });
    if (value instanceof ViewList) this.causes.push(value.cause ?? object.cause?.(field));
    else if (isEnd(value)) this.causes.push(object.cause?.(field));
  }
}

/** True where a path of fields ends: another object on the way decides nothing. */
function isEnd(value: Value): boolean {
  if (value === ABSENT || value instanceof Unknown || typeof value !== 'object') return true;
  return !isViewObject(value) && !isViewMap(value);
}

/** True when a member whose body has this truth made the whole what it is. */
function isDecisive(node: MacroCall, whole: Value, truth: Value): boolean {
  if (node.macro === 'exists_one') return whole instanceof Unknown ? truth !== false : truth === true;
  if (whole instanceof Unknown) return node.macro === 'all' ? truth !== true : truth !== false;
  return truth === whole;
}

function isLiteralList(node: Node): boolean {
  return node.kind === 'list' && node.items.every((item) => item.kind === 'literal');
}

function labelOf(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && isViewObject(value) ? value.label : undefined;
}

function scalarOf(value: Value): Because['value'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : describeValue(value);
}
