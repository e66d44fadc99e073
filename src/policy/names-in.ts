import type { Expression, Template } from './expression/index.js';

/** True when an expression speaks of a name of its scope. */
export function mentions(expression: Expression, name: string): boolean {
  return mentionsIn(expression.root, name);
}

export function templateMentions(template: Template, name: string): boolean {
  return template.parts.some((part) => typeof part !== 'string' && mentions(part, name));
}

/** A macro's variable cannot hide a name of the scope, so each node of this kind and name is meant. */
function mentionsIn(node: unknown, name: string): boolean {
  if (Array.isArray(node)) return node.some((it) => mentionsIn(it, name));
  if (typeof node !== 'object' || node === null) return false;
  if ('kind' in node && node.kind === 'name' && 'name' in node && node.name === name) return true;
  return Object.values(node).some((it) => mentionsIn(it, name));
}
