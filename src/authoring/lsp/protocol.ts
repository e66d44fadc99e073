/** What the server uses of the Language Server Protocol 3.17, in the protocol's own words. */

/** Lines and characters from 0; characters are UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LspRange {
  readonly start: Position;
  readonly end: Position;
}

/** A request has an id, a notification none. */
export interface Message {
  readonly id?: number | string | null;
  readonly method: string;
  readonly params: Params;
}

/** The parameters of all methods that are understood here; each method has some of them. */
export interface Params {
  readonly textDocument?: { readonly uri?: unknown; readonly text?: unknown };
  readonly contentChanges?: unknown;
  readonly position?: { readonly line?: unknown; readonly character?: unknown };
}

export interface LspDiagnostic {
  readonly range: LspRange;
  readonly severity: 1 | 2;
  readonly code: string;
  readonly source: 'trailproof';
  readonly message: string;
}

export const errorCodes = { parse: -32_700, unknownMethod: -32_601, invalidParams: -32_602 } as const;

/** Kinds of completions, by their numbers. */
export const completionKinds = { function: 3, field: 5, name: 6, value: 20 } as const;
