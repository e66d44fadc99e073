// Generated from schema/policy.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** A policy: what must hold on every target of a kind, or what must not happen in an account. */
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
    | 'vpc'
    | 'distribution'
    | 'load-balancer'
    | 'security-hub'
    | 'event-bus'
    | 'other-log-bucket'
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
  readonly assert?: readonly Assertion[];
  readonly activity?: Activity;
  readonly incident?: IncidentGrouping;
  /** of an activity policy: what happened, where, why it matters, what to do; ${…} holds expressions over `event` (the first), `incident` and `params` */
  readonly message?: string;
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
/** what the events of an account must not, or must, show: judged by trailproof activity */
export interface Activity {
  readonly never?: Never;
  readonly 'at-most'?: AtMost;
  readonly 'followed-by'?: FollowedBy;
  readonly happens?: Happens;
  readonly familiar?: Familiar;
  /** events that are allowed: a boolean expression over `event` and `params`; allow lists are parameters */
  readonly except?: string;
}
/** no such event happens */
export interface Never {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
}
/** no more than so many such events happen within a time */
export interface AtMost {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /**
   * events are counted together that give the same here
   *
   * Items: an expression over `event` and `params`
   */
  readonly by?: readonly string[];
  /** how many are allowed: a whole number, or an expression over `params` */
  readonly count: string | number;
  /** in any window of this length: a duration like 10m or 92d, or an expression over `params` */
  readonly within: string;
  /** counts the different values of this instead of events */
  readonly distinct?: string;
  /** adds up these whole numbers instead of counting events */
  readonly sum?: string;
}
/** each such event is followed by another one */
export interface FollowedBy {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /** what must follow: a boolean expression over `event` and `params` */
  readonly then: string;
  /**
   * both events give the same here
   *
   * Items: an expression over `event` and `params`
   */
  readonly same?: readonly string[];
  /** how soon: a duration like 10m or 92d, or an expression over `params` */
  readonly within: string;
}
/** such an event happens again and again */
export interface Happens {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /** how many; 1 where nothing is said: a whole number, or an expression over `params` */
  readonly 'at-least'?: string | number;
  /** in the time of this length before the end of the window: a duration like 10m or 92d, or an expression over `params` */
  readonly every: string;
}
/** nothing happens for the first time */
export interface Familiar {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /**
   * what must have been seen together before in the account
   *
   * @minItems 1
   *
   * Items: an expression over `event` and `params`
   */
  readonly what: readonly string[];
  /** in the time of this length before the event, a day at least: a duration like 14d, or an expression over `params` */
  readonly baseline: string;
}
/** which events are one finding */
export interface IncidentGrouping {
  /**
   * events that give the same here are one incident; default: `by` of at-most, `what` of familiar but for lists, else each event is one
   *
   * Items: an expression over `event` and `params`
   */
  readonly by?: readonly string[];
  /** and that begin in one span of this length, in UTC: 1d where nothing is said */
  readonly per?: string;
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
/** Just one of never, at-most, followed-by, happens and familiar. */
export interface Activity1 {
  readonly never?: Never;
  readonly 'at-most'?: AtMost;
  readonly 'followed-by'?: FollowedBy;
  readonly happens?: Happens;
  readonly familiar?: Familiar;
  /** events that are allowed: a boolean expression over `event` and `params`; allow lists are parameters */
  readonly except?: string;
}
/** No such event happens. */
export interface Never1 {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
}
/** No more than so many such events happen within a time. */
export interface AtMost1 {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /**
   * events are counted together that give the same here
   *
   * Items: an expression over `event` and `params`
   */
  readonly by?: readonly string[];
  /** how many are allowed: a whole number, or an expression over `params` */
  readonly count: string | number;
  /** in any window of this length: a duration like 10m or 92d, or an expression over `params` */
  readonly within: string;
  /** counts the different values of this instead of events */
  readonly distinct?: string;
  /** adds up these whole numbers instead of counting events */
  readonly sum?: string;
}
/** Each such event is followed by another one. */
export interface FollowedBy1 {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /** what must follow: a boolean expression over `event` and `params` */
  readonly then: string;
  /**
   * both events give the same here
   *
   * Items: an expression over `event` and `params`
   */
  readonly same?: readonly string[];
  /** how soon: a duration like 10m or 92d, or an expression over `params` */
  readonly within: string;
}
/** Such an event happens again and again. */
export interface Happens1 {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /** how many; 1 where nothing is said: a whole number, or an expression over `params` */
  readonly 'at-least'?: string | number;
  /** in the time of this length before the end of the window: a duration like 10m or 92d, or an expression over `params` */
  readonly every: string;
}
/** Nothing happens for the first time. */
export interface Familiar1 {
  /** events that it speaks of: a boolean expression over `event` and `params` */
  readonly where: string;
  /**
   * what must have been seen together before in the account
   *
   * @minItems 1
   *
   * Items: an expression over `event` and `params`
   */
  readonly what: readonly string[];
  /** in the time of this length before the event, a day at least: a duration like 14d, or an expression over `params` */
  readonly baseline: string;
}
/** Which events are one finding. */
export interface IncidentGrouping1 {
  /**
   * events that give the same here are one incident; default: `by` of at-most, `what` of familiar but for lists, else each event is one
   *
   * Items: an expression over `event` and `params`
   */
  readonly by?: readonly string[];
  /** and that begin in one span of this length, in UTC: 1d where nothing is said */
  readonly per?: string;
}
