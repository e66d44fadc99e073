// Generated from schema/waivers.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** Accepted findings: what is accepted, where, why, by whom and until when. */
export interface WaiversDocument {
  /** of this format */
  readonly version: 1;
  /** findings that are accepted for a while */
  readonly waivers: readonly WaiverEntry[];
}
/** One accepted finding, or several of one reason. Every scope that is given must match: accounts or OUs, and resources. */
export interface WaiverEntry {
  /** unique over all files of waivers; reports name it */
  readonly id: string;
  /**
   * id of the policy, or a list of ids; no `*`
   *
   * @minItems 1
   */
  readonly policy: string | readonly string[];
  /**
   * ids of the assertions that are waived, while the others still fail; each policy must have them. Default: the whole policy
   *
   * @minItems 1
   */
  readonly assert?: readonly string[];
  /**
   * ids of accounts, as texts of 12 digits. Default: every account, or those of `ous`
   *
   * @minItems 1
   */
  readonly accounts?: readonly string[];
  /**
   * OUs, by id, name or path of names: every account below them, beside those of `accounts`
   *
   * @minItems 1
   *
   * Items: id, name or path of an OU or of the root
   */
  readonly ous?: readonly string[];
  /**
   * ARNs, ids or bucket names, and fingerprints of incidents, just as reports print them; `*` stands for any characters, and the whole text must match. Default: every target
   *
   * @minItems 1
   */
  readonly resources?: readonly string[];
  /** why it is accepted, for someone who reads it in a year */
  readonly reason: string;
  /** who answers for it */
  readonly owner: string;
  /** who accepted it: someone other than the owner */
  readonly approvedBy: string;
  /** the day from whose beginning (UTC) it holds */
  readonly created: string;
  /** the last day on which it holds, until 24:00 UTC */
  readonly expires: string;
  /** where the work on it is tracked */
  readonly ticket?: string;
  /** what protects meanwhile */
  readonly compensatingControl?: string;
}
