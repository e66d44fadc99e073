// Generated from schema/tests.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** A policy's tests: fixtures are sparse fragments of the View. */
export interface TestsDocument {
  /** of this format */
  readonly version: 1;
  /** name → fragment of the View that tests start from */
  readonly fixtures: Readonly<Record<string, Fixture>>;
  /**
   * each changes a fixture and says the outcome
   *
   * @minItems 1
   */
  readonly tests: readonly Test[];
}
/** One fixture, changed, and the outcome expected. */
export interface Test {
  /** what is tested, in a few words; unique */
  readonly name: string;
  /** the fixture that it starts from */
  readonly from: string;
  /** path → value, as in trail.isLogging; { $unread: service:Call } for what could not be read */
  readonly set?: Readonly<Record<string, unknown>>;
  /** paths to take away */
  readonly unset?: readonly string[];
  /** parameter → value, in place of the default */
  readonly params?: Readonly<Record<string, unknown>>;
  /** the outcome; NON_COMPLIANT with the ids of the assertions that fail */
  readonly expect: 'COMPLIANT' | 'NOT_APPLICABLE' | 'INSUFFICIENT_DATA' | {readonly NON_COMPLIANT: readonly string[]};
}
/** A fragment of the View; an optional field that is not written is absent. */
export interface Fixture {
  /** the time that `now` has */
  readonly now: string;
  /** fields of the organization that the policy reads: see `trailproof policies fields` */
  readonly organization?: Readonly<Record<string, unknown>>;
  /** fields of the account that the policy reads: see `trailproof policies fields` */
  readonly account?: Readonly<Record<string, unknown>>;
  /** fields of the trail that the policy reads: see `trailproof policies fields` */
  readonly trail?: Readonly<Record<string, unknown>>;
  /** fields of the event data store that the policy reads: see `trailproof policies fields` */
  readonly eventDataStore?: Readonly<Record<string, unknown>>;
  /** fields of the log bucket that the policy reads: see `trailproof policies fields` */
  readonly bucket?: Readonly<Record<string, unknown>>;
  /** fields of the KMS key that the policy reads: see `trailproof policies fields` */
  readonly key?: Readonly<Record<string, unknown>>;
  /** fields of the log group that the policy reads: see `trailproof policies fields` */
  readonly logGroup?: Readonly<Record<string, unknown>>;
  /** fields of the SNS topic that the policy reads: see `trailproof policies fields` */
  readonly topic?: Readonly<Record<string, unknown>>;
  /** fields of the VPC that the policy reads: see `trailproof policies fields` */
  readonly vpc?: Readonly<Record<string, unknown>>;
  /** fields of the CloudFront distribution that the policy reads: see `trailproof policies fields` */
  readonly distribution?: Readonly<Record<string, unknown>>;
  /** fields of the load balancer that the policy reads: see `trailproof policies fields` */
  readonly loadBalancer?: Readonly<Record<string, unknown>>;
  /** fields of the default event bus of a Region that the policy reads: see `trailproof policies fields` */
  readonly eventBus?: Readonly<Record<string, unknown>>;
  /** fields of Security Hub in a Region that the policy reads: see `trailproof policies fields` */
  readonly securityHub?: Readonly<Record<string, unknown>>;
  /** fields of the bucket of other logs that the policy reads: see `trailproof policies fields` */
  readonly otherLogBucket?: Readonly<Record<string, unknown>>;
  /** fields of the recorder that the policy reads: see `trailproof policies fields` */
  readonly recorder?: Readonly<Record<string, unknown>>;
}
