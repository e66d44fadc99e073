// Generated from schema/policy.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** A policy: what must hold on every target of a kind. */
export interface PolicyDocument {
  /** of this format */
  readonly version: 1;
  /** kebab-case: a statement that holds when all is well */
  readonly id: string;
  /** one line */
  readonly title: string;
  /** how bad a finding is; packs may change it */
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'informational';
  /** what is checked, and how it is decided */
  readonly description: string;
  /** why it matters */
  readonly rationale: string;
  readonly remediation: Remediation;
  /** what asks for it outside: framework id → ids of its controls */
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
  /** values that a pack or a configuration may set: name → declaration; expressions read params.name */
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
  /** what to do, in words */
  readonly text: string;
  /** the way through the AWS console */
  readonly console?: string;
  /** commands of the AWS CLI */
  readonly cli?: string;
  /** a Terraform configuration */
  readonly terraform?: string;
  /** a part of a CloudFormation template, in YAML */
  readonly cloudformation?: string;
}
/** What must hold. */
export interface Assertion {
  /** names it in results, tests and waivers; kebab-case */
  readonly id: string;
  /** a boolean expression */
  readonly expr: string;
  /** what is wrong, where, why it matters, what to do; ${…} holds expressions */
  readonly message: string;
  /** of a finding of this assertion, where it differs from the policy's */
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'informational';
}
/** A value that a pack or a configuration may set. */
export interface Parameter {
  /** what values it takes; a duration is written like 24h */
  readonly type: 'string' | 'integer' | 'boolean' | 'duration' | 'list';
  /** in force when nothing else is set */
  readonly default: unknown;
  /** what it is for, in one line */
  readonly description?: string;
  /** the least value of an integer */
  readonly minimum?: number;
  /** the greatest value of an integer */
  readonly maximum?: number;
  /** allowed values */
  readonly enum?: readonly (string | number)[];
  /** a regular expression that a text must match */
  readonly pattern?: string;
  readonly items?: ParameterItems;
  /** the least number of members of a list */
  readonly minItems?: number;
}
/** what the members of a list are */
export interface ParameterItems {
  /** what each member is */
  readonly type: 'string' | 'integer';
  /** allowed members */
  readonly enum?: readonly (string | number)[];
  /** a regular expression that each member must match */
  readonly pattern?: string;
}
/** The members of a list parameter. */
export interface ParameterItems1 {
  /** what each member is */
  readonly type: 'string' | 'integer';
  /** allowed members */
  readonly enum?: readonly (string | number)[];
  /** a regular expression that each member must match */
  readonly pattern?: string;
}
