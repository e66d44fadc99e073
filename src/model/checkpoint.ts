// Generated from schema/checkpoint.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** One line of the file that trailproof verify-logs --checkpoint appends to: a digest file that was proved, with all log files that it lists. */
export interface CheckpointLine {
  readonly v: 1;
  readonly bucket: string;
  readonly key: string;
  /** ETag, size and time of the last change, as the listing showed it */
  readonly state: string;
  /** of its content */
  readonly sha256: string;
  readonly start: string;
  readonly end: string;
  /** of the public key that it is signed with */
  readonly fingerprint: string;
  /** the digest file before it; null where it starts a chain */
  readonly previous: null | CheckpointPrevious;
  readonly logFiles: number;
  /** SHA-256 over key, ETag and size of its log files, a line each, sorted */
  readonly logStates: string;
  /** plain bytes of its log files */
  readonly bytes: number;
  readonly verifiedAt: string;
}
export interface CheckpointPrevious {
  readonly bucket: string;
  readonly key: string;
  readonly sha256: string;
}
