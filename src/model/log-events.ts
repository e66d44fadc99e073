import type { Gap } from './results.js';

/**
 * What a source of CloudTrail events hands to those who judge events: records with where they were read, and which
 * hours of which accounts and Regions were there to be read.
 */

/** One CloudTrail record, as delivered: a JSON object with `eventVersion`, `eventID`, `eventTime` and so on. */
export type EventRecord = Readonly<Record<string, unknown>>;

/** Where a record was read. */
export interface EventOrigin {
  /** `s3://bucket/key`, a path below the folder that was read, or `event-history/ACCOUNT/REGION`. */
  readonly object: string;
  /** SHA-256 of the object as it is stored, in hexadecimal; absent for Event history. */
  readonly sha256?: string;
  /** Whether a valid chain of digest files holds this object's hash; absent where nobody checked. */
  readonly verified?: boolean;
  /** The call that read it, where it is another than its source usually makes. */
  readonly call?: string;
}

/**
 * Records of one object, in their order there. Records that no policy can want are left out; updates of earlier events
 * (`addendum.reason` of `UPDATED_DATA`) never are. An object of many records gives several batches of one origin.
 */
export interface EventBatch {
  readonly origin: EventOrigin;
  readonly records: readonly EventRecord[];
}

/**
 * How an hour of an account in a Region is known. `proven`: a valid digest chain spans it and each file was read.
 * `present`: files were read, nothing says that they are all. `silent`: nothing was delivered, and nothing says that
 * nothing happened. `unreadable`: something is there that could not be read, or a digest names what is not there.
 */
export type HourState = 'proven' | 'present' | 'silent' | 'unreadable';

/** One account in one Region for one UTC hour. */
export interface CoverageCell {
  readonly account: string;
  readonly region: string;
  /** `2026-11-20T10`, UTC. */
  readonly hour: string;
  readonly state: HourState;
  /** Why it is silent or unreadable; why it is only present, where digest files were read and do not prove it. */
  readonly gap?: Gap;
}

/** Where trails deliver log files. */
export interface LogPlace {
  readonly bucket: string;
  /** In front of `AWSLogs/`, without a slash at its end; undefined: any. */
  readonly prefix?: string;
}

/** What was there to be read, over the window `[from, to)` by event time. */
export interface EventCoverage {
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly to: string;
  /** Every expected cell: those of the inventory's accounts and enabled Regions, or, without one, those seen. */
  readonly cells: readonly CoverageCell[];
  /**
   * What concerns no single cell: a foreign or broken file, a folder that could not be listed. Where the reason is
   * `unsupported`, it is a file of another kind, which hides nothing; any other may hide events of every cell.
   */
  readonly gaps: readonly Gap[];
  /** What was read before `from`, for series that begin there and reach into the window; undefined: none can. */
  readonly before?: { readonly from: string; readonly cells: readonly CoverageCell[] };
  /** Log files that were delivered from then on were not read, ISO 8601; undefined: the source has no log files. */
  readonly deliveredUntil?: string;
  /** Where log files were looked for: what trails deliver elsewhere was not read. Undefined: it is not known. */
  readonly places?: readonly LogPlace[];
  /** Accounts and Regions of which data events were read and no management event: of these nothing is known there. */
  readonly withoutManagement?: readonly Gap[];
  /** The source knows no data events: what depends on them is open, whatever the cells say. */
  readonly managementEventsOnly?: true;
  /**
   * Why the source may lack data events: what depends on them is open. It selects events by itself, so that what trails
   * select says nothing of it.
   */
  readonly withoutDataEvents?: Gap;
  /** What the source never holds, by what AWS documents: verdicts that hold say so. */
  readonly neverHeld?: string;
}

/**
 * What a record must hold to be of interest to anyone: texts that stand in it as JSON string values or, of
 * {@link wantedMembers}, as names of its members, one of which is enough; or `all`, where some policy may want any record.
 */
export type WantedValues = 'all' | ReadonlySet<string>;

/** Members of a record that a policy may demand, whatever their value. */
export const wantedMembers: ReadonlySet<string> = new Set([
  'errorCode',
  'errorMessage',
  'eventCategory',
  'managementEvent',
  'readOnly',
  'requestID',
  'sessionCredentialFromConsole',
  'sharedEventID',
  'userAgent',
  'vpcEndpointAccountId',
  'vpcEndpointId',
]);

/**
 * Members of a record that differ where all else is the same, or that most policies do not ask for: what they hold is not
 * known of a kind of records.
 */
export const openMembers: ReadonlySet<string> = new Set([
  'additionalEventData',
  'errorMessage',
  'eventID',
  'eventTime',
  'requestID',
  'requestParameters',
  'resources',
  'responseElements',
  'serviceEventDetails',
  'tlsDetails',
  'userAgent',
]);

/** Records that differ in nothing but open members and the id that they share, of which no more than this need be known. */
export interface LikeRecords {
  take(event: LightEvent, origin: EventOrigin): void;
}

/** What is known of an event that was not parsed. */
export interface LightEvent {
  /** Milliseconds. */
  readonly at: number;
  readonly data: Uint8Array;
  /** Where its id begins there: 36 letters, digits, dashes and underscores. Only until the next record is read. */
  readonly idAt: number;
}

/** Open members that must be known to say what is wanted of records: those that hold the same there are asked about once. */
export interface OpenQuestion {
  readonly asks: ReadonlySet<string>;
}

/** Says what is wanted of records, once for all that are alike. */
export interface RecordSorter {
  /**
   * @param sample - a record of the window without its {@link openMembers}; where its id is shared, that is empty
   * @param known - open members that the sample has all the same, where its record has them
   * @returns `whole` where records like it are wanted as they are
   */
  kindOf(sample: EventRecord, known: ReadonlySet<string>): LikeRecords | OpenQuestion | 'whole';
}

/** A source of events. Reading is one pass; the coverage is known after it. */
export interface EventSource {
  /** @param sorter - may be asked about kinds of records, so that not each of them is parsed */
  read(wanted: WantedValues, signal?: AbortSignal, sorter?: RecordSorter): AsyncIterable<EventBatch>;
  /** Only after `read` came to its end. */
  coverage(): EventCoverage;
}
