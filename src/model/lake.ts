import type { EventDataStoreDetails } from './inventory.js';

/** An event data store, as far as it says what it can hold. */
export interface LakeStore {
  readonly arn: string;
  /** What ends its ARN, and stands behind FROM. */
  readonly id: string;
  /** That owns it. */
  readonly account: string;
  readonly region: string;
  readonly details: EventDataStoreDetails;
  /** Milliseconds since the epoch; undefined: it was not told. */
  readonly createdAt: number | undefined;
}

/** A row of a result, by the names of its columns in small letters; undefined: NULL. */
export type LakeRow = Readonly<Record<string, string | undefined>>;

/** CloudTrail Lake, as far as events are read with it. */
export interface Lake {
  readonly store: LakeStore;

  /**
   * Runs a query and waits for its end. When this is interrupted, or fails, the query is cancelled.
   *
   * @throws UsageError when CloudTrail does not take the query
   * @throws Unreadable when the query fails, is cancelled or times out; while reading, when its result is not whole
   */
  run(sql: string): Promise<AsyncIterable<LakeRow>>;
}
