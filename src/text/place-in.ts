/** A place in a text: lines and columns from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where the character at an offset stands. */
export function placeIn(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
