import type { Pattern } from './pattern.js';

/**
 * What is asked about: every request of a kind. What is known of it is fixed, what the requester may choose is open,
 * and what exists but is not known to us is unknown.
 */
export interface Requests {
  readonly requester: Requester;
  /** IAM actions; a wildcard stands for every action it matches */
  readonly actions: readonly string[];
  /** actions that are left out where a wildcard takes them in */
  readonly exceptActions?: readonly string[];
  /** ARNs; a wildcard stands for every resource it matches */
  readonly resources: readonly string[];
  /**
   * Condition keys, beside the requester's own and over them. A key with `/*` at its end stands for all that begin so, `*`
   * for all that are not named; without it they may have any value, or be absent.
   */
  readonly context?: Readonly<Record<string, ContextValue>>;
}

/** A class of principals: one or more kinds of requester that differ in who they are and what AWS says of them. */
export interface Requester {
  /** as it is named in answers */
  readonly name: string;
  readonly kinds: readonly RequesterKind[];
}

export interface RequesterKind {
  readonly identity: Identity;
  readonly context: Readonly<Record<string, ContextValue>>;
}

export type Identity =
  /** no credentials */
  | { readonly type: 'anonymous' }
  | { readonly type: 'service'; readonly name: string }
  | {
      readonly type: 'account';
      readonly partition: string;
      readonly accountId: string;
      /** just this one */
      readonly arn?: string;
      /** of the principals only those whose ARN matches one of `like` and none of `unlike` */
      readonly among?: { readonly like?: readonly Pattern[]; readonly unlike?: readonly Pattern[] };
      /** No document can name this account: it stands for all those that the document does not name. */
      readonly isUnnamed?: boolean;
    }
  /** one that a document names in another way than by account or service, as its Principal has it */
  | { readonly type: 'otherwise-named'; readonly text: string }
  /** whoever is named nowhere: only what lets everyone in lets them in */
  | { readonly type: 'outsider' };

export type ContextValue =
  | { readonly state: 'value'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  /** there or not, and with which value, is not known: what depends on it is undecided */
  | {
      readonly state: 'unknown';
      readonly why: string;
      /** It is one of these, whichever. */
      readonly within?: Exclude<ContextValue, { state: 'unknown' }>;
    }
  /** chosen by the requester, within the limits that are given */
  | {
      readonly state: 'any';
      /** wildcard patterns of which the value matches one */
      readonly like?: readonly string[];
      /** and none of these */
      readonly unlike?: readonly string[];
      /** all values that there are */
      readonly among?: readonly string[];
      readonly orAbsent: boolean;
    }
  /** what someone has who was not given one of the values that the document names: see outsider.ts */
  | { readonly state: 'outside'; readonly orAbsent: boolean };

export function is(...values: readonly string[]): ContextValue {
  return { state: 'value', values };
}

export const isAbsent: ContextValue = { state: 'absent' };

/** @param why the end of a sentence about the key: `is not known` */
export function isUnknown(why: string, within?: Exclude<ContextValue, { state: 'unknown' }>): ContextValue {
  return { state: 'unknown', why, ...(within === undefined ? {} : { within }) };
}
