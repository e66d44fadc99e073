import { complement, everything, intersect, type StringSet } from './string-set.js';
import type { Universe } from './universe.js';
import { isEmpty, TooManyParts, exampleString } from './example-string.js';
import { byText } from '../../text/order.js';

/** A set of events: those whose fields lie each in its set. A field that is not named takes any value. */
export type EventSet = ReadonlyMap<string, StringSet>;

/** What is known of the values that the fields of a class of events can take. */
export interface Space {
  universeOf(field: string): Universe;
  /** False when no event can have these values together, which no field alone shows. */
  isPossible?(box: EventSet): boolean;
}

export const allEvents: EventSet = new Map();

/** Beyond this many pieces a question is too costly to answer. */
const maxPieces = 2_000;

/** The order in which fields are cut: what reads best in a report comes first. */
const order = [
  'isGlobalService',
  'eventSource',
  'resources.ARN',
  'eventName',
  'hasIdentityArn',
  'userIdentity.arn',
  'errorCode',
];

/** Field names in the order of cutting, the unknown ones last by name. */
export function inOrder(fields: Iterable<string>): string[] {
  const rank = (field: string): number => (order.includes(field) ? order.indexOf(field) : order.length);
  return [...fields].toSorted((a, b) => rank(a) - rank(b) || byText(a, b));
}

/** The events of both boxes; undefined when there are none. */
export function meet(a: EventSet, b: EventSet, space: Space): EventSet | undefined {
  const fields = new Map(a);
  for (const [field, set] of b) {
    const both = intersect(fields.get(field) ?? everything, set);
    if (isEmpty(both, space.universeOf(field))) return undefined;
    fields.set(field, both);
  }
  return space.isPossible === undefined || space.isPossible(fields) ? fields : undefined;
}

/** The events of `a` that are not in `b`, as disjoint boxes without empty ones. */
function subtract(a: EventSet, b: EventSet, space: Space): EventSet[] {
  if (meet(a, b, space) === undefined) return [a];
  const pieces: EventSet[] = [];
  let rest: EventSet = a;
  for (const field of inOrder(b.keys())) {
    const set = b.get(field) ?? everything;
    for (const part of complement(set)) {
      const piece = meet(rest, new Map([[field, part]]), space);
      if (piece !== undefined) pieces.push(piece);
    }
    const inside = meet(rest, new Map([[field, set]]), space);
    if (inside === undefined) return pieces;
    rest = inside;
  }
  return pieces;
}

/**
 * The events of some disjoint boxes that are in none of the others.
 *
 * @throws {TooManyParts} when the answer falls into too many pieces.
 */
export function subtractAll(from: readonly EventSet[], boxes: readonly EventSet[], space: Space): EventSet[] {
  let pieces = [...from];
  for (const box of boxes) {
    pieces = pieces.flatMap((piece) => subtract(piece, box, space));
    if (pieces.length > maxPieces) throw new TooManyParts(`The selectors leave more than ${maxPieces} pieces.`);
  }
  return pieces;
}

/** The events that the boxes of both lists have in common; disjoint when each list is. */
export function meetAll(these: readonly EventSet[], those: readonly EventSet[], space: Space): EventSet[] {
  return these.flatMap((a) => those.flatMap((b) => meet(a, b, space) ?? []));
}

/** A value for each field that the box constrains; undefined when the box is empty. */
export function sample(box: EventSet, space: Space): Map<string, string> | undefined {
  const values = new Map<string, string>();
  for (const [field, set] of box) {
    const value = exampleString(set, space.universeOf(field));
    if (value === undefined) return undefined;
    values.set(field, value);
  }
  return values;
}

/** Equal for equal boxes, whatever the order in which they were cut. */
export function boxKey(box: EventSet): string {
  const atoms = (set: readonly { op: string; value: string }[]): string[] =>
    set.map((atom) => `${atom.op} ${atom.value}`).toSorted();
  const fields = inOrder(box.keys()).map((field) => {
    const set = box.get(field) ?? everything;
    const clauses = set.oneOf.map((clause) => JSON.stringify(atoms(clause))).toSorted();
    return [field, clauses, atoms(set.none)];
  });
  return JSON.stringify(fields);
}
