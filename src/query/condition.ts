import type { Node } from '../expression/index.js';

/**
 * What a policy asks of one event, as every engine is told it: parameters are values, facts are what they follow from,
 * and each text is read from a place of the record. It means what the expressions mean: three-valued, where what a
 * record does not tell is unknown.
 */

/** Which expression of the policy something comes from. */
export type QueryPart = 'where' | 'then' | 'except';

/** Where something stands in the policy. */
export interface Origin {
  readonly part: QueryPart;
  readonly node: Node;
}

/** A place of a record, or of a member of a list in it. */
export interface Path {
  /** The list's member that is asked; undefined: the record. */
  readonly member?: number;
  readonly names: readonly string[];
  /** How many of the names CloudTrail documents; those behind lead into JSON of any form. */
  readonly typed: number;
  readonly kind: 'text' | 'bool' | 'time' | 'object' | 'json';
  /** Every record has it; where one lacks it nothing is known. */
  readonly isNeeded?: true;
}

export type Reading = 'text' | 'int' | 'bool' | 'time';

/** A value in an event. A path that leads to nothing has no value, and what is asked of that is unknown. */
export type Term =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** It is not known. */
  | { readonly kind: 'nothing' }
  /** Seconds since 1970. */
  | { readonly kind: 'moment'; readonly seconds: number }
  | { readonly kind: 'path'; readonly path: Path; readonly as: Reading }
  /** What the path leads to, or the other where it leads to nothing. */
  | { readonly kind: 'or'; readonly path: Path; readonly as: Reading; readonly otherwise: Term }
  /** The first of the texts that is there. */
  | { readonly kind: 'first'; readonly of: readonly Term[] }
  | {
      readonly kind: 'choice';
      readonly branches: readonly { readonly when: Condition; readonly value: Term }[];
      readonly otherwise: Term;
    }
  /** The text with what the pattern finds replaced; as it is where it finds nothing. */
  | { readonly kind: 'replaced'; readonly of: Term; readonly pattern: string; readonly by: string }
  /** The only group of the pattern; nothing where it does not fit. */
  | { readonly kind: 'group'; readonly of: Term; readonly pattern: string }
  | { readonly kind: 'lower'; readonly of: Term }
  | { readonly kind: 'joined'; readonly parts: readonly Term[] }
  | { readonly kind: 'computed'; readonly operator: '+' | '-' | '/' | '%'; readonly left: Term; readonly right: Term }
  /** Seconds since 1970. */
  | { readonly kind: 'seconds'; readonly of: Term }
  | { readonly kind: 'length'; readonly of: Term }
  | { readonly kind: 'size'; readonly of: List };

export type List =
  /** `orEmpty`: it has no members where the path leads to nothing. */
  | { readonly kind: 'json'; readonly path: Path; readonly orEmpty: boolean }
  | { readonly kind: 'split'; readonly of: Term; readonly separator: string }
  | { readonly kind: 'resources' }
  | { readonly kind: 'resource-arns' };

export type Ordering = '==' | '<' | '<=' | '>' | '>=';

/** A question that is asked of a record at once. */
export type Atom = { readonly origin: Origin } & (
  | { readonly kind: 'compare'; readonly operator: Ordering; readonly left: Term; readonly right: Term }
  | { readonly kind: 'one-of'; readonly value: Term; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'text'; readonly test: 'starts' | 'ends' | 'contains'; readonly value: Term; readonly part: Term }
  | { readonly kind: 'matches'; readonly value: Term; readonly pattern: string }
  /** An ARN that is like one of these. */
  | { readonly kind: 'arn-like'; readonly value: Term; readonly patterns: readonly string[] }
  | { readonly kind: 'there'; readonly path: Path }
  | { readonly kind: 'true'; readonly value: Term }
  /** The answer holds `"NAME": "Failure"` under the name of the event, one of these; undefined: any. */
  | { readonly kind: 'answered-failure'; readonly names: readonly string[] | undefined }
  /** No engine can say it. */
  | { readonly kind: 'unsaid'; readonly because: string }
);

export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'exists';
      readonly origin: Origin;
      readonly list: List;
      readonly member: number;
      readonly body: Condition;
    }
  | Atom;

/** Thrown within this room where an engine has no words for something; always caught at the condition around it. */
export class CannotSay extends Error {}
