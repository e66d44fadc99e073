/**
 * What AWS may refuse to tell is `Known`: the value, a definite "there is none", or unknown with the
 * gap that says why. Unknown never turns into a pass or a fail.
 */
export type Known<T> = KnownValue<T> | Absent | Unknown;

export interface KnownValue<T> {
  readonly state: 'known';
  readonly value: T;
}

/** AWS answered, and there is none: `NoSuchBucketPolicy` is an answer. */
export interface Absent {
  readonly state: 'absent';
}

export interface Unknown {
  readonly state: 'unknown';
  /** The id of the {@link Gap} in the inventory's `gaps`. */
  readonly gap: string;
}

export const absent: Absent = { state: 'absent' };

export function known<T>(value: T): KnownValue<T> {
  return { state: 'known', value };
}

export function unknown(gap: string): Unknown {
  return { state: 'unknown', gap };
}

/** Applies `transform` to a known value; absent and unknown stay what they are. */
export function mapKnown<T, U>(it: Known<T>, transform: (value: T) => U): Known<U> {
  return it.state === 'known' ? known(transform(it.value)) : it;
}
