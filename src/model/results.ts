// Generated from schema/results.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

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
export type Outcome = 'COMPLIANT' | 'NON_COMPLIANT' | 'NOT_APPLICABLE' | 'INSUFFICIENT_DATA';

/** The verdicts of one run. */
export interface Results {
  readonly schemaVersion: '1';
  readonly tool: Tool;
  readonly run: Run;
  readonly organization: OrganizationSummary | null;
  readonly coverage: Coverage;
  readonly policies: readonly PolicySummary[];
  readonly evaluations: readonly Evaluation[];
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  /** every waiver that was given to the run, used or not; missing when none was given */
  readonly waivers?: readonly WaiverState[];
  /** controls that another system satisfies, as someone attests; missing when none was given */
  readonly attestations?: readonly Attestation[];
  readonly summary: Summary;
  /** what packs took out, where and why; missing when nothing was */
  readonly disabled?: readonly DisabledPolicy[];
  readonly previous?: Previous;
  /** every account that was listed, with its place in the organization */
  readonly accounts?: readonly AccountPlace[];
  /** which management events are recorded where; accounts in the same state share an item */
  readonly recording?: readonly RecordingGroup[];
}
/** What wrote this file. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}
/** When, by whom and from what. */
export interface Run {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** when the state was read; `now` for every policy */
  readonly capturedAt: string;
  /** live, config, config+live; sample for the embedded organization, which is nobody’s */
  readonly source: string;
  /** ARN of the caller's identity */
  readonly caller: string;
  readonly partition: string;
  /** members' own event data stores were asked for */
  readonly deep: boolean;
  /** the reading was stopped before it was done */
  readonly interrupted: boolean;
  readonly asOf?: string;
  readonly scan?: Scan;
  /** SHA-256 of the inventory that was evaluated, as its file has it */
  readonly inventoryDigest?: string;
  /** the inventory was changed after it was saved */
  readonly isInventoryEdited?: true;
}
/** Which scan this is a run of: runs with one id and one organization follow each other. */
export interface Scan {
  /** of --scan-id, or made of the packs and the scope */
  readonly id: string;
  /** --scan-id said it */
  readonly isNamed: boolean;
  /** the chosen packs, sorted */
  readonly packs: readonly string[];
  /** what sets it apart from a scan of the whole organization with the default role: account:ID, not:ID, ou:ID, role:NAME; sorted */
  readonly scope: readonly string[];
}
/** The organization that was read. */
export interface OrganizationSummary {
  readonly id: string;
  readonly managementAccountId: string;
}
/** Which accounts and calls were really read. */
export interface Coverage {
  readonly accounts: AccountsCoverage;
  readonly apiCalls: ApiCalls;
  /** the accounts that were evaluated */
  readonly evaluatedAccounts?: readonly NamedAccount[];
  readonly logs?: LogsCoverage;
}
/** listed = evaluated + out of scope + unreadable. */
export interface AccountsCoverage {
  readonly listed: number;
  readonly evaluated: number;
  readonly outOfScope: readonly AccountReason[];
  readonly unreadable: readonly AccountReason[];
}
/** An account, and why. */
export interface AccountReason {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}
/** HTTP requests: retries, pages and AssumeRole counted; keys `service:Operation`. */
export interface ApiCalls {
  readonly total: number;
  readonly denied: number;
  readonly byOperation: Readonly<Record<string, number>>;
}
/** An account. */
export interface NamedAccount {
  readonly id: string;
  readonly name: string;
}
/** of a run over events */
export interface LogsCoverage {
  /** the first moment that was asked, by the time of events */
  readonly from: string;
  /** the first moment that was not */
  readonly to: string;
  /** log files that CloudTrail delivered from then on were not read: events that came later are not known */
  readonly deliveredUntil?: string;
  /** hours of an account in a Region that were expected */
  readonly cells: number;
  /** a valid chain of digest files spans the hour, and each log file was read */
  readonly proven: number;
  /** log files were read, and nothing proves that they are all */
  readonly present: number;
  /** no log file, and nothing proves that nothing happened */
  readonly silent: number;
  /** something is there, or should be, and could not be read */
  readonly unreadable: readonly UnreadableHours[];
}
/** Hours of an account in a Region of which something could not be read. */
export interface UnreadableHours {
  readonly accountId: string;
  readonly region: string;
  readonly from: string;
  /** not included */
  readonly to: string;
}
/** A policy that was evaluated. */
export interface PolicySummary {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly target: TargetType;
  /** how many it was evaluated on */
  readonly targets: number;
  readonly controls: readonly Control[];
  readonly description: string;
  readonly rationale: string;
  readonly remediation: Remediation;
  /** the parameters in force */
  readonly params: Readonly<Record<string, unknown>>;
  /** `builtin`, or the path of its file */
  readonly source: string;
  /** of its first line in that file */
  readonly line?: number;
  /** sha256, hex, of what its file says, whatever the order of its keys; missing for what no file declares */
  readonly digest?: string;
}
/** A control of a framework. */
export interface Control {
  readonly framework: string;
  readonly id: string;
}
/** How to fix it. */
export interface Remediation {
  readonly text: string;
  readonly console?: string;
  readonly cli?: string;
  readonly terraform?: string;
  readonly cloudformation?: string;
}
/** One policy on one target. */
export interface Evaluation {
  readonly policyId: string;
  readonly outcome: Outcome;
  readonly severity: Severity;
  readonly target: Target;
  readonly message: string;
  readonly reasons: readonly Reason[];
  readonly evidence: readonly string[];
  readonly gaps: readonly string[];
  /** the parameters in force here, where a binding of a pack set others than the policy's own */
  readonly params?: Readonly<Record<string, unknown>>;
  /** the supported way to fix it where a landing zone manages the resource, instead of the policy's */
  readonly fix?: string;
  /** fingerprint of the evaluation where the cause is to be fixed */
  readonly causedBy?: string;
  readonly carriedForward?: CarriedForward;
  readonly waiver?: Waiver;
  /** sha256, hex */
  readonly fingerprint: string;
  readonly incident?: Incident;
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
/** Why an assertion holds, fails or is not known. */
export interface Reason {
  /** its id; `when` for the condition */
  readonly assert: string;
  readonly message: string;
  readonly because: readonly Because[];
  /** it could not be decided; said where another one fails */
  readonly unknown?: true;
  /** id of the waiver that accepts this assertion alone */
  readonly waiver?: string;
  /** of the assertion, in a finding of a policy whose assertions differ in it */
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'informational';
}
/** A sub-expression that decided, and its value. */
export interface Because {
  readonly expr: string;
  /** a scalar, or a text for what is none */
  readonly value: string | number | boolean;
}
/** A finding that this run could not evaluate again: it stays open as it was. */
export interface CarriedForward {
  /** when the state was read in which it was last seen failing */
  readonly lastSeen: string;
}
/** The waiver that accepts a NON_COMPLIANT evaluation. */
export interface Waiver {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  /** the last day on which it holds, UTC */
  readonly expires: string;
  readonly approvedBy?: string;
  readonly ticket?: string;
  /** what protects meanwhile */
  readonly compensatingControl?: string;
  readonly file?: string;
  readonly line?: number;
  /** fingerprint of the cause that is waived, where the waiver does not name this evaluation itself */
  readonly via?: string;
}
/** of a finding of an activity policy */
export interface Incident {
  /** what its events share; the id of the event where it is one by itself */
  readonly key: string;
  /** how many events; of `distinct` and `sum` the most within one window */
  readonly count: number;
  /** when the first event completed; of what did not happen, the beginning of the time */
  readonly firstAt: string;
  /** when the last event completed; of what did not happen, the end of the time */
  readonly lastAt: string;
  /** by time, the first 20 */
  readonly events: readonly IncidentEvent[];
  /** how many more there are */
  readonly eventsLeftOut: number;
}
/** An event of an incident, and where it was read. */
export interface IncidentEvent {
  readonly eventID: string;
  /** when the call completed */
  readonly at: string;
  readonly eventName: string;
  /** who may do what was done, without a session */
  readonly principal: string;
  /** an address, or the name of a service */
  readonly sourceIPAddress: string;
  /** the log file, or event-history/ACCOUNT/REGION */
  readonly object: string;
  /** whether a valid chain of digest files holds the hash of the log file; missing where nobody checked */
  readonly verified?: boolean;
}
/** An answer that an evaluation rests on. */
export interface Evidence {
  readonly id: string;
  /** `service:Operation`; missing where a configuration item was used */
  readonly call?: string;
  /** the type of resource of a configuration item that AWS Config recorded, captured at `at` */
  readonly item?: string;
  readonly accountId: string;
  readonly region: string;
  readonly resource?: string;
  readonly at: string;
  readonly requestId?: string;
  /** of a log file as it is stored, hex */
  readonly sha256?: string;
  /** of a log file: whether a valid chain of digest files holds its hash; missing where nobody checked */
  readonly verified?: boolean;
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
/** A waiver that was given to the run, and what became of it. */
export interface WaiverState {
  readonly id: string;
  /** stale: no account or OU that it names is in the organization any more; not-evaluated: it met nothing to accept, but not all that it may speak of was asked for in this run, or could be read */
  readonly state: 'used' | 'unused' | 'expired' | 'not-yet-valid' | 'not-evaluated' | 'stale';
  readonly policies: readonly string[];
  readonly assert?: readonly string[];
  readonly accounts?: readonly string[];
  readonly ous?: readonly string[];
  readonly resources?: readonly string[];
  readonly reason: string;
  readonly owner: string;
  readonly approvedBy: string;
  readonly created: string;
  readonly expires: string;
  readonly ticket?: string;
  readonly compensatingControl?: string;
  readonly file: string;
  readonly line: number;
  /** NON_COMPLIANT evaluations that it names itself and covers, in whole or in some assertions; of an expired one, those that it would */
  readonly accepts: number;
  readonly remarks: readonly WaiverRemark[];
}
/** What is to be known of a waiver. */
export interface WaiverRemark {
  readonly severity: 'error' | 'warning' | 'notice';
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  /** of what it speaks of, in the waiver's file */
  readonly line: number;
}
/** Controls that another system satisfies. */
export interface Attestation {
  readonly id: string;
  readonly controls: {
    readonly framework: string;
    readonly id: string;
  }[];
  /** which system, and how */
  readonly statement: string;
  readonly owner: string;
  /** where the proof is kept */
  readonly evidence?: string;
  /** the last day on which it holds */
  readonly expires: string;
  /** that day was over when the state was read */
  readonly isExpired: boolean;
}
/** Counts. A finding is a NON_COMPLIANT evaluation that is not waived and has no cause elsewhere. */
export interface Summary {
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly findings: number;
  /** findings by severity */
  readonly bySeverity: Readonly<Record<string, number>>;
  /** accounts that the findings touch */
  readonly accountsAffected: number;
  /** NON_COMPLIANT evaluations that waivers accept; missing when no waiver was given */
  readonly waived?: number;
}
/** A policy that a pack took out, everywhere or in a part of the organization. */
export interface DisabledPolicy {
  readonly policyId: string;
  readonly title: string;
  readonly reason: string;
  /** of the pack that says so; builtin:<pack> for one that is shipped */
  readonly file: string;
  readonly line: number;
  readonly scope?: BindingScope;
  /** how many were left out */
  readonly targets: number;
  /** ids of the accounts of these targets */
  readonly accounts: readonly string[];
}
/** The part of the organization that a binding speaks of; missing: all of it. */
export interface BindingScope {
  /** as the pack names them: by id, name or path */
  readonly ous: readonly string[];
  readonly accounts: readonly string[];
  /** tag → values of which an account has one; missing: the binding names none */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
}
/** How this run follows on an earlier one; only where that was asked for. */
export interface Previous {
  /** when the earlier run read the state; missing: this is the first run */
  readonly capturedAt?: string;
  /** false: code scanning would take findings for fixed that are not */
  readonly sarifUploadable: boolean;
  /** why it is, or is not */
  readonly reason: string;
  /** earlier findings that are gone though nothing was evaluated again */
  readonly closed: readonly ClosedFinding[];
}
/** An earlier finding that no longer stands, and why. */
export interface ClosedFinding {
  readonly policyId: string;
  readonly accountId: string;
  readonly targetId: string;
  readonly fingerprint: string;
  readonly reason: string;
}
/** An account of the organization. */
export interface AccountPlace {
  readonly id: string;
  readonly name: string;
  /** names of the root and the OUs above it, root first; missing when they could not be read */
  readonly path?: readonly string[];
}
/** Accounts of which the same is recorded. */
export interface RecordingGroup {
  /** their ids */
  readonly accounts: readonly string[];
  /** each enabled Region once */
  readonly regions: readonly RegionRecording[];
  /** which opt-in Regions are enabled could not be read */
  readonly mayHaveOthers?: true;
}
/** How much of the management events of these Regions is recorded and delivered, over all trails and event data stores. */
export interface RegionRecording {
  readonly names: readonly string[];
  readonly read: 'full' | 'partial' | 'none' | 'unknown';
  readonly write: 'full' | 'partial' | 'none' | 'unknown';
}
/** Events that together are one finding of an activity policy. */
export interface Incident1 {
  /** what its events share; the id of the event where it is one by itself */
  readonly key: string;
  /** how many events; of `distinct` and `sum` the most within one window */
  readonly count: number;
  /** when the first event completed; of what did not happen, the beginning of the time */
  readonly firstAt: string;
  /** when the last event completed; of what did not happen, the end of the time */
  readonly lastAt: string;
  /** by time, the first 20 */
  readonly events: readonly IncidentEvent[];
  /** how many more there are */
  readonly eventsLeftOut: number;
}
/** Which hours of which accounts and Regions were there to be read. */
export interface LogsCoverage1 {
  /** the first moment that was asked, by the time of events */
  readonly from: string;
  /** the first moment that was not */
  readonly to: string;
  /** log files that CloudTrail delivered from then on were not read: events that came later are not known */
  readonly deliveredUntil?: string;
  /** hours of an account in a Region that were expected */
  readonly cells: number;
  /** a valid chain of digest files spans the hour, and each log file was read */
  readonly proven: number;
  /** log files were read, and nothing proves that they are all */
  readonly present: number;
  /** no log file, and nothing proves that nothing happened */
  readonly silent: number;
  /** something is there, or should be, and could not be read */
  readonly unreadable: readonly UnreadableHours[];
}
