import type { Value, ViewObject } from '../expression/index.js';
import type { World } from './world.js';
import type { Cause } from '../model/cause.js';
import { isAscending } from '../text/order.js';

/** A field of a type of the View. One for all objects of the type: what differs is the subject. */
export interface Field<S> {
  read(subject: S, world: World, self: ViewObject): Value;
  /** Ids of the evidence that it rests on. */
  evidence(subject: S, world: World): readonly string[];
  /** Where it is another target than `Shape.cause` says. */
  readonly cause?: (subject: S, world: World) => Cause | undefined;
}

/** A type of the View: its fields, and how its objects are named. */
export interface Shape<S> {
  readonly type: string;
  readonly fields: ReadonlyMap<string, Field<S>>;
  /** What a function reads that takes the object as a whole; undefined: any of its fields. */
  readonly readAsWhole?: readonly string[];
  /** A short name for people; undefined: the place in its list will do. */
  label?(subject: S): string | undefined;
  /** Of its values only the last is kept: each is large, and asked for by one policy. */
  readonly keepsLastOnly?: true;
  /** What is to be fixed when a field that says nothing else decides. */
  cause?(subject: S, field: string, world: World): Cause | undefined;
}

/** Stands for the object as a whole where a function of the View took it. */
const WHOLE = '*';

/** An object that computes its fields when they are asked for, each once. */
export class LazyObject<S> implements ViewObject {
  private values: Map<string, Value> | undefined;
  private evidenceByField: Map<string, readonly string[]> | undefined;

  constructor(
    private readonly shape: Shape<S>,
    readonly subject: S,
    private readonly world: World,
  ) {}

  get type(): string {
    return this.shape.type;
  }

  get label(): string | undefined {
    return this.shape.label?.(this.subject);
  }

  get(field: string): Value {
    const found = this.values?.get(field);
    if (found !== undefined) return found;
    const value = this.fieldNamed(field).read(this.subject, this.world, this);
    if (this.values === undefined || this.shape.keepsLastOnly === true) this.values = new Map();
    this.values.set(field, value);
    return value;
  }

  evidence(field: string): readonly string[] {
    const found = this.evidenceByField?.get(field);
    if (found !== undefined) return found;
    const names = field === WHOLE ? (this.shape.readAsWhole ?? [...this.shape.fields.keys()]) : [field];
    const ids = union(names.map((name) => this.fieldNamed(name).evidence(this.subject, this.world)));
    this.evidenceByField ??= new Map();
    this.evidenceByField.set(field, ids);
    return ids;
  }

  cause(field: string): Cause | undefined {
    const own = field === WHOLE ? undefined : this.fieldNamed(field).cause;
    if (own !== undefined) return own(this.subject, this.world);
    return this.shape.cause?.(this.subject, field, this.world);
  }

  private fieldNamed(name: string): Field<S> {
    const field = this.shape.fields.get(name);
    if (field === undefined) throw new Error(`${this.shape.type} has no field ${name}.`);
    return field;
  }
}

/** Fields by name. */
export type Values = Readonly<Record<string, Value>>;

/** A plain part of an object: it rests on what the field rests on in which it lies, and so does its cause. */
export class PartObject implements ViewObject {
  constructor(
    readonly type: string,
    private readonly values: Values,
    private readonly owner: ViewObject,
    private readonly field: string,
    /** Where it is another target than the owner says. */
    private readonly ownCause?: Cause,
  ) {}

  get(field: string): Value {
    const value = Object.hasOwn(this.values, field) ? this.values[field] : undefined;
    if (value === undefined) throw new Error(`${this.type} has no field ${field}.`);
    return value;
  }

  evidence(): readonly string[] {
    return this.owner.evidence(this.field);
  }

  cause(): Cause | undefined {
    return this.ownCause ?? this.owner.cause?.(this.field);
  }
}

const none: readonly string[] = [];

/** Each once, sorted. */
export function union(lists: readonly (readonly string[])[]): readonly string[] {
  const filled = lists.filter((it) => it.length > 0);
  const [first = none] = filled;
  // Of one list, which is sorted and distinct already where it came from here, there is nothing to do.
  if (filled.every((it) => it === first) && isAscending(first)) return first;
  return [...new Set(filled.flat())].toSorted();
}
