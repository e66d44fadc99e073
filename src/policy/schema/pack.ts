// Generated from schema/pack.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** A pack: a named list of policies, and what it changes in them. */
export interface PackDocument {
  /** of this format */
  readonly version: 1;
  /** what --pack and extends name it by; kebab-case */
  readonly id: string;
  /** one line */
  readonly title: string;
  /** what it is for */
  readonly description?: string;
  /**
   * what it builds on; where two set the same value, the later wins
   *
   * @minItems 1
   *
   * Items: builtin:<pack>, the id of a pack, ./folder, ./pack.yaml, npm:<package> or npm:<package>/<pack>
   */
  readonly extends?: readonly string[];
  /**
   * ids of the policies
   *
   * @minItems 1
   */
  readonly policies?: readonly string[];
  /** policy id → what is set for the whole organization */
  readonly override?: Readonly<Record<string, Override>>;
  /**
   * other values for parts of the organization; a later one wins
   *
   * @minItems 1
   */
  readonly bindings?: readonly Binding[];
  readonly select?: Select;
}
/** Other values for the accounts named, for those in or below the OUs named, and for those with these tags. */
export interface Binding {
  /**
   * OUs or roots: ids, names or paths of names; what is below them belongs to them
   *
   * @minItems 1
   *
   * Items: id, name or path of an OU or of the root
   */
  readonly ous?: readonly string[];
  /**
   * ids of accounts
   *
   * @minItems 1
   */
  readonly accounts?: readonly string[];
  readonly tags?: Readonly<Record<string, string | readonly string[]>>;
  /** policy id → what is set there */
  readonly override: Readonly<Record<string, BindingOverride>>;
}
/** Keeps only the policies that meet all of these. */
export interface Select {
  /** >=medium: medium and worse; medium: just that */
  readonly severity?:
    | '>=critical'
    | '>=high'
    | '>=medium'
    | '>=low'
    | '>=informational'
    | 'critical'
    | 'high'
    | 'medium'
    | 'low'
    | 'informational';
  /**
   * frameworks, or single controls as framework:control; one of them must be met
   *
   * @minItems 1
   */
  readonly controls?: readonly string[];
  /**
   * kinds of targets; one of them must be met
   *
   * @minItems 1
   */
  readonly targets?: readonly (
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
    | 'config-recorder'
  )[];
}
/** What a pack sets in a policy. Its expressions stay as they are. */
export interface Override {
  /** of the policy and of each of its assertions */
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'informational';
  /** one line */
  readonly title?: string;
  readonly remediation?: RemediationOverride;
  /** parameter → value, within the bounds that the policy declares */
  readonly params?: Readonly<Record<string, unknown>>;
  /** false takes the policy out, with a reason */
  readonly enabled?: boolean;
  /** why it is disabled; the results list it */
  readonly reason?: string;
}
/** How to fix it, in one's own words. */
export interface RemediationOverride {
  /** what to do, in words */
  readonly text: string;
}
/** What a binding sets in a policy. */
export interface BindingOverride {
  /** of the policy and of each of its assertions, there */
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'informational';
  /** parameter → value, within the bounds that the policy declares */
  readonly params?: Readonly<Record<string, unknown>>;
  /** false takes the policy out there, with a reason */
  readonly enabled?: boolean;
  /** why it is disabled there; the results list it */
  readonly reason?: string;
}
