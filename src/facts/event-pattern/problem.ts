/** Thrown inside the parser; its face turns it into a value. */
export class EventPatternError extends Error {
  override readonly name = 'EventPatternError';

  constructor(
    message: string,
    readonly path: string,
  ) {
    super(message);
  }
}

export function fail(message: string, path: string): never {
  throw new EventPatternError(message, path);
}
