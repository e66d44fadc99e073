import type { Node } from './ast.js';

const binding: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  in: 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
};

/**
 * The one way to write an expression: the same text for the same meaning, whatever blanks and brackets the source
 * has. Variables are written as `names` says.
 */
export function print(node: Node, names: ReadonlyMap<string, string> = new Map()): string {
  return printAt(node, names, 0);
}

function printAt(node: Node, names: ReadonlyMap<string, string>, level: number): string {
  const [text, own] = printed(node, names);
  return own < level ? `(${text})` : text;
}

function printed(node: Node, names: ReadonlyMap<string, string>): readonly [string, number] {
  switch (node.kind) {
    case 'literal': {
      return [typeof node.value === 'string' ? quote(node.value) : String(node.value), 9];
    }
    case 'list': {
      return [`[${node.items.map((item) => printAt(item, names, 0)).join(', ')}]`, 9];
    }
    case 'name': {
      return [names.get(node.name) ?? node.name, 9];
    }
    case 'select': {
      return [`${printAt(node.object, names, 8)}${node.isOptional ? '.?' : '.'}${node.field}`, 8];
    }
    case 'has': {
      return [`has(${printAt(node.select, names, 0)})`, 9];
    }
    case 'index': {
      return [`${printAt(node.object, names, 8)}[${printAt(node.key, names, 0)}]`, 8];
    }
    case 'call': {
      const args = node.args.map((arg) => printAt(arg, names, 0)).join(', ');
      const receiver = node.receiver === undefined ? '' : `${printAt(node.receiver, names, 8)}.`;
      return [`${receiver}${node.name}(${args})`, 8];
    }
    case 'macro': {
      const inner = new Map(names);
      inner.delete(node.variable);
      return [`${printAt(node.list, names, 8)}.${node.macro}(${node.variable}, ${printAt(node.body, inner, 0)})`, 8];
    }
    case 'unary': {
      return [`${node.operator}${printAt(node.operand, names, 7)}`, 7];
    }
    case 'binary': {
      const own = binding[node.operator] ?? 0;
      const left = printAt(node.left, names, own);
      return [`${left} ${node.operator} ${printAt(node.right, names, own + 1)}`, own];
    }
    case 'conditional': {
      const parts = [
        printAt(node.condition, names, 1),
        printAt(node.whenTrue, names, 1),
        printAt(node.whenFalse, names, 0),
      ];
      return [`${parts[0]} ? ${parts[1]} : ${parts[2]}`, 0];
    }
    case 'broken': {
      return ['…', 9];
    }
  }
}

function quote(text: string): string {
  if (!/[\\'\n]/.test(text)) return `'${text}'`;
  return `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`)}'`;
}
