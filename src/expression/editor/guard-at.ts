import type { Node, Select, Span } from '../ast.js';
import { childrenOf } from '../children.js';
import { Diagnostics } from '../diagnostic.js';
import { parse } from '../parse.js';
import { isSymbol, tokensOf } from './tokens-before.js';

/** A field that may be absent, and the condition that is to ask for it first. */
export interface GuardPlace {
  /** `trail.kmsKeyId`, as it is written. */
  readonly path: string;
  /** The smallest condition around it. */
  readonly condition: Span;
  /** It is the whole of the expression. */
  readonly isWhole: boolean;
}

/**
 * Where `has(…)` is to stand for the field at an offset of a condition; undefined where what is asked of is no plain path,
 * or no condition is around it that knows its names.
 */
export function guardAt(source: string, offset: number): GuardPlace | undefined {
  const diagnostics = new Diagnostics();
  const root = parse(source, diagnostics);
  if (diagnostics.all().length > 0) return undefined;
  const way = wayTo(root, offset);
  const select = way?.at(-1);
  if (way === undefined || select?.kind !== 'select') return undefined;
  const path = source.slice(select.start, select.end);
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(path)) return undefined;
  for (let at = way.length - 1; at >= 0; at -= 1) {
    const node = way[at];
    const owner = way[at - 1];
    if (node === undefined) return undefined;
    if (owner === undefined || takesCondition(owner, node))
      return { path, condition: withParentheses(source, node), isWhole: owner === undefined };
    // Outside of it nobody knows its variable.
    if (owner.kind === 'macro' && owner.body === node && owner.variable === path.split('.')[0]) return undefined;
  }
  return undefined;
}

/** The nodes from the root to the select whose field stands at an offset. */
function wayTo(node: Node, offset: number): readonly Node[] | undefined {
  if (isFieldAt(node, offset)) return [node];
  for (const child of childrenOf(node)) {
    const way = wayTo(child, offset);
    if (way !== undefined) return [node, ...way];
  }
  return undefined;
}

function isFieldAt(node: Node, offset: number): node is Select {
  return node.kind === 'select' && node.fieldSpan.start <= offset && offset <= node.fieldSpan.end;
}

function takesCondition(owner: Node, part: Node): boolean {
  if (owner.kind === 'binary') return owner.operator === '&&' || owner.operator === '||';
  if (owner.kind === 'conditional') return owner.condition === part;
  return owner.kind === 'macro' && owner.macro !== 'map' && owner.body === part;
}

/** A node's span leaves out parentheses around its first or last part: those that are open in it belong to it. */
function withParentheses(source: string, { start, end }: Span): Span {
  const tokens = tokensOf(source);
  const inside = tokens.filter((it) => it.start >= start && it.end <= end);
  let open = 0;
  let unopened = 0;
  for (const it of inside) {
    if (isSymbol(it, '(')) open += 1;
    if (!isSymbol(it, ')')) continue;
    if (open === 0) unopened += 1;
    else open -= 1;
  }
  const before = tokens.filter((it) => it.end <= start).slice(unopened === 0 ? Infinity : -unopened);
  const behind = tokens.filter((it) => it.start >= end).slice(0, open);
  return { start: before[0]?.start ?? start, end: behind.at(-1)?.end ?? end };
}
