/** Milliseconds; `to` is outside. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The first and the last time of one day of UTC at which something was seen, in milliseconds. */
export type Sighting = readonly [first: number, last: number];

/** What one policy saw in one account. */
export interface BaselineEntry {
  readonly policyId: string;
  readonly account: string;
  /** SHA-256 of what the policy asked: what was seen answers no other question. */
  readonly question: string;
  /** All of it was read where nobody can have added to it: with digest files, or of Event history. */
  readonly verified: boolean;
  /** By Region the spans in which every event is known, in order and apart; of `*` those of all Regions. */
  readonly known: ReadonlyMap<string, readonly Span[]>;
  /** By the SHA-256 of what belongs together: when it was seen, by time. */
  readonly seen: ReadonlyMap<string, readonly Sighting[]>;
}

/** What was seen before, and what is known of that time. */
export interface Baseline {
  /** Undefined: it was made without an inventory. */
  readonly organization?: string;
  /** One of each policy and account. */
  readonly entries: readonly BaselineEntry[];
}

/** Stands for every Region of an account. */
export const everyRegion = '*';
