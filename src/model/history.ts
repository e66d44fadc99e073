// Generated from schema/history.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'informational';
export type TargetType =
  | 'organization'
  | 'account'
  | 'trail'
  | 'event-data-store'
  | 'log-bucket'
  | 'kms-key'
  | 'log-group'
  | 'topic'
  | 'vpc'
  | 'distribution'
  | 'load-balancer'
  | 'security-hub'
  | 'event-bus'
  | 'other-log-bucket'
  | 'config-recorder';
/** COMPLIANT, NON_COMPLIANT, NOT_APPLICABLE and INSUFFICIENT_DATA as in results; NOT_THERE_YET before the target is seen for the first time, GONE after it. */
export type State = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE' | 'INSUFFICIENT_DATA' | 'NOT_THERE_YET' | 'GONE';

/** The verdicts of policies over a window of time. */
export interface History {
  readonly schemaVersion: '1';
  readonly tool: Tool;
  readonly window: Window;
  /** configuration items of AWS Config, or earlier results of this tool */
  readonly source: 'config' | 'results';
  /** of earlier results: the id of their organization, if they have one */
  readonly organization?: string;
  /** moments in the window at which something was evaluated, or a run was made */
  readonly changePoints: number;
  readonly policies: readonly Policy[];
  readonly runs?: Runs;
  readonly timelines: readonly Timeline[];
  readonly gaps: readonly Gap[];
  readonly summary: HistorySummary;
}
/** What wrote this file. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}
/** From its first moment to before its last. */
export interface Window {
  readonly from: string;
  readonly to: string;
}
/** A policy that was evaluated. */
export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly target: TargetType;
}
/** The earlier runs that the history is made of. */
export interface Runs {
  /** runs in the window, and the last before it */
  readonly read: number;
  /** days of UTC that the window touches */
  readonly days: number;
  /** of them, days with a complete run */
  readonly covered: number;
  readonly missed: readonly MissedDay[];
}
/** A day of UTC on which nothing proves compliance. */
export interface MissedDay {
  readonly day: string;
  readonly why: 'no-run' | 'incomplete-run';
  readonly message: string;
}
/** One policy on one target over the window. */
export interface Timeline {
  readonly policyId: string;
  /** the policy's */
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'informational';
  readonly target: Target;
  /** as in results */
  readonly fingerprint: string;
  readonly seconds: Seconds;
  /** the longest time out of compliance */
  readonly worst: Stretch | null;
  readonly intervals: readonly Interval[];
}
/** What was evaluated. */
export interface Target {
  readonly type: TargetType;
  readonly id: string;
  readonly arn?: string;
  /** for people: the name of an account, trail or bucket */
  readonly name?: string;
  /** `unknown` when the owner is not known */
  readonly accountId: string;
  /** `global` for account and organization */
  readonly region: string;
}
/** How long each state lasted, in whole seconds. */
export interface Seconds {
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly notApplicable: number;
  readonly insufficientData: number;
  readonly notThere: number;
}
/** A time without interruption. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
  /** it reaches the end of the window */
  readonly stillSo: boolean;
}
/** A time in which one policy says the same of one target. */
export interface Interval {
  readonly state: State;
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
  /** of NON_COMPLIANT: the worst in that time */
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'informational';
  /** what was said at its beginning */
  readonly message: string;
  /** ids of gaps that leave it unknown, sorted */
  readonly gaps: readonly string[];
  /** true: a waiver accepted it all the time */
  readonly waived?: boolean;
  /** of earlier results: all the time it followed from a finding elsewhere */
  readonly follows?: true;
  readonly began: Change;
  /** null: still so at the end of the window */
  readonly ended: Change | null;
}
/** What a state began or ended with. */
export interface Change {
  readonly at: string;
  /** configuration items captured at that moment which the verdict rests on; at the start of the window, those in force */
  readonly items: readonly Item[];
  readonly between?: Between;
  /** where no item or run tells: why, such as a day without a run */
  readonly reason?: string;
}
/** A configuration item that AWS Config recorded. */
export interface Item {
  /** the type of the resource, such as AWS::CloudTrail::Trail */
  readonly type: string;
  /** ARN, or id where the item has none */
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  /** when AWS Config captured it */
  readonly captureTime: string;
  /** true: it tells that the resource was deleted, or is no longer recorded */
  readonly deleted?: boolean;
}
/** Of results: the runs between which it changed. */
export interface Between {
  /** the last run that says otherwise */
  readonly after?: string;
  /** the first run that says so */
  readonly before: string;
}
/** Why something is unknown. */
export interface Gap {
  readonly id: string;
  readonly call: string;
  readonly accountId: string;
  readonly region: string;
  readonly resource?: string;
  readonly reason: 'access-denied' | 'throttled' | 'not-recorded-by-config' | 'not-collected' | 'unsupported' | 'error';
  readonly message: string;
  readonly at: string;
}
/** Totals over all timelines. */
export interface HistorySummary {
  readonly timelines: number;
  /** timelines that were NON_COMPLIANT at any time */
  readonly everNonCompliant: number;
  /** timelines that are NON_COMPLIANT at the end of the window */
  readonly nonCompliantNow: number;
  readonly seconds: Seconds;
  readonly worst: WorstStretch | null;
}
/** The longest time out of compliance of all. */
export interface WorstStretch {
  readonly policyId: string;
  readonly fingerprint: string;
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
  readonly stillSo: boolean;
}
