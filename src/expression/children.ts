import type { Node } from './ast.js';

/** The parts that a node is made of, in the order of the source. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'broken': {
      return [];
    }
    case 'list': {
      return node.items;
    }
    case 'select': {
      return [node.object];
    }
    case 'has': {
      return [node.select];
    }
    case 'index': {
      return [node.object, node.key];
    }
    case 'call': {
      return node.receiver === undefined ? node.args : [node.receiver, ...node.args];
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
  }
}
