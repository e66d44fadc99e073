import type { Node } from './ast.js';

/** The tree with a part of it taken for another one; what does not hold the part stays the very same. */
export function replace(root: Node, part: Node, substitute: Node): Node {
  if (root === part) return substitute;
  const inside = (node: Node): Node => replace(node, part, substitute);
  switch (root.kind) {
    case 'list': {
      return { ...root, items: root.items.map(inside) };
    }
    case 'select': {
      return { ...root, object: inside(root.object) };
    }
    case 'has': {
      const select = inside(root.select);
      return select.kind === 'select' ? { ...root, select } : root;
    }
    case 'index': {
      return { ...root, object: inside(root.object), key: inside(root.key) };
    }
    case 'call': {
      return {
        ...root,
        receiver: root.receiver === undefined ? undefined : inside(root.receiver),
        args: root.args.map(inside),
      };
    }
    case 'macro': {
      return { ...root, list: inside(root.list), body: inside(root.body) };
    }
    case 'unary': {
      return { ...root, operand: inside(root.operand) };
    }
    case 'binary': {
      return { ...root, left: inside(root.left), right: inside(root.right) };
    }
    case 'conditional': {
      return {
        ...root,
        condition: inside(root.condition),
        whenTrue: inside(root.whenTrue),
        whenFalse: inside(root.whenFalse),
      };
    }
    case 'literal':
    case 'name':
    case 'broken': {
      return root;
    }
  }
}
