import type { Cause } from '../model/cause.js';

/**
 * The values that expressions compute with. A field of the View is a value, `ABSENT`, or `Unknown` with the
 * gaps that say why; an object computes its fields when they are asked for.
 */
export type Value =
  | boolean
  | number
  | string
  | Timestamp
  | Duration
  | ViewObject
  | ViewList
  | ViewMap
  | JsonValue
  | Unknown
  | Absent;

/** AWS answered, and there is none. Only optional fields can be absent. */
export const ABSENT: unique symbol = Symbol('absent');
export type Absent = typeof ABSENT;

/** A value that could not be read: ids of the gaps that could change it, sorted. */
export class Unknown {
  constructor(readonly gaps: readonly string[]) {}

  /** The union of the gaps of two unknowns. */
  and(other: Unknown): Unknown {
    if (other === this) return this;
    return new Unknown([...new Set([...this.gaps, ...other.gaps])].toSorted());
  }
}

/** What a record holds whose form no schema says: an object, a list or a scalar of JSON, never null. */
export class JsonValue {
  constructor(
    readonly json: unknown,
    /** What a part of it is that cannot be read as what is asked of it. */
    readonly unreadable: Unknown,
  ) {}
}

/** A moment, in milliseconds since the epoch. */
export class Timestamp {
  constructor(readonly milliseconds: number) {}
}

/** A span of time, in milliseconds. */
export class Duration {
  constructor(readonly milliseconds: number) {}
}

/** An object of the View, of a type of `schema/view.v1.json`. */
export interface ViewObject {
  readonly type: string;
  /** What people know it by: its ARN, id or name. */
  readonly label?: string | undefined;
  /** The value of a field that the type has. */
  get(field: string): Value;
  /** Ids of the evidence that the field rests on; empty in fixtures. */
  evidence(field: string): readonly string[];
  /** What is to be fixed when the field decides against the target; undefined: the target itself. */
  cause?(field: string): Cause | undefined;
}

/**
 * A list that may be open: `members` are known to be in it, `doubtful` ones are known values whose membership is
 * not, `rest` is there when nothing is known of further members.
 */
export class ViewList {
  constructor(
    readonly members: readonly Value[],
    readonly doubtful: readonly DoubtfulMember[] = [],
    readonly rest?: Unknown,
    /** What is to be fixed when the list is found wanting, e.g. empty. */
    readonly cause?: Cause,
  ) {}

  get isClosed(): boolean {
    return this.rest === undefined && this.doubtful.length === 0;
  }
}

export interface DoubtfulMember {
  readonly value: Value;
  readonly because: Unknown;
}

/** A map with string keys; a total one has a value for each key. */
export interface ViewMap {
  readonly isMap: true;
  get(key: string): Value;
  /** Undefined in a map that computes a value for each key. */
  readonly keys: readonly string[] | undefined;
}

export function isViewMap(value: Value): value is ViewMap {
  return typeof value === 'object' && 'isMap' in value;
}

export function isViewObject(value: Value): value is ViewObject {
  return typeof value === 'object' && 'type' in value;
}
