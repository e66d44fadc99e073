import { isMap, isScalar, isSeq, Scalar, visit, type Document, type Pair } from 'yaml';
import { keyOf } from './sort-keys.js';

/** Lines are no longer than this, where YAML leaves a choice. */
export const lineWidth = 120;

/** Always blocks: YAML gives no character of an expression in a block a meaning of its own. */
const expressions: ReadonlySet<string> = new Set(['when', 'expr']);
/** Commands and templates: their line breaks count. */
const code: ReadonlySet<string> = new Set(['cli', 'terraform', 'cloudformation']);
/** Sentences: where their lines break does not matter. */
const prose: ReadonlySet<string> = new Set(['description', 'rationale', 'reason', 'message', 'text', 'console']);

/**
 * Gives each value of a policy the style that suits it: expressions and code literal blocks, long sentences folded
 * ones. A map or list in braces that holds an expression, or is too long for a line, becomes a block of lines.
 */
export function styleScalars(document: Document): void {
  visit(document, {
    Pair: (_, pair, path) => {
      if (!isScalar(pair.value) || typeof pair.value.value !== 'string' || pair.value.anchor !== undefined) return;
      const depth = path.filter((it) => isMap(it) || isSeq(it)).length;
      stylePair(pair, pair.value as Scalar<string>, depth);
    },
  });
}

function stylePair(pair: Pair, scalar: Scalar<string>, depth: number): void {
  const key = keyOf(pair);
  const text = scalar.value;
  if (expressions.has(key)) setBlock(scalar, Scalar.BLOCK_LITERAL);
  else if (code.has(key)) {
    if (text.includes('\n') || !fits(pair, text, depth)) setBlock(scalar, Scalar.BLOCK_LITERAL);
  } else if (prose.has(key)) {
    // A sentence with a line break of its own keeps the block that shows it.
    if (text.trimEnd().includes('\n')) return;
    if (!fits(pair, text, depth)) setBlock(scalar, Scalar.BLOCK_FOLDED);
  }
}

/** The value of an expression or a command ends with its line: blanks behind it say nothing. */
function setBlock(scalar: Scalar<string>, style: 'BLOCK_LITERAL' | 'BLOCK_FOLDED'): void {
  scalar.type = style;
  if (style === Scalar.BLOCK_LITERAL) scalar.value = `${scalar.value.replaceAll(/[ \t]+$/gm, '').trimEnd()}\n`;
}

function fits(pair: Pair, text: string, depth: number): boolean {
  return depth * 2 + keyOf(pair).length + 2 + text.length <= lineWidth;
}
