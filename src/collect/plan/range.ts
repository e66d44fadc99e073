/** How many at least and at most. */
export interface Range {
  readonly atLeast: number;
  readonly atMost: number;
}

export function exactly(count: number): Range {
  return { atLeast: count, atMost: count };
}

export function upTo(atMost: number): Range {
  return { atLeast: 0, atMost };
}

export function sum(ranges: readonly Range[]): Range {
  return {
    atLeast: ranges.reduce((total, it) => total + it.atLeast, 0),
    atMost: ranges.reduce((total, it) => total + it.atMost, 0),
  };
}

export function times(a: Range, b: Range): Range {
  return { atLeast: a.atLeast * b.atLeast, atMost: a.atMost * b.atMost };
}
