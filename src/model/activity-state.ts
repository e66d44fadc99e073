// Generated from schema/activity-state.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** Up to where events were judged, as trailproof activity --since-last keeps it. */
export interface ActivityState {
  readonly schemaVersion: '1';
  readonly tool: {
    readonly name: 'trailproof';
    readonly version: string;
  };
  readonly savedAt: string;
  /** as --source named it */
  readonly source: string;
  /** its id; absent where there was no inventory of one */
  readonly organization?: string;
  /** id → SHA-256 of what it asked, with its parameters */
  readonly policies: Readonly<Record<string, string>>;
  /** the end of the last window */
  readonly to: string;
  /** where the next window begins */
  readonly next: string;
  /** SHA-256 of everything else */
  readonly digest: string;
}
