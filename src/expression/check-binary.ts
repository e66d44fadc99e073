import type { Binary, Node } from './ast.js';
import { constantOf } from './constant.js';
import { durationHelp } from './durations.js';
import { keyQuestion } from './elsewhere.js';
import { both, either, fact, isNotEmpty, noFacts, type Facts } from './flow.js';
import { suggestion } from './suggest.js';
import { broken, readAs, typed, type Checking, type Place, type Typed } from './typed.js';
import {
  bool,
  describeType,
  duration,
  int,
  isAssignable,
  isText,
  listOf,
  string,
  timestamp,
  type Type,
} from './types.js';

/** Checks what two operands make: logic, comparisons, membership and arithmetic. */
export function checkBinary(checker: Checking, node: Binary, place: Place): Typed {
  switch (node.operator) {
    case '&&': {
      const left = checker.condition(node.left, place);
      const right = checker.condition(node.right, { ...place, facts: both(place.facts, left.whenTrue) });
      if (left.type !== undefined && right.type !== undefined) constantOf(checker.diagnostics, node);
      return {
        type: bool,
        whenTrue: both(left.whenTrue, right.whenTrue),
        whenFalse: either(left.whenFalse, right.whenFalse),
      };
    }
    case '||': {
      const left = checker.condition(node.left, place);
      const right = checker.condition(node.right, { ...place, facts: both(place.facts, left.whenFalse) });
      if (left.type !== undefined && right.type !== undefined) constantOf(checker.diagnostics, node);
      return {
        type: bool,
        whenTrue: either(left.whenTrue, right.whenTrue),
        whenFalse: both(left.whenFalse, right.whenFalse),
      };
    }
    default: {
      const hyphenated = hyphenatedField(checker, node, place);
      if (hyphenated) return broken;
      const leftType = checker.value(node.left, place).type;
      const rightType = checker.value(node.right, place).type;
      if (leftType === undefined || rightType === undefined) return isArithmetic(node) ? broken : typed(bool);
      const isMember = node.operator === 'in';
      const right = readAs(checker, node.right, rightType, isMember ? listOf(leftType) : leftType);
      const left = readAs(checker, node.left, leftType, right.kind === 'list' ? right.of : right);
      if (node.operator === 'in') return checkIn(checker, node, left, right);
      if (isArithmetic(node)) return checkArithmetic(checker, node, left, right);
      return checkComparison(checker, node, left, right);
    }
  }
}

/** `trail.is-logging` reads as a difference: it is the name of a field, written with hyphens. */
function hyphenatedField(checker: Checking, { operator, left, right }: Binary, place: Place): boolean {
  if (operator !== '-' || left.kind !== 'select' || right.kind !== 'name') return false;
  if (place.variables.has(right.name) || checker.environment.names.has(right.name)) return false;
  const { type } = checker.check(left.object, place);
  const fields = type?.kind === 'object' ? checker.environment.types.object(type.name) : undefined;
  if (fields === undefined || fields.has(left.field) || left.fieldSpan.end + 1 !== right.start) return false;
  const written = `${left.field}-${right.name}`;
  const span = { start: left.fieldSpan.start, end: right.end };
  const meant = suggestion(written.replaceAll('-', ''), [...fields.keys()], 'it has');
  checker.diagnostics.error(span, 'unknown-field', `there is no field '${written}'`, meant);
  return true;
}

const arithmeticOperators: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

function isArithmetic({ operator }: Binary): boolean {
  return arithmeticOperators.has(operator);
}

function checkIn(checker: Checking, node: Binary, left: Type, right: Type): Typed {
  if (right.kind !== 'list') {
    const help = isText(right) ? `for text write ….contains(…)` : keyQuestion(node.right, node.left);
    checker.diagnostics.error(node, 'types', `'in' needs a list; the right side is ${describeType(right)}`, help);
    return typed(bool);
  }
  if (!areComparable(left, right.of) || !isScalar(left)) {
    checker.diagnostics.error(
      node,
      'types',
      `a list of ${describeType(right.of)} never holds ${describeType(left)}`,
      insteadOfObjects(left),
    );
    return typed(bool);
  }
  if (node.right.kind === 'list') {
    for (const item of node.right.items) neverEqual(checker, item, left);
  } else {
    neverEqual(checker, node.left, right.of);
  }
  return { type: bool, whenTrue: fact(isNotEmpty(node.right)), whenFalse: noFacts };
}

function checkComparison(checker: Checking, node: Binary, left: Type, right: Type): Typed {
  const { operator } = node;
  const isEquality = operator === '==' || operator === '!=';
  const isOrdered = left.kind !== 'bool' && left.kind !== 'enum';
  if (!isScalar(left) || !isScalar(right) || !areComparable(left, right) || (!isEquality && !isOrdered)) {
    checker.diagnostics.error(
      node,
      'types',
      `cannot compare ${describeType(left)} ${operator} ${describeType(right)}`,
      insteadOfComparing(node, left, right),
    );
    return typed(bool);
  }
  constantOf(checker.diagnostics, node);
  if (isEquality) {
    neverEqual(checker, node.left, right);
    neverEqual(checker, node.right, left);
  }
  if (operator === '!=' && ((left.kind === 'enum' && left.isOpen) || (right.kind === 'enum' && right.isOpen))) {
    checker.diagnostics.warning(
      node,
      'open-enum',
      'AWS may add values: != also holds for the new ones',
      'say what is right, with == or in',
    );
  }
  return { type: bool, ...factsOfSize(node) };
}

