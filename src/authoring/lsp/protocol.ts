import type { Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Kinds of completions, by their numbers in the protocol. */
export const completionKinds = { function: 3, field: 5, name: 6, value: 20 } as const;

/** A range of offsets as editors take it. */
export function rangeIn(
  document: TextDocument,
  { start, end }: { readonly start: number; readonly end: number },
): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}
