// Generated from schema/baseline.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** What policies on familiar things saw, as trailproof activity --save-baseline writes it: hashes of what belongs together with the times at which it was seen, and which time is known whole. */
export interface BaselineDocument {
  readonly schemaVersion: '1';
  readonly tool: {
    readonly name: 'trailproof';
    readonly version: string;
  };
  readonly savedAt: string;
  /** its id; absent where no run had an inventory of one */
  readonly organization?: string;
  readonly entries: readonly SavedEntry[];
  /** SHA-256 of everything else */
  readonly digest: string;
}
/** What one policy saw in one account. */
export interface SavedEntry {
  readonly policyId: string;
  readonly account: string;
  /** SHA-256 of what the policy asked: of its condition, of what belongs together, and of their parameters */
  readonly question: string;
  /** all of it was read with --verify, or of Event history, which no one can change */
  readonly verified: boolean;
  /** Region, or * for all of them → the spans of which every event is known, the end excluded */
  readonly known: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  /** SHA-256 of what belongs together → the first and the last time of each day at which it was seen */
  readonly seen: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}
