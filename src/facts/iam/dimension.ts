/**
 * What may vary from one request to another: the principal, the action, the resource, each condition key. Each part of
 * a statement depends on one of these.
 */
export interface Dimension {
  readonly name: string;
  /** Values that stand for all, as an example shows them; undefined: the key is absent. */
  readonly values: readonly (string | undefined)[];
  /** of a condition key: whether the request has it */
  readonly presence?: readonly Presence[];
  /** of a condition key that says which way a request came */
  readonly route?: 'vpc' | 'address' | undefined;
}

export type Presence = 'present' | 'absent' | 'unknown';
