import { isCollection, isMap, isPair, isScalar, isSeq, type Document, type Pair } from 'yaml';
import { lineWidth } from './scalar-styles.js';
import { keyOf } from './sort-keys.js';

const expressionKeys: ReadonlySet<string> = new Set(['when', 'expr']);

/** Opens maps and lists in braces that hold an expression, or that no line can hold. */
export function openFlowCollections(document: Document): void {
  open(document.contents, 0, 0);
}

/**
 * @param indent - columns before the lines of this node
 * @param lead - columns that a key or a dash takes on the line of its beginning
 */
function open(node: unknown, indent: number, lead: number): void {
  if (!isCollection(node)) return;
  if (node.flow === true) {
    if (!holdsExpression(node) && !holdsComment(node) && indent + lead + widthOf(node) <= lineWidth) return;
    if (node.items.length === 0) return;
    node.flow = false;
  }
  for (const item of node.items) {
    if (isPair(item)) open(item.value, indent + 2, keyOf(item).length);
    else open(item, indent + 2, 0);
  }
}

function holdsExpression(node: unknown): boolean {
  if (isSeq(node)) return node.items.some(holdsExpression);
  if (!isMap(node)) return false;
  return node.items.some((pair) => expressionKeys.has(keyOf(pair)) || holdsExpression(pair.value));
}

function holdsComment(node: unknown): boolean {
  if (isPair(node)) return holdsComment(node.key) || holdsComment(node.value);
  if (isScalar(node)) return isText(node.comment) || isText(node.commentBefore);
  if (!isCollection(node)) return false;
  return isText(node.commentBefore) || node.items.some(holdsComment);
}

/** Columns of a collection in braces, on one line. */
function widthOf(node: unknown): number {
  if (isMap(node)) return 4 + sum(node.items.map(pairWidth)) + separators(node.items);
  if (isSeq(node)) return 2 + sum(node.items.map(widthOf)) + separators(node.items);
  if (isScalar(node)) {
    const quotes = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 2 : 0;
    return String(node.value).length + quotes;
  }
  return 0;
}

function pairWidth(pair: Pair): number {
  return widthOf(pair.key) + 2 + widthOf(pair.value);
}

function separators(items: readonly unknown[]): number {
  return Math.max(0, items.length - 1) * 2;
}

function sum(widths: readonly number[]): number {
  return widths.reduce((all, it) => all + it, 0);
}

function isText(comment: string | null | undefined): boolean {
  return typeof comment === 'string';
}
