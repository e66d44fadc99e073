// Generated from schema/policy.v1.json by .ci/generate-types.mjs (npm run generate). Do not edit.

/** A policy: what must hold on every target of a kind. */
export interface PolicyDocument {
  /** of this format */
  readonly version: 1;
  /** kebab-case: a statement that holds when all is well */
  readonly id: string;
  /** one line */
  readonly title: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'informational';
  /** what is checked, and how it is decided */
  readonly description: string;
  /** why it matters */
  readonly rationale: string;
  readonly remediation: Remediation;
  /** framework id → control ids */
  readonly controls?: Readonly<Record<string, readonly string[]>>;
  /** pages to read */
  readonly references?: readonly string[];
  /** what it is asked of */
  readonly target:
    | 'organization'
    | 'account'
    | 'trail'
    | 'event-data-store'
    | 'log-bucket'
    | 'kms-key'
    | 'log-group'
    | 'topic'
    | 'config-recorder';
  /** the outcome when there is no target */
  readonly 'on-no-targets'?: 'NOT_APPLICABLE' | 'NON_COMPLIANT';
  /** name → declaration */
  readonly params?: Readonly<Record<string, Parameter>>;
  /** applies only where this expression holds */
  readonly when?: string;
  /**
   * all of these must hold
   *
   * @minItems 1
   */
  readonly assert: readonly Assertion[];
}
/** How to fix it. */
export interface Remediation {
  readonly text: string;
  readonly console?: string;
  readonly cli?: string;
  readonly terraform?: string;
  readonly cloudformation?: string;
}
/** What must hold. */
export interface Assertion {
  readonly id: string;
  /** a boolean expression */
  readonly expr: string;
  /** what is wrong, where, why it matters, what to do; ${…} holds expressions */
  readonly message: string;
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'informational';
}
/** A value that a pack or a configuration may set. */
export interface Parameter {
  readonly type: 'string' | 'integer' | 'boolean' | 'duration' | 'list';
  /** in force when nothing else is set */
  readonly default: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** allowed values */
  readonly enum?: readonly (string | number)[];
  /** a regular expression */
  readonly pattern?: string;
  readonly items?: ParameterItems;
  readonly minItems?: number;
}
/** The members of a list parameter. */
export interface ParameterItems {
  readonly type: 'string' | 'integer';
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
}
