/** A place in the event that a pattern asks about, and the values there that could change its answer. */
export interface Mention {
  /** Keys, and indexes into lists. */
  readonly path: readonly (string | number)[];
  /** Values on which the answer may turn. */
  readonly values: readonly (string | number | boolean | null)[];
  /** All other texts are answered alike: trying `values`, one other text and absence is a proof. */
  readonly isExhaustive: boolean;
}
