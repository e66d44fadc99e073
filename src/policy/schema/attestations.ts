// Generated from schema/attestations.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** Controls that another system satisfies: which, by what, who says so and until when. */
export interface AttestationsDocument {
  /** of this format */
  readonly version: 1;
  /** controls that another system satisfies */
  readonly attestations: readonly AttestationEntry[];
}
/** Controls that another system satisfies. It changes no verdict of a policy: the report of frameworks shows it. */
export interface AttestationEntry {
  /** unique over all files of attestations; reports name it */
  readonly id: string;
  /** ids of controls, by framework, as policies name them */
  readonly controls: {
    /** @minItems 1 */
    readonly [k: string]: readonly string[];
  };
  /** which system satisfies them, and how, for someone who reads it in a year */
  readonly statement: string;
  /** who answers for it */
  readonly owner: string;
  /** where the proof is kept */
  readonly evidence?: string;
  /** the last day on which it holds, as 2027-01-31 */
  readonly expires: string;
}
