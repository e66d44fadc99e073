import type { Binary, BinaryOperator, Node } from './ast.js';
import { withSubstitute, type Expression } from './expression.js';
import { print } from './print.js';

/** An expression with one thing changed. */
export interface Mutant {
  readonly expression: Expression;
  /** Offset in the source of what was changed. */
  readonly start: number;
  /** `trail.isLogging && x → trail.isLogging || x` */
  readonly change: string;
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
 * off by one, another text. A test that tells none of them apart from the real one proves little.
 */
export function mutantsOf(expression: Expression): readonly Mutant[] {
  const mutants: Mutant[] = [];
  visit(expression.root, (node) => {
    for (const substitute of substitutesFor(node)) {
      mutants.push({
        expression: withSubstitute(expression, node, substitute),
        start: node.kind === 'binary' ? node.operatorSpan.start : node.start,
        change: `${print(node)} → ${print(substitute)}`,
      });
    }
  });
  return mutants;
}

function substitutesFor(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'binary': {
      return [...flipped(node), ...sides(node)];
    }
    case 'unary': {
      return node.operator === '!' ? [node.operand] : [];
    }
    case 'literal': {
      const { start, end } = node;
      return literals(node.value).map((value): Node => ({ kind: 'literal', value, start, end }));
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
  const isOfTimes = (node.operator === '+' || node.operator === '-') && !isNumber(node);
  // A time minus a time has no sum.
  const { kind, left, right, operatorSpan, start, end } = node;
  const operators = isOfTimes ? [] : (flips[node.operator] ?? []);
  return operators.map((operator): Node => ({ kind, operator, operatorSpan, left, right, start, end }));
}

function isNumber({ left, right }: Binary): boolean {
  return [left, right].some((it) => it.kind === 'literal' && typeof it.value === 'number');
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
  for (const child of childrenOf(node)) visit(child, see);
}

function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'list': {
      return node.items;
    }
    case 'select': {
      return [node.object];
    }
    case 'index': {
      return [node.object];
    }
    case 'call': {
      // Literals of calls are checked when they are loaded: a duration that is none is no mutant.
      return [
        ...(node.receiver === undefined ? [] : [node.receiver]),
        ...node.args.filter((it) => it.kind !== 'literal'),
      ];
    }
    case 'macro': {
      return [node.list, node.body];
    }
    case 'unary': {
      return [node.operand];
    }
    case 'binary': {
      return [node.left, node.right];
    }
    case 'conditional': {
      return [node.condition, node.whenTrue, node.whenFalse];
    }
    default: {
      return [];
    }
  }
}
