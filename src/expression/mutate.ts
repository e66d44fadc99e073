import type { Binary, BinaryOperator, Literal, Node } from './ast.js';
import { childrenOf } from './children.js';
import { withSubstitute, type Expression } from './expression.js';
import type { Facts } from './flow.js';
import { print } from './print.js';
import { replace } from './replace.js';

/** An expression with one thing changed. */
export interface Mutant {
  readonly expression: Expression;
  /** Offset in the source of what was changed. */
  readonly start: number;
  /** `trail.isLogging && x → trail.isLogging || x` */
  readonly change: string;
  /** What holds where it does: what else is checked on that ground may not stand on it any more. */
  readonly facts: Facts;
}

const flips: Readonly<Partial<Record<BinaryOperator, readonly BinaryOperator[]>>> = {
  '&&': ['||'],
  '||': ['&&'],
  '==': ['!='],
  '!=': ['=='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
};

/**
 * Every way of getting an expression slightly wrong: an operator or a boundary, a condition more or less, a number
 * off by one, another value of an enum, another text, the opposite for what is absent. A test that tells none of them
 * apart from the real one proves little. What the checker would refuse is left out: that mistake cannot be made.
 */
export function mutantsOf(expression: Expression): readonly Mutant[] {
  const mutants: Mutant[] = [];
  visit(expression.root, (node) => {
    for (const substitute of substitutesFor(node, expression)) {
      const facts = expression.recheck(replace(expression.root, node, substitute));
      if (facts === undefined) continue;
      mutants.push({
        expression: withSubstitute(expression, node, substitute),
        start: node.kind === 'binary' ? node.operatorSpan.start : node.start,
        change: `${print(node)} → ${print(substitute)}`,
        facts,
      });
    }
  });
  return mutants;
}

function substitutesFor(node: Node, { enums }: Expression): readonly Node[] {
  switch (node.kind) {
    case 'binary': {
      return [...flipped(node), ...sides(node), ...otherAbsence(node)];
    }
    case 'unary': {
      return node.operator === '!' ? [node.operand] : [];
    }
    case 'literal': {
      const { start, end } = node;
      const values = otherValues(node, enums.get(node)) ?? literals(node.value);
      return values.map((value): Node => ({ kind: 'literal', value, start, end }));
    }
    case 'list': {
      const { items, start, end } = node;
      if (items.length < 2) return [];
      return items.map((_, index): Node => ({ kind: 'list', items: items.toSpliced(index, 1), start, end }));
    }
    case 'macro': {
      if (node.macro === 'exists') return [{ ...node, macro: 'all' }];
      return node.macro === 'all' ? [{ ...node, macro: 'exists' }] : [];
    }
    case 'conditional': {
      return [{ ...node, whenTrue: node.whenFalse, whenFalse: node.whenTrue }];
    }
    case 'has': {
      const { start, end } = node;
      return [true, false].map((value) => ({ kind: 'literal', value, start, end }));
    }
    default: {
      return [];
    }
  }
}

function flipped(node: Binary): readonly Node[] {
  const { kind, left, right, operatorSpan, start, end } = node;
  const operators = flips[node.operator] ?? [];
  return operators.map((operator): Node => ({ kind, operator, operatorSpan, left, right, start, end }));
}

/** Of an enum, the value behind this one; undefined where the text is of no enum, or that has no other value. */
function otherValues({ value }: Literal, values: readonly string[] = []): readonly string[] | undefined {
  const index = values.findIndex((it) => it === value);
  const other = values[(index + 1) % values.length];
  return index === -1 || other === undefined || other === value ? undefined : [other];
}

/**
 * Absent means the opposite: `has(x) && x > 1` fails then, and `!has(x) || x > 1` holds. The checker refuses to leave
 * the guard out, so this is the mistake that can be made.
 */
function otherAbsence({ operator, left, right, operatorSpan, start, end }: Binary): readonly Node[] {
  if (operator !== '&&' && operator !== '||') return [];
  const joined = (by: Binary['operator'], a: Node, b: Node): Binary => {
    return { kind: 'binary', operator: by, operatorSpan, left: a, right: b, start, end };
  };
  const swapped = (guard: Node): Node | undefined => {
    if (operator === '&&' && guard.kind === 'has') return joined('||', negated(guard), right);
    if (operator === '||' && guard.kind === 'unary' && guard.operand.kind === 'has') {
      return joined('&&', guard.operand, right);
    }
    return undefined;
  };
  const whole = swapped(left);
  if (whole !== undefined) return [whole];
  // `a && has(x) && …` is `(a && has(x)) && …`.
  const inner = left.kind === 'binary' && left.operator === operator ? swapped(left.right) : undefined;
  return inner === undefined || left.kind !== 'binary' ? [] : [joined(operator, left.left, inner)];
}

function negated(operand: Node): Node {
  return { kind: 'unary', operator: '!', operand, start: operand.start, end: operand.end };
}

/** A condition less. */
function sides({ operator, left, right }: Binary): readonly Node[] {
  return operator === '&&' || operator === '||' ? [left, right] : [];
}

function literals(value: boolean | number | string): readonly (boolean | number | string)[] {
  if (typeof value === 'boolean') return [!value];
  return typeof value === 'number' ? [value + 1, value - 1] : [`${value}?`];
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of changeable(node)) visit(child, see);
}

/** The parts of a node in which a mistake is worth a test. */
function changeable(node: Node): readonly Node[] {
  // What is asked to be there is a name, and so is a key: another one is another field.
  if (node.kind === 'has') return [];
  if (node.kind === 'index') return [node.object];
  // Literals of calls are checked when they are loaded: a duration that is none is no mutant.
  if (node.kind === 'call') return childrenOf(node).filter((it) => it === node.receiver || it.kind !== 'literal');
  return childrenOf(node);
}
