import { Lexer, Parser } from 'yaml';
import type { Range } from './source.js';

/** Policies are a few kilobytes; what is far beyond that is a mistake or an attack. */
export const maxFileBytes = 1024 * 1024;
/** A policy nests 5 deep, a fixture 10. */
const maxNesting = 50;
export const maxAliases = 100;
/** Of the values that a file holds when its aliases are written out. */
export const maxExpandedNodes = 50_000;

/**
 * Where the nesting goes too deep, if it does. Reads token by token and stops there, since composing the document
 * recurses and would exhaust the stack.
 */
export function findDeepNesting(text: string): { readonly range: Range; readonly limit: number } | undefined {
  const parser = new Parser();
  const lexer = new Lexer();
  let offset = 0;
  for (const token of lexer.lex(text)) {
    for (const _ of parser.next(token)) {
      // A whole document was read; only how deep the parser stands is asked for.
    }
    if (token === '\u{feff}' || token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    offset += token.length;
    // On the stack, too: the document, and the scalar that is being read.
    if (parser.stack.length > maxNesting + 2) return { range: { start: offset - 1, end: offset }, limit: maxNesting };
  }
  return undefined;
}

/** The first character that YAML does not allow in a file: NUL, escape and the other control characters. */
export function findControlCharacter(text: string): { readonly range: Range; readonly name: string } | undefined {
  const match = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/.exec(text);
  if (match === null) return undefined;
  const name = `U+${match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return { range: { start: match.index, end: match.index + 1 }, name };
}
