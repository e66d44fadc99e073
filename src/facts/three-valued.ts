import type { Known } from '../model/known.js';
import type { Doubt, OpenList, Tri } from './values.js';

/** A value that is certain. */
export function sure<T>(value: T): Tri<T> {
  return { state: 'known', value };
}

/** A value that any of these gaps could change. */
export function doubt(gaps: Iterable<string>): Doubt {
  return { state: 'unknown', gaps: [...new Set(gaps)].toSorted() };
}

/** What was read, with a value of its own for absent. */
export function fromKnown<T, U>(it: Known<T>, whenAbsent: U, transform: (value: T) => U): Tri<U> {
  if (it.state === 'unknown') return doubt([it.gap]);
  return sure(it.state === 'known' ? transform(it.value) : whenAbsent);
}

export function mapTri<T, U>(it: Tri<T>, transform: (value: T) => U): Tri<U> {
  return it.state === 'known' ? sure(transform(it.value)) : it;
}

/** Kleene's or: one that certainly holds decides; else the gaps of all that are unknown. */
export function someHold(all: readonly Tri<boolean>[]): Tri<boolean> {
  if (all.some((it) => it.state === 'known' && it.value)) return sure(true);
  const gaps = all.flatMap((it) => (it.state === 'unknown' ? it.gaps : []));
  return gaps.length > 0 ? doubt(gaps) : sure(false);
}

/** Kleene's and. */
export function allHold(all: readonly Tri<boolean>[]): Tri<boolean> {
  return not(someHold(all.map(not)));
}

export function not(it: Tri<boolean>): Tri<boolean> {
  return mapTri(it, (value) => !value);
}

/** Members whose membership is itself three-valued: certain, doubtful, or left out. */
export function listOf<T>(candidates: readonly { readonly value: T; readonly isMember: Tri<boolean> }[]): OpenList<T> {
  const members: T[] = [];
  const doubtful: { value: T; gaps: readonly string[] }[] = [];
  for (const { value, isMember } of candidates) {
    if (isMember.state === 'unknown') doubtful.push({ value, gaps: isMember.gaps });
    else if (isMember.value) members.push(value);
  }
  return { members, doubtful };
}
