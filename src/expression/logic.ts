import { ABSENT, Duration, Timestamp, Unknown, ViewList, type Value } from './values.js';
import { checkLength } from './budget.js';
import { isDuration, isTimestamp } from './durations.js';

/** True, false, or not known. */
export type Truth = boolean | Unknown;

const nothingKnown = new Unknown([]);

/** A value where a truth is due. The checker lets nothing else through; what slips is not known, never true. */
export function truthOf(value: Value): Truth {
  return typeof value === 'boolean' || value instanceof Unknown ? value : nothingKnown;
}

/** A value where something must be: absence, which the checker rules out, is not known. */
export function present(value: Value): Value {
  return value === ABSENT ? nothingKnown : value;
}

export function not(value: Truth): Truth {
  return typeof value === 'boolean' ? !value : value;
}

export function and(left: Truth, right: Truth): Truth {
  if (left === false || right === false) return false;
  if (left === true) return right;
  return right === true ? left : left.and(right);
}

export function or(left: Truth, right: Truth): Truth {
  if (left === true || right === true) return true;
  if (left === false) return right;
  return right === false ? left : left.and(right);
}

/** The size of a list of which not all is known. Comparisons decide by its bounds where they can. */
export class SizeBounds extends Unknown {
  constructor(
    readonly least: number,
    readonly most: number,
    gaps: readonly string[],
  ) {
    super(gaps);
  }
}

/** Whatever makes the list open. */
export function opennessOf(list: ViewList): Unknown | undefined {
  let open = list.rest;
  for (const { because } of list.doubtful) open = open?.and(because) ?? because;
  return open;
}

export function sizeOf(value: Value): Value {
  if (typeof value === 'string') return codePointsIn(value);
  if (!(value instanceof ViewList)) return present(value);
  const open = opennessOf(value);
  if (open === undefined) return value.members.length;
  const most = value.rest === undefined ? value.members.length + value.doubtful.length : Number.POSITIVE_INFINITY;
  return new SizeBounds(value.members.length, most, open.gaps);
}

/** The number behind a number, a time or a duration. */
function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return value instanceof Timestamp || value instanceof Duration ? value.milliseconds : undefined;
}

export function equal(left: Value, right: Value): Truth {
  if (typeof left === 'string' && typeof right === 'string') return left === right;
  const open = openComparison('==', left, right);
  if (open !== undefined) return open;
  const number = numberOf(left);
  return number === undefined ? left === right : number === numberOf(right);
}

export type Ordering = '<' | '<=' | '>' | '>=';

export function compare(operator: Ordering, left: Value, right: Value): Truth {
  const open = openComparison(operator, left, right);
  if (open !== undefined) return open;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return ordered(operator, a, b);
  return typeof left === 'string' && typeof right === 'string'
    ? ordered(operator, byCodePoint(left, right), 0)
    : nothingKnown;
}

function ordered(operator: Ordering, a: number, b: number): boolean {
  switch (operator) {
    case '<': {
      return a < b;
    }
    case '<=': {
      return a <= b;
    }
    case '>': {
      return a > b;
    }
    case '>=': {
      return a >= b;
    }
  }
}

/** CEL orders strings by code point, JavaScript by UTF-16 unit. */
function byCodePoint(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === shorter) return a.length - b.length;
  // The second half of a character outside the basic plane says nothing by itself.
  if (at > 0 && ((a.codePointAt(at - 1) ?? 0) > 0xff_ff || (b.codePointAt(at - 1) ?? 0) > 0xff_ff)) at -= 1;
  return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
}

function codePointsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    count += 1;
    if (isHighSurrogate(text.charCodeAt(at)) && (text.codePointAt(at) ?? 0) > 0xff_ff) at += 1;
  }
  return count;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}

/** What is not known on a side, unless bounds decide all the same; undefined: both sides are known. */
function openComparison(operator: Ordering | '==', left: Value, right: Value): Truth | undefined {
  const a = present(left);
  const b = present(right);
  if (!(a instanceof Unknown) && !(b instanceof Unknown)) return undefined;
  const [boundsA, boundsB] = [boundsOf(a), boundsOf(b)];
  if (boundsA !== undefined && boundsB !== undefined) {
    const decided = byBounds(operator, boundsA, boundsB);
    if (decided !== undefined) return decided;
  }
  // Not the bounds themselves: they say nothing of a truth.
  if (!(a instanceof Unknown)) return b instanceof Unknown ? new Unknown(b.gaps) : undefined;
  return new Unknown(b instanceof Unknown ? a.and(b).gaps : a.gaps);
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

function boundsOf(value: Value): Bounds | undefined {
  if (value instanceof SizeBounds) return value;
  return typeof value === 'number' ? { least: value, most: value } : undefined;
}

function byBounds(operator: Ordering | '==', a: Bounds, b: Bounds): boolean | undefined {
  switch (operator) {
    case '==': {
      return a.most < b.least || a.least > b.most ? false : undefined;
    }
    case '<': {
      if (a.most < b.least) return true;
      return a.least >= b.most ? false : undefined;
    }
    case '<=': {
      if (a.most <= b.least) return true;
      return a.least > b.most ? false : undefined;
    }
    case '>': {
      return byBounds('<', b, a);
    }
    case '>=': {
      return byBounds('<=', b, a);
    }
  }
}

export function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: Value, right: Value): Value {
  const a = present(left);
  const b = present(right);
  // The bounds of a size do not hold for what is computed from it.
  if (a instanceof Unknown) return new Unknown(b instanceof Unknown ? a.and(b).gaps : a.gaps);
  if (b instanceof Unknown) return new Unknown(b.gaps);
  if (typeof a === 'string' && typeof b === 'string') {
    checkLength(a.length + b.length);
    return a + b;
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x === undefined || y === undefined) return nothingKnown;
  const result = compute(operator, x, y);
  // Beyond what a number holds exactly nothing is known.
  if (!Number.isSafeInteger(result)) return nothingKnown;
  if (a instanceof Timestamp && b instanceof Timestamp) return durationOf(result);
  if (a instanceof Timestamp || b instanceof Timestamp) {
    return isTimestamp(result) ? new Timestamp(result) : nothingKnown;
  }
  return a instanceof Duration ? durationOf(result) : result;
}

function durationOf(milliseconds: number): Value {
  return isDuration(milliseconds) ? new Duration(milliseconds) : nothingKnown;
}

function compute(operator: '+' | '-' | '*' | '/' | '%', x: number, y: number): number {
  switch (operator) {
    case '+': {
      return x + y;
    }
    case '-': {
      return x - y;
    }
    case '*': {
      return x * y;
    }
    case '/': {
      return Math.trunc(x / y);
    }
    case '%': {
      // Adding zero makes 0 of -0.
      return (x % y) + 0;
    }
  }
}

/** True for a known member; unknown while what is not known could hold it. */
export function isIn(value: Value, list: Value): Truth {
  if (!(list instanceof ViewList)) return list instanceof Unknown ? list : nothingKnown;
  let result: Truth = false;
  for (const member of list.members) {
    result = or(result, equal(value, member));
    if (result === true) return true;
  }
  for (const { value: member, because } of list.doubtful) {
    result = or(result, and(equal(value, member), because));
  }
  return list.rest === undefined ? result : or(result, list.rest);
}
