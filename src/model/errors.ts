/** A place in a file of the user's: 1-based line and column. */
export interface Position {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * The user's to mend: a wrong flag, a broken file, missing credentials. Printed without a stack, exit 2.
 * The message says what is wrong and where; `help` says what to do or to write instead.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(
    message: string,
    readonly help?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The run was stopped by a signal before it was done. Exit 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
