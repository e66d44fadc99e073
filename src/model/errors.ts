/** A place in a file of the user's: 1-based line and column. */
export interface Position {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * A mistake of the user's: a wrong flag, a broken file, missing credentials. Printed without a stack, exit 2.
 * The message says what is wrong and where; `help` says what to do or to write instead.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The message, and the details that were given with it, each as a line. */
  readonly lines: readonly string[];

  constructor(
    message: string,
    readonly help?: string,
    { details = [], ...options }: ErrorOptions & { readonly details?: readonly string[] } = {},
  ) {
    super([message, ...details].join('\n'), options);
    this.lines = [message, ...details];
  }
}

/** The run was stopped by a signal before it was done. Exit 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
