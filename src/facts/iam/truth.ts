/** True, false, or not to be decided, with the reasons. */
export type Truth = boolean | Undecided;

export interface Undecided {
  readonly because: readonly string[];
}

export function undecided(...because: readonly string[]): Undecided {
  return { because };
}

export function negation(it: Truth): Truth {
  return typeof it === 'boolean' ? !it : it;
}

/** Kleene's and: one that is false decides, whatever the others are. */
export function every(all: readonly Truth[]): Truth {
  if (all.includes(false)) return false;
  return undecidedAmong(all) ?? true;
}

/** Kleene's or: one that is true decides. */
export function some(all: readonly Truth[]): Truth {
  if (all.includes(true)) return true;
  return undecidedAmong(all) ?? false;
}

function undecidedAmong(all: readonly Truth[]): Undecided | undefined {
  const reasons = all.flatMap((it) => (typeof it === 'boolean' ? [] : it.because));
  return reasons.length > 0 ? undecided(...new Set(reasons)) : undefined;
}
