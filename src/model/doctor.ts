// Generated from schema/doctor.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** role-refused: AWS does not tell whether the role is missing, does not trust the caller, or wants another external id. trust-policy: the role's trust policy refuses the caller. caller-permission: the caller's own permissions. entry-control-policy: an SCP or RCP denies sts:AssumeRole. region-off: the Region is not enabled there. region-denied: a control policy denies CloudTrail's reads in this Region only. read-control-policy: one denies them elsewhere, too. role-permission: the role does not allow them. read-refused: refused without a reason. no-answer: throttled, or failed otherwise. */
export type DoctorCause =
  | 'role-refused'
  | 'trust-policy'
  | 'caller-permission'
  | 'entry-control-policy'
  | 'region-off'
  | 'region-denied'
  | 'read-control-policy'
  | 'role-permission'
  | 'read-refused'
  | 'no-answer';

/** Whether a scan will be able to read the accounts, and why not: what trailproof doctor --json prints. */
export interface DoctorReport {
  readonly schemaVersion: '1';
  readonly tool: {
    readonly name: 'Trailproof';
    readonly version: string;
  };
  /** When the first call was made. */
  readonly checkedAt: string;
  readonly caller: {
    readonly arn: string;
    readonly accountId: string;
    readonly partition: string;
    /** The Region that AWS is asked in first. */
    readonly region: string;
  };
  /** null where the caller's account is in none, or where that could not be read. */
  readonly organization: null | {
    readonly id: string;
    readonly managementAccountId: string;
    /** What the caller's account is to the organization: a delegated administrator of CloudTrail, of another service (so that it may list the accounts), or a member that may not. */
    readonly callerIs: 'management-account' | 'cloudtrail-administrator' | 'other-administrator' | 'member';
    /** The accounts that are delegated administrators of CloudTrail; null where that could not be read. */
    readonly cloudTrailAdministrators: null | string[];
  };
  /** What holds for the caller and the organization as a whole. */
  readonly checks: readonly DoctorCheck[];
  readonly accounts: {
    readonly listed: number;
    /** Entered, and their trails listed. */
    readonly ready: number;
    /** In scope, and not ready. */
    readonly notReady: number;
    readonly outOfScope: {
      readonly id: string;
      readonly name: string;
      readonly reason: string;
    }[];
  };
  /** The accounts that are not ready, by what keeps the scan out. */
  readonly problems: readonly DoctorProblem[];
  /** HTTP requests that were made. */
  readonly apiCalls: number;
}
export interface DoctorCheck {
  readonly id: 'organization' | 'account-list' | 'organization-trails' | 'trusted-access' | 'management-account';
  readonly status: 'ok' | 'problem' | 'note';
  readonly message: string;
  /** What to do. */
  readonly fix?: string;
}
export interface DoctorProblem {
  readonly cause: DoctorCause;
  readonly title: string;
  /** What is known, and what AWS does not tell. */
  readonly explanation: string;
  /** What to do, in this order. */
  readonly fix: readonly string[];
  readonly accounts: {
    readonly id: string;
    readonly name: string;
    /** Where AWS was asked. */
    readonly region: string;
    /** AWS's own message. */
    readonly message: string;
  }[];
}