/** `size(list) > 0` says that the list is not empty, `size(list) == 0` that otherwise it is not. */
function factsOfSize(node: Binary): { whenTrue: Facts; whenFalse: Facts } {
  const { left, right, operator } = node;
  const list = left.kind === 'call' && left.name === 'size' ? (left.receiver ?? left.args[0]) : undefined;
  if (list === undefined || right.kind !== 'literal') return { whenTrue: noFacts, whenFalse: noFacts };
  const notEmpty = fact(isNotEmpty(list));
  const saysSome =
    (operator === '>' && right.value === 0) ||
    (operator === '!=' && right.value === 0) ||
    (operator === '>=' && right.value === 1);
  const saysNone = (operator === '==' && right.value === 0) || (operator === '<' && right.value === 1);
  return { whenTrue: saysSome ? notEmpty : noFacts, whenFalse: saysNone ? notEmpty : noFacts };
}

/** Notes the enum that a literal is a value of, and reports a literal that no value of an enum can equal. */
function neverEqual(checker: Checking, node: Node, other: Type): void {
  if (other.kind !== 'enum' || node.kind !== 'literal' || typeof node.value !== 'string') return;
  checker.enums.set(node, other.values);
  if (other.values.includes(node.value)) return;
  checker.diagnostics.error(
    node,
    'never-equal',
    `'${node.value}' is not one of ${describeType(other)}`,
    suggestion(node.value, other.values, 'one of'),
  );
}

function checkArithmetic(checker: Checking, node: Binary, left: Type, right: Type): Typed {
  const type = arithmeticType(node.operator, left, right);
  if (type === undefined) {
    checker.diagnostics.error(
      node,
      'types',
      `cannot compute ${describeType(left)} ${node.operator} ${describeType(right)}`,
      insteadOfComparing(node, left, right),
    );
    return broken;
  }
  if ((node.operator === '/' || node.operator === '%') && !isWrittenDivisor(node.right)) {
    checker.diagnostics.error(node.right, 'types', 'divide by a number other than 0, written out');
    return broken;
  }
  if (type.kind === 'string') checker.joined.add(node);
  return typed(type);
}

/** A number other than 0, with its sign: what is divided by it has a value. */
function isWrittenDivisor(node: Node): boolean {
  if (node.kind === 'unary' && node.operator === '-') return isWrittenDivisor(node.operand);
  return node.kind === 'literal' && node.value !== 0;
}

function arithmeticType(operator: string, left: Type, right: Type): Type | undefined {
  const kinds = `${isText(left) ? 'string' : left.kind} ${operator} ${isText(right) ? 'string' : right.kind}`;
  switch (kinds) {
    case 'int + int':
    case 'int - int':
    case 'int * int':
    case 'int / int':
    case 'int % int': {
      return int;
    }
    case 'string + string': {
      return string;
    }
    case 'duration + duration':
    case 'duration - duration':
    case 'timestamp - timestamp': {
      return duration;
    }
    case 'timestamp + duration':
    case 'duration + timestamp':
    case 'timestamp - duration': {
      return timestamp;
    }
    default: {
      return undefined;
    }
  }
}

function isScalar(type: Type): boolean {
  return type.kind !== 'object' && type.kind !== 'list' && type.kind !== 'map';
}

function areComparable(a: Type, b: Type): boolean {
  if (isText(a) && isText(b)) {
    if (a.kind === 'enum' && b.kind === 'enum') return a.values.some((value) => b.values.includes(value));
    return true;
  }
  return a.kind === b.kind && (isAssignable(a, b) || isAssignable(b, a));
}

function insteadOfObjects(type: Type): string | undefined {
  if (type.kind === 'object') return 'compare what names them, as in a.arn == b.arn';
  return type.kind === 'list' ? 'ask its members: exists(x, …) or all(x, …)' : undefined;
}

/** What to write instead, where the mistake is a known one. */
function insteadOfComparing(node: Binary, left: Type, right: Type): string | undefined {
  const [other, literal] = node.left.kind === 'literal' ? [right, node.left] : [left, node.right];
  const ofObjects = insteadOfObjects(left) ?? insteadOfObjects(right);
  if (ofObjects !== undefined) return ofObjects;
  if (literal.kind === 'literal') {
    const text = String(literal.value);
    if (other.kind === 'duration' && typeof literal.value === 'number') return `write duration('${text}h')`;
    if (other.kind === 'duration') return `write duration('${text}'); ${durationHelp(text)}`;
    if (other.kind === 'timestamp' && typeof literal.value === 'number') return `write duration('${text}h')`;
    if (other.kind === 'timestamp') return `write timestamp('${text}')`;
    if (other.kind === 'bool') return 'use the condition by itself, or with !';
    if (other.kind === 'int' && /^\d+$/.test(text)) return `write ${text} without quotes`;
  }
  const kinds: ReadonlySet<Type['kind']> = new Set([left.kind, right.kind]);
  if (kinds.has('duration') && kinds.has('int')) return 'make a duration of days with days(…)';
  if (kinds.has('duration') && kinds.has('timestamp')) return 'compare now - … with a duration';
  if (kinds.has('timestamp') && kinds.has('string')) return 'make text of it with string(…)';
  if (kinds.has('string') && kinds.has('int')) return 'make text of it with string(…)';
  if (left.kind === 'enum' && right.kind === 'enum') return 'they have no value in common';
  return duration.kind === left.kind ? durationHelp('') : undefined;
}
