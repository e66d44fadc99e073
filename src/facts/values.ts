/**
 * What facts are made of. A fact that rests on something unread is computed for the worst and the best case: where
 * both agree it is known, else it is unknown with just the gaps that could change it.
 */
export type Tri<T> = { readonly state: 'known'; readonly value: T } | Doubt;

/** Ids of the inventory's gaps that could change the answer, sorted. */
export interface Doubt {
  readonly state: 'unknown';
  readonly gaps: readonly string[];
}

/** A list of which some members are certain, some are known but may not belong, and of some nothing is known. */
export interface OpenList<T> {
  readonly members: readonly T[];
  readonly doubtful: readonly { readonly value: T; readonly gaps: readonly string[] }[];
  /** There may be more, of which nothing is known. */
  readonly rest?: Doubt;
}
