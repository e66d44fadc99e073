// Generated from schema/verification.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** verified: every digest file and log file of the window is there and as CloudTrail delivered it. tampered: something is changed, added or gone without an explanation. incomplete: nothing is, but not all could be verified. */
export type VerificationOutcome = 'verified' | 'tampered' | 'incomplete';
export type GapCause =
  | 'missing-digest'
  | 'missing-chain'
  | 'invalid-digest'
  | 'unreadable-digest'
  | 'not-linked-in-time'
  | 'logging-stopped'
  | 'restarted'
  | 'started'
  | 'validation-off'
  | 'trail-deleted'
  | 'account-left'
  | 'not-recorded'
  | 'delivery-failed'
  | 'retention'
  | 'not-yet-delivered';
export type FindingEffect = 'tampering' | 'incomplete';

/** Whether CloudTrail's log files are as CloudTrail delivered them: what trailproof verify-logs --format json prints. */
export interface Verification {
  readonly schemaVersion: '1';
  readonly tool: {
    readonly name: 'Trailproof';
    readonly version: string;
  };
  readonly run: VerificationRun;
  readonly record: VerificationRecord;
}
/** What differs from run to run. */
export interface VerificationRun {
  readonly startedAt: string;
  readonly finishedAt: string;
  /** live, or the folder that was read */
  readonly source: string;
  readonly interrupted: boolean;
  /** Requests to AWS, retries and pages included. */
  readonly requests: {
    readonly total: number;
    readonly byOperation: {
      readonly [k: string]: number;
    };
  };
}
/** What was verified and found: the same objects, keys and time give the same bytes. */
export interface VerificationRecord {
  readonly outcome: VerificationOutcome;
  readonly window: TimeSpan;
  /** The time that what is due was reckoned by. */
  readonly asOf: string;
  readonly scope: VerificationScope;
  readonly counts: {
    readonly chains: number;
    readonly digests: DigestCounts;
    readonly logFiles: LogFileCounts;
    /** Plain bytes of the log files that were hashed. */
    readonly bytes: number;
  };
  /** How many digest files were proved how. */
  readonly anchors: {
    /** by the signature that S3 keeps beside the digest file */
    readonly ownSignature: number;
    /** by the signature that the next digest file repeats */
    readonly nextSignature: number;
    /** by the signature that an earlier run saved */
    readonly savedSignature: number;
    /** by an earlier run, and not rewritten since */
    readonly earlierRun: number;
    /** by the hash that the next digest file gives, where AWS no longer lists the key */
    readonly nextHash: number;
  };
  /** Public keys that signatures were checked with, by Region and fingerprint. */
  readonly keys: readonly VerificationKey[];
  /** By account, Region and trail. */
  readonly chains: readonly DigestChain[];
  readonly findings: readonly VerificationFinding[];
  /** With --prove: what became of the calls that a scan made, by account and Region. */
  readonly ownCalls?: readonly OwnCallProof[];
  /** What is worth knowing and decides nothing. */
  readonly notes: readonly string[];
}
export interface TimeSpan {
  readonly from: string;
  /** no part of it */
  readonly to: string;
}
export interface VerificationScope {
  /** What tells which accounts and Regions must have digest files: the organization, the account alone, the flags or what was saved with the keys, or no more than the layout of the bucket. */
  readonly basis: 'organization' | 'account' | 'named' | 'layout';
  readonly trails: readonly VerifiedTrail[];
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Why more accounts, Regions or trails may belong to it: what was not to be had. */
  readonly open: readonly string[];
  /** The accounts and Regions that were named, where only those were verified. */
  readonly chosen?: {
    readonly accounts?: readonly string[];
    readonly regions?: readonly string[];
  };
  /** Only so many log files of each digest file were read. */
  readonly sample?: {
    readonly perDigest: number;
    readonly seed: string;
  };
}
export interface VerifiedTrail {
  readonly name: string;
  readonly homeRegion: string;
  readonly arn?: string;
  readonly organizationId?: string;
  readonly bucket: string;
  /** without a slash at its end; empty for none */
  readonly prefix: string;
}
export interface DigestCounts {
  readonly valid: number;
  readonly invalid: number;
  readonly missing: number;
  readonly unreadable: number;
}
export interface LogFileCounts {
  readonly valid: number;
  readonly invalid: number;
  readonly missing: number;
  readonly unreadable: number;
  /** there, and in no valid digest file */
  readonly uncovered: number;
  /** delivered so lately that their digest file is not due */
  readonly pending: number;
  /** left out by --sample */
  readonly notRead: number;
}
export interface VerificationKey {
  readonly region: string;
  readonly fingerprint: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly digests: number;
}
export interface DigestChain {
  readonly account: string;
  /** where the events happened */
  readonly region: string;
  readonly trail: string;
  readonly homeRegion: string;
  readonly organizationId?: string;
  readonly outcome: VerificationOutcome;
  /** s3://BUCKET/BASE that its digest files lie in */
  readonly places: readonly string[];
  /** time of the window that valid digest files cover */
  readonly covered: readonly TimeSpan[];
  readonly gaps: readonly CoverageGap[];
  readonly digests: DigestCounts;
  readonly logFiles: LogFileCounts;
  readonly heads: readonly ChainHead[];
}
/** Time of the window that no valid digest file covers. */
export interface CoverageGap {
  readonly from: string;
  readonly to: string;
  readonly cause: GapCause;
  readonly effect: FindingEffect;
  readonly message: string;
  /** Keys of digest files that must have been there, as far as they can be told. */
  readonly missing: readonly string[];
}
/** The newest digest file of a row that is linked without a gap: its hash stands for the whole row. */
export interface ChainHead {
  readonly key: string;
  readonly sha256: string;
  readonly from: string;
  readonly to: string;
}
export interface VerificationFinding {
  readonly verdict: 'invalid' | 'missing' | 'unreadable' | 'uncovered';
  readonly subject: 'digest' | 'log-file';
  readonly effect: FindingEffect;
  readonly reason: string;
  readonly message: string;
  readonly account: string;
  readonly region: string;
  /** missing where it is not known: log files do not name theirs */
  readonly trail?: string;
  readonly bucket: string;
  readonly count: number;
  /** Keys, sorted; no more than the first 1000 */
  readonly objects: readonly string[];
}
export interface OwnCallProof {
  readonly account: string;
  readonly region: string;
  /** missing: the log files of the time are all there and valid, and hold none of the calls; unknown: they are not. */
  readonly state: 'found' | 'missing' | 'not-due' | 'unknown';
  readonly calls: number;
  readonly found: number;
  /** a log file that holds one of them */
  readonly object?: string;
}
