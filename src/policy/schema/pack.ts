// Generated from schema/pack.v1.json by .ci/generate-types.mjs (npm run generate). Do not edit.

/** A pack: a named list of policies. */
export interface PackDocument {
  readonly version: 1;
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /**
   * ids of the policies
   *
   * @minItems 1
   */
  readonly policies: readonly string[];
}
