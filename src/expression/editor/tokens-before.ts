import { Diagnostics } from '../diagnostic.js';
import { lex, type Token } from '../lex.js';

/** The tokens of a text that someone is still typing, without the `end`; what is wrong in it is not of interest. */
export function tokensOf(source: string): readonly Token[] {
  return lex(source, new Diagnostics()).slice(0, -1);
}

export function isSymbol(token: Token | undefined, ...texts: readonly string[]): boolean {
  return token?.kind === 'symbol' && texts.includes(token.text);
}

/** The text of a string token that is not closed yet; undefined for any other token. */
export function openText(token: Token | undefined, source: string): string | undefined {
  if (token?.kind !== 'string') return undefined;
  const written = source.slice(token.start, token.end);
  const quote = /^[rRbB]{0,2}('''|"""|'|")/.exec(written);
  const isClosed = quote !== null && written.length >= quote[0].length * 2 && written.endsWith(quote[1] ?? '');
  return isClosed ? undefined : token.value;
}

/**
 * The index of the token where the operand begins that ends with the token at `last`: of `a && b.c(d)` it is `b`.
 * Undefined where no operand ends there.
 */
export function operandStart(tokens: readonly Token[], last: number): number | undefined {
  let at = last;
  for (;;) {
    const token = tokens[at];
    if (isSymbol(token, ')', ']')) {
      const open = opening(tokens, at);
      if (open === undefined) return undefined;
      const before = tokens[open - 1];
      // A call or an index belongs to what stands before it; parentheses and a list stand for themselves.
      if (before?.kind === 'identifier' || (isSymbol(tokens[open], '[') && isSymbol(before, ')', ']'))) {
        at = open - 1;
        continue;
      }
      at = open;
    } else if (token?.kind !== 'identifier' && token?.kind !== 'string' && token?.kind !== 'int') {
      return undefined;
    }
    if (!isSymbol(tokens[at - 1], '.', '.?')) return at;
    at -= 2;
  }
}

/** The index of the bracket that the one at `closing` closes. */
function opening(tokens: readonly Token[], closing: number): number | undefined {
  let depth = 0;
  for (let at = closing; at >= 0; at -= 1) {
    if (isSymbol(tokens[at], ')', ']')) depth += 1;
    else if (isSymbol(tokens[at], '(', '[')) depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

/** The brackets that are still open behind the last token, from the outermost. */
export function openBrackets(tokens: readonly Token[]): readonly number[] {
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, '(', '[')) open.push(index);
    else if (isSymbol(token, ')', ']')) open.pop();
  }
  return open;
}
