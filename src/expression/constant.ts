import type { Binary, BinaryOperator, Node } from './ast.js';
import type { Diagnostics } from './diagnostic.js';
import { print } from './print.js';

const opposite: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

/** Warns of a condition that is the same whatever the target is: it is not what was meant. */
export function constantOf(diagnostics: Diagnostics, node: Binary): void {
  const { operator, left, right } = node;
  if (operator !== '&&' && operator !== '||') {
    const always = comparedAlways(node);
    if (always !== undefined) warn(diagnostics, node, always, 'ask for something that differs between targets');
    return;
  }
  for (const side of [left, right]) {
    if (side.kind !== 'literal' || typeof side.value !== 'boolean') continue;
    const decides = side.value === (operator === '||');
    if (decides) warn(diagnostics, node, side.value, `leave out ${String(side.value)}`);
    else diagnostics.warning(side, 'constant', `${String(side.value)} changes nothing here`, 'leave it out');
    return;
  }
  const denies = operands(left, operator).some((it) => operands(right, operator).some((other) => denied(it, other)));
  if (denies) warn(diagnostics, node, operator === '||', 'one side denies the other: ask for something else');
}

/** The same for a condition that is a whole expression. */
export function constantWhole(diagnostics: Diagnostics, node: Node): void {
  if (node.kind !== 'literal' || typeof node.value !== 'boolean') return;
  warn(diagnostics, node, node.value, 'ask for something that differs between targets');
}

function warn(diagnostics: Diagnostics, node: Node, value: boolean, help: string): void {
  const message = value ? 'this holds whatever the target is' : 'this holds for no target';
  diagnostics.warning(node, 'constant', message, help);
}

function operands(node: Node, operator: BinaryOperator): readonly Node[] {
  if (node.kind !== 'binary' || node.operator !== operator) return [node];
  return [...operands(node.left, operator), ...operands(node.right, operator)];
}

/** One holds just where the other does not. */
function denied(a: Node, b: Node): boolean {
  return isDenialOf(a, b) || isDenialOf(b, a);
}

function isDenialOf(a: Node, b: Node): boolean {
  if (a.kind === 'unary' && a.operator === '!') return print(a.operand) === print(b);
  if (a.kind !== 'binary' || b.kind !== 'binary' || opposite[a.operator] !== b.operator) return false;
  return print(a.left) === print(b.left) && print(a.right) === print(b.right);
}

/** Whether a comparison always, or never, holds: of a thing with itself, of a size with 0. */
function comparedAlways({ operator, left, right }: Binary): boolean | undefined {
  if (left.kind !== 'literal' && operator !== 'in' && print(left) === print(right))
    return ['==', '<=', '>='].includes(operator);
  const isSize = left.kind === 'call' && left.name === 'size' && right.kind === 'literal' && right.value === 0;
  if (isSize && (operator === '>=' || operator === '<')) return operator === '>=';
  return undefined;
}
