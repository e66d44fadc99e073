import type { Operator } from './operators.js';
import type { Template } from './template.js';

/**
 * What the document is attached to decides which elements it must have. `resource`: bucket and topic policies;
 * `key`: key policies, in which a statement that lacks Resource or Action has no effect; `control`: service and resource control policies, and identity policies, whose principals are whoever they are
 * attached to; `trust`: the trust policy of a role, which is about that role and names no resource.
 */
export type DocumentKind = 'resource' | 'key' | 'service-control' | 'resource-control' | 'identity' | 'trust';

export interface IamDocument {
  readonly kind: DocumentKind;
  readonly statements: readonly Statement[];
  /** What cannot be understood in it, a sentence each. */
  readonly problems: readonly string[];
}

/** A document that is none: nothing can be said of what it allows. */
export interface MalformedDocument {
  readonly problem: string;
}

export interface Statement {
  /** its Sid, or `statement 3` */
  readonly label: string;
  /** Undefined when the document does not say it in a way that can be understood. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  readonly principal: PrincipalElement | Malformed | undefined;
  readonly action: ActionElement | Malformed;
  readonly resource: ResourceElement | Malformed;
  readonly tests: readonly (Test | Malformed)[];
  /** Of the statement as a whole. */
  readonly malformed: readonly Malformed[];
}

/** An element that cannot be understood, and why. */
export interface Malformed {
  readonly problem: string;
}

export function isMalformed(it: object): it is Malformed {
  return 'problem' in it;
}

export interface ActionElement {
  readonly isNegated: boolean;
  /** as in the document, wildcards and all */
  readonly patterns: readonly string[];
}

export interface ResourceElement {
  readonly isNegated: boolean;
  readonly patterns: readonly Template[];
}

export interface PrincipalElement {
  readonly isNegated: boolean;
  readonly members: readonly PrincipalMember[];
}

export type PrincipalMember =
  | { readonly type: 'everyone' }
  | { readonly type: 'account'; readonly accountId: string }
  /** an IAM user, role or federated user */
  | { readonly type: 'arn'; readonly arn: string; readonly accountId: string }
  | { readonly type: 'session'; readonly arn: string; readonly accountId: string; readonly roleName: string }
  | { readonly type: 'service'; readonly name: string }
  | { readonly type: 'federated'; readonly provider: string }
  | { readonly type: 'canonical-user'; readonly id: string }
  /** an origin access identity of CloudFront */
  | { readonly type: 'origin-access-identity'; readonly arn: string }
  /** a principal that was deleted: AWS shows its unique id, which nobody has again */
  | { readonly type: 'deleted'; readonly id: string };

/** One key of one operator of a Condition. */
export interface Test {
  readonly operator: Operator;
  /** as written */
  readonly key: string;
  readonly values: readonly Template[];
}
