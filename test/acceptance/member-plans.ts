/** A member account with its own trail, bucket and key; what is not stated is as it should be. */
export interface MemberPlan {
  readonly name: string;
  /** The one thing that is wrong, in words. */
  readonly defect: string;
  readonly trail?: {
    readonly isLogging?: false;
    readonly validates?: false;
    readonly encrypts?: false;
    readonly isMultiRegion?: false;
  };
  readonly bucket?: {
    readonly exists?: false;
    readonly isVersioned?: false;
    readonly isPublic?: true;
    readonly expiresAfterDays?: number;
    readonly logsAccess?: false;
  };
  readonly key?: { readonly isPendingDeletion?: true; readonly rotates?: false };
  /** No role can be assumed there. */
  readonly isClosed?: true;
}

/**
 * One defect an account. Left out, as moto cannot express them:
 * delivery that fails (its status never has an error), organization trails as members see them (GetTrailStatus by
 * ARN answers TrailNotFoundException), trails of one Region elsewhere (its ListTrails leaves out what is homed in
 * another Region), event data stores, delegated administrators for CloudTrail, suspended accounts.
 */
export const memberPlans = [
  { name: 'stopped', defect: 'its trail is stopped', trail: { isLogging: false } },
  { name: 'unvalidated', defect: 'its trail does not validate log files', trail: { validates: false } },
  { name: 'unencrypted', defect: 'its trail has no KMS key', trail: { encrypts: false } },
  { name: 'single-region', defect: 'its trail records one Region', trail: { isMultiRegion: false } },
  { name: 'unversioned', defect: 'its bucket has no versioning', bucket: { isVersioned: false } },
  { name: 'public', defect: 'its bucket is public', bucket: { isPublic: true } },
  { name: 'forgetful', defect: 'its bucket expires logs after 30 days', bucket: { expiresAfterDays: 30 } },
  { name: 'unlogged', defect: 'its bucket does not log access', bucket: { logsAccess: false } },
  { name: 'key-dying', defect: 'its key is pending deletion', key: { isPendingDeletion: true } },
  { name: 'key-static', defect: 'its key does not rotate', key: { rotates: false } },
  { name: 'bucketless', defect: 'its trail names a bucket that does not exist', bucket: { exists: false } },
  { name: 'closed', defect: 'it cannot be entered', isClosed: true },
] as const satisfies readonly MemberPlan[];

export type MemberName = (typeof memberPlans)[number]['name'];
