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
  /** For each deciding field what is to be fixed; undefined: the target itself. Looked for when they are asked for. */
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
  explainer.follow(expression.root, value, noLabels, true);
  return new Explained(value, explainer.because(), explainer.reads, explainer.values);
}

/** Most explanations are of what holds, of which nobody asks what is to be fixed: that is looked for when asked. */
class Explained implements Explanation {
  constructor(
    readonly value: Value,
    readonly because: readonly Because[],
    readonly reads: readonly Read[],
    /** The value of each read. */
    private readonly values: readonly Value[],
  ) {}

  get causes(): readonly (Cause | undefined)[] {
    const causes: (Cause | undefined)[] = [];
    for (const [at, { object, field }] of this.reads.entries()) {
      const value = this.values[at];
      if (value instanceof ViewList) causes.push(value.cause ?? object.cause?.(field));
      else if (value !== undefined && isEnd(value)) causes.push(object.cause?.(field));
    }
    return causes;
  }
}

const shownMembers = 3;

type Labels = ReadonlyMap<string, string>;

const noLabels: Labels = new Map();

/** The text of parts outside of loops, which is the same on every target. */
const texts = new WeakMap<Node, string>();

function textOf(node: Node, labels: Labels): string {
  if (labels.size > 0) return print(node, labels);
  const text = texts.get(node) ?? print(node);
  texts.set(node, text);
  return text;
}

class Explainer {
  readonly reads: Read[] = [];
  /** The value of each read. */
  readonly values: Value[] = [];
  private readonly shown = new Map<string, Because['value']>();
  private readonly frame: Frame;
  private readonly listening: Frame;

  constructor(
    private readonly expression: Expression,
    scope: Scope,
  ) {
    this.frame = frameOf(scope);
    const { variables, budget } = this.frame;
    this.listening = { scope, variables, budget, onRead: (object, field, value) => this.note(object, field, value) };
  }

  because(): Because[] {
    const parts: Because[] = [];
    for (const [expr, value] of this.shown) parts.push({ expr, value });
    return parts;
  }

  /** @param whole - the value of the part */
  follow(node: Node, whole: Value, labels: Labels, isShown: boolean): void {
    switch (node.kind) {
      case 'literal':
      case 'broken': {
        return;
      }
      case 'unary': {
        if (node.operator === '!') this.follow(node.operand, operandOf(whole), labels, isShown);
        else this.leaf(node, labels, isShown);
        return;
      }
      case 'binary': {
        this.followBinary(node, whole, labels, isShown);
        return;
      }
      case 'conditional': {
        this.followConditional(node, labels, isShown);
        return;
      }
      case 'macro': {
        if (node.macro === 'filter' || node.macro === 'map') this.leaf(node, labels, isShown);
        else this.followMacro(node, whole, labels, isShown);
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

  private followBinary(node: Binary, whole: Value, labels: Labels, isShown: boolean): void {
    const { operator, left, right } = node;
    if (operator !== '&&' && operator !== '||') {
      for (const side of [left, right])
        if (side.kind !== 'literal' && !isLiteralList(side)) this.leaf(side, labels, isShown);
      return;
    }
    const decides = operator === '||';
    const sides = [left, right];
    if (whole === decides) {
      const decisive = sides.find((side) => this.valueOf(side) === decides);
      if (decisive !== undefined) this.follow(decisive, decides, labels, isShown);
      return;
    }
    // Known: both sides had to be so. Not known: the sides that are not.
    for (const side of sides) {
      const value = whole instanceof Unknown ? this.valueOf(side) : whole;
      if (!(whole instanceof Unknown) || value instanceof Unknown) this.follow(side, value, labels, isShown);
    }
  }

  private followConditional(node: Conditional, labels: Labels, isShown: boolean): void {
    const condition = this.valueOf(node.condition);
    this.follow(node.condition, condition, labels, isShown);
    const branch = condition === true ? node.whenTrue : condition === false ? node.whenFalse : undefined;
    if (branch !== undefined) this.follow(branch, this.valueOf(branch), labels, isShown);
  }

  private followMacro(node: MacroCall, whole: Value, labels: Labels, isShown: boolean): void {
    const list = this.valueOf(node.list);
    const slot = this.expression.slots.get(node);
    if (!(list instanceof ViewList) || slot === undefined) {
      this.leaf(node.list, labels, isShown);
      return;
    }
    const listText = isShown ? textOf(node.list, labels) : '';
    const members =
      list.doubtful.length === 0 ? list.members : [...list.members, ...list.doubtful.map((it) => it.value)];
    let count = 0;
    let index = -1;
    for (const member of members) {
      index += 1;
      this.frame.variables[slot] = member;
      const value = this.valueOf(node.body);
      if (!isDecisive(node, whole, truthOf(value))) continue;
      count += 1;
      const isMemberShown = isShown && count <= shownMembers;
      const label = labelOf(member) ?? String(index);
      const inner = isMemberShown ? new Map([...labels, [node.variable, `${listText}[${label}]`]]) : labels;
      this.frame.variables[slot] = member;
      this.follow(node.body, value, inner, isMemberShown);
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
    if (isShown) this.shown.set(textOf(node, labels), scalarOf(value));
  }

  private valueOf(node: Node): Value {
    return this.expression.closures.get(node)?.(this.frame) ?? new Unknown([]);
  }

  private note(object: ViewObject, field: string, value: Value): void {
    if (object.type === 'params' || object.type === 'Arn') return;
    this.reads.push({ object, field });
    this.values.push(value);
  }
}

/** What `!` was asked of, by what it gave. */
function operandOf(whole: Value): Value {
  return typeof whole === 'boolean' ? !whole : whole;
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
