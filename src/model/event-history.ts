import type { UnreadableReason } from './object-store.js';

/** An account's Event history in one Region. */
export interface HistoryPlace {
  readonly account: string;
  readonly region: string;
}

/** What LookupEvents finds events by: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupAttribute.html */
export type LookupKey =
  | 'AccessKeyId'
  | 'EventId'
  | 'EventName'
  | 'EventSource'
  | 'ReadOnly'
  | 'ResourceName'
  | 'ResourceType'
  | 'Username';

export interface LookupAttribute {
  readonly key: LookupKey;
  readonly value: string;
}

export interface EventLookup {
  /** Milliseconds since the epoch; both are part of what is looked up, to the second. */
  readonly from: number;
  readonly to: number;
  /** One a request; without, all events. */
  readonly attribute?: LookupAttribute;
}

/** An event of the history: its record as JSON, and its time as the history has it. */
export interface HistoryEvent {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Some events, newest first. */
export interface HistoryPage {
  readonly events: readonly HistoryEvent[];
  readonly isLast: boolean;
}

/** A part of the history that cannot be read at all; without a Region, which ones there are is not known. */
export interface UnreadableHistory {
  readonly account: string;
  readonly region?: string;
  readonly reason: UnreadableReason;
  readonly message: string;
}

/** CloudTrail's Event history: management events of the last 90 days, in every account without any trail. */
export interface EventHistory {
  /** What is read: accounts and Regions, sorted. */
  readonly places: readonly HistoryPlace[];
  readonly unreadable: readonly UnreadableHistory[];

  /**
   * The events of a place, page after page.
   *
   * @throws Unreadable when a page cannot be read
   */
  pages(place: HistoryPlace, lookup: EventLookup): AsyncIterable<HistoryPage>;
}
