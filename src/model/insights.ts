import type { EventSelectors, TrailDescription, TrailStatus } from './inventory.js';

/** A log group, as far as it says what it can hold. */
export interface InsightsGroup {
  /** Without the closing `:*`. */
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since the epoch; undefined: it was not told. */
  readonly createdAt: number | undefined;
  /** Undefined: its events never expire. */
  readonly retentionDays: number | undefined;
  /** Trails that write to it. */
  readonly trails: readonly GroupTrail[];
  /** What could not be read of them, as sentences. */
  readonly unknown: readonly string[];
}

export interface GroupTrail {
  readonly arn: string;
  readonly account: string;
  readonly homeRegion: string;
  readonly description: TrailDescription;
  /** Undefined: it could not be read. */
  readonly status: TrailStatus | undefined;
  readonly selectors: EventSelectors | undefined;
}

/** A query and the time that it is about: both ends are part of it. Milliseconds, whole seconds. */
export interface InsightsQuery {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Rows are log events, and not what was counted of them. */
  readonly isOfEvents: boolean;
}

/** A row of a result, by the names of its fields. */
export type InsightsRow = Readonly<Record<string, string | undefined>>;

export interface InsightsAnswer {
  readonly rows: readonly InsightsRow[];
  /** Nothing was left out, as it would be where there are more rows than a result may have. */
  readonly isWhole: boolean;
  /** How many log events met the query; undefined: it was not told. */
  readonly matched: number | undefined;
}

/** CloudWatch Logs Insights, as far as events are read with it. */
export interface Insights {
  readonly group: InsightsGroup;

  /**
   * Runs a query and waits for its end. When this is interrupted, or fails, the query is stopped.
   *
   * @throws UsageError when the first one is not taken
   * @throws Unreadable when it fails, is cancelled or times out, or its result cannot be read
   */
  run(query: InsightsQuery): Promise<InsightsAnswer>;
}
