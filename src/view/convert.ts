import type { Known } from '../model/known.js';
import { ABSENT, Timestamp, Unknown, ViewList, type Value } from '../expression/index.js';
import type { OpenList, Tri } from '../facts/index.js';
import type { Cause } from '../model/cause.js';

/** A required value: what was read, with a value of its own for absent. */
export function required<T>(it: Known<T>, whenAbsent: Value, show: (value: T) => Value): Value {
  switch (it.state) {
    case 'known': {
      return show(it.value);
    }
    case 'absent': {
      return whenAbsent;
    }
    case 'unknown': {
      return new Unknown([it.gap]);
    }
  }
}

/** A member of what may be known in parts only. */
export function toldMember<T, M extends keyof T>(
  whole: Known<T>,
  told: Partial<T> | undefined,
  member: M,
  show: (value: T[M]) => Value,
): Value {
  const part = told?.[member];
  if (whole.state === 'unknown' && part !== undefined) return show(part);
  return required(whole, ABSENT, (it) => show(it[member]));
}

/** An optional value: absent stays absent. */
export function optional<T>(it: Known<T>, show: (value: T) => Value): Value {
  return required(it, ABSENT, show);
}

/** A member that may not be there. */
export function orAbsent(value: Value | undefined): Value {
  return value ?? ABSENT;
}

/** A time in RFC 3339. */
export function time(text: string): Timestamp {
  return new Timestamp(Date.parse(text));
}

export function timeOrAbsent(text: string | undefined): Value {
  return text === undefined ? ABSENT : time(text);
}

/** What a fact found; undefined is absent. */
export function fromTri<T>(it: Tri<T | undefined>, show: (value: T) => Value): Value {
  if (it.state === 'unknown') return new Unknown(it.gaps);
  return it.value === undefined ? ABSENT : show(it.value);
}

/** A list that a fact found. */
export function fromOpenList<T>(it: OpenList<T>, show: (value: T) => Value, cause?: Cause): ViewList {
  return new ViewList(
    it.members.map(show),
    it.doubtful.map(({ value, gaps }) => ({ value: show(value), because: new Unknown(gaps) })),
    it.rest === undefined ? undefined : new Unknown(it.rest.gaps),
    cause,
  );
}

/** A closed list of texts. */
export function texts(all: readonly string[]): ViewList {
  return new ViewList(all);
}
