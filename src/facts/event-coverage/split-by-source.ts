import type { EventSet, Space } from './event-set.js';
import { meet } from './event-set.js';
import { everything, within, without, type Atom, type StringSet } from './string-set.js';

/** A choice between more values than this stays one loss. */
const maxParts = 50;

/**
 * Cuts a box so that each part is confined to one event source and one beginning of ARNs, where the box names a few of
 * them: a policy may accept one and not the other.
 */
export function confined(box: EventSet, space: Space): EventSet[] {
  return ['eventSource', 'resources.ARN'].reduce<EventSet[]>(
    (parts, field) => parts.flatMap((part) => splitBy(field, part, space)),
    [box],
  );
}

function splitBy(field: string, box: EventSet, space: Space): EventSet[] {
  const set = box.get(field);
  const clause = set?.oneOf.find((atoms) => atoms.length > 1);
  if (set === undefined || clause === undefined || clause.length > maxParts) return [box];
  const rest: StringSet = { oneOf: set.oneOf.filter((it) => it !== clause), none: set.none };
  const parts = clause.map((atom, index) => without(within(rest, [atom]), clause.slice(0, index)));
  return parts.flatMap((part) => {
    const others = new Map(box);
    others.delete(field);
    const found = meet(others, new Map([[field, part]]), space);
    return found === undefined ? [] : splitBy(field, found, space);
  });
}

/** The one event source that a box is confined to, else `*`. */
export function eventSourceOf(box: EventSet): string {
  const only = onlyAtoms(box.get('eventSource') ?? everything).find((atom) => atom.op === 'equals');
  return only?.value ?? '*';
}

/** The longest beginning that all ARNs of a box have; undefined when none is asked for. */
export function arnPrefixOf(box: EventSet): string | undefined {
  const [longest] = onlyAtoms(box.get('resources.ARN') ?? everything)
    .filter((atom) => atom.op !== 'suffix' && atom.value !== '')
    .map((atom) => atom.value)
    .toSorted((a, b) => b.length - a.length);
  return longest;
}

/** The conditions that leave no choice. */
function onlyAtoms(set: StringSet): Atom[] {
  return set.oneOf.flatMap((clause) => (clause.length === 1 ? clause : []));
}
