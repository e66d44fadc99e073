// Generated from schema/activity-tests.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** An activity policy's tests: fixtures are CloudTrail events. */
export interface ActivityTestsDocument {
  /** of this format */
  readonly version: 1;
  /** name → an event, as CloudTrail records it; what is left out has a usual value */
  readonly fixtures: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * each is a series of events and the outcome
   *
   * @minItems 1
   */
  readonly tests: readonly ActivityTest[];
}
/** A series of events, what was there to be read, and the outcome expected. */
export interface ActivityTest {
  /** what is tested, in a few words; unique */
  readonly name: string;
  /** what happened; empty: nothing */
  readonly events: readonly EventsOf[];
  /** what `at` is counted from: 2026-11-20T10:00:00Z where nothing is said */
  readonly start?: string;
  readonly window?: TestWindow;
  readonly coverage?: TestCoverage;
  /** parameter → value, in place of the default */
  readonly params?: Readonly<Record<string, unknown>>;
  /** the outcome; NON_COMPLIANT with each incident */
  readonly expect: 'COMPLIANT' | 'INSUFFICIENT_DATA' | {readonly NON_COMPLIANT: readonly ExpectedIncident[]};
}
/** An event, once or several times. */
export interface EventsOf {
  /** the fixture */
  readonly from: string;
  /** when: +0s, +10m, -1h from the start, or a time */
  readonly at?: string;
  /** how often: 1 where nothing is said */
  readonly times?: number;
  /** how far apart: 30s, 1h; 0s where nothing is said */
  readonly every?: string;
  /** path → value, as in requestParameters.name; {n} in a text is the number of the event, from 1 */
  readonly set?: Readonly<Record<string, unknown>>;
  /** paths to take away */
  readonly unset?: readonly string[];
}
/** what was asked: the day of 2026-11-20 where nothing is said */
export interface TestWindow {
  /** the first moment */
  readonly from: string;
  /** the first moment that is outside */
  readonly to: string;
}
/** what was there to be read: everything where nothing is said */
export interface TestCoverage {
  /** hours of which no log file is there, in every account and Region */
  readonly missing?: readonly string[];
  /** hours of which a log file could not be read */
  readonly unreadable?: readonly string[];
  /**
   * the Regions that are expected: those of the events and us-east-1 where nothing is said
   *
   * @minItems 1
   */
  readonly regions?: readonly string[];
  /** of familiar, since when what happened before the window is known: all of it where nothing is said */
  readonly baseline?: string;
}
/** What was asked, by the time of events. */
export interface TestWindow1 {
  /** the first moment */
  readonly from: string;
  /** the first moment that is outside */
  readonly to: string;
}
/** What was there to be read. */
export interface TestCoverage1 {
  /** hours of which no log file is there, in every account and Region */
  readonly missing?: readonly string[];
  /** hours of which a log file could not be read */
  readonly unreadable?: readonly string[];
  /**
   * the Regions that are expected: those of the events and us-east-1 where nothing is said
   *
   * @minItems 1
   */
  readonly regions?: readonly string[];
  /** of familiar, since when what happened before the window is known: all of it where nothing is said */
  readonly baseline?: string;
}
/** One incident. */
export interface ExpectedIncident {
  /** what its events share */
  readonly key: string | number;
  /** how many events */
  readonly count?: number;
  /** where it happened, if in several */
  readonly account?: string;
}
