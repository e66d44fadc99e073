// Generated from schema/tests.v1.json by .ci/generate-types.mjs (npm run generate). Do not edit.

/** A policy's tests: fixtures are sparse fragments of the View. */
export interface TestsDocument {
  readonly version: 1;
  readonly fixtures: Readonly<Record<string, Fixture>>;
  /** @minItems 1 */
  readonly tests: readonly Test[];
}
/** One fixture, changed, and the outcome expected. */
export interface Test {
  readonly name: string;
  /** a fixture */
  readonly from: string;
  /** path → value; { $unread: call } for what could not be read */
  readonly set?: Readonly<Record<string, unknown>>;
  /** paths to take away */
  readonly unset?: readonly string[];
  readonly params?: Readonly<Record<string, unknown>>;
  /** the outcome; NON_COMPLIANT with the ids of the assertions that fail */
  readonly expect: 'COMPLIANT' | 'NOT_APPLICABLE' | 'INSUFFICIENT_DATA' | {readonly NON_COMPLIANT: readonly string[]};
}
/** A fragment of the View; an optional field that is not written is absent. */
export interface Fixture {
  /** now is pinned to this */
  readonly now: string;
  readonly organization?: Readonly<Record<string, unknown>>;
  readonly account?: Readonly<Record<string, unknown>>;
  readonly trail?: Readonly<Record<string, unknown>>;
  readonly eventDataStore?: Readonly<Record<string, unknown>>;
  readonly bucket?: Readonly<Record<string, unknown>>;
  readonly key?: Readonly<Record<string, unknown>>;
  readonly logGroup?: Readonly<Record<string, unknown>>;
  readonly recorder?: Readonly<Record<string, unknown>>;
}
