import { Unknown, type Value } from '../expression/index.js';
import { fromKnown, listOf, sure } from '../facts/index.js';
import { absent } from '../model/known.js';
import {
  callsNaming,
  listedKinds,
  listedTypes,
  namesOf,
  presenceOf,
  targetOf,
  type ListedType,
  type ResourceOf,
} from '../model/resource-kinds.js';
import type { Target } from '../model/results.js';
import { fromOpenList, optional } from './convert.js';
import { derived, evidenceOf } from './fields.js';
import type { Field } from './object.js';
import type { World } from './world.js';

/** What a resource names, under the name in expressions of each kind. */
export function destinations<N extends ListedType>(namer: N): Readonly<Record<string, Field<ResourceOf<N>>>> {
  const kinds = listedTypes.filter((kind) => listedKinds[namer].names[kind] !== undefined);
  return Object.fromEntries(kinds.map((kind) => [listedKinds[kind].variable, theNamed(namer, kind)]));
}

/** The one resource of a kind that another one names; absent when it names none, or AWS said that there is none. */
function theNamed<N extends ListedType>(namer: N, kind: ListedType): Field<ResourceOf<N>> {
  const { readBy } = listedKinds[kind];
  return derived(
    (it, { lookup }) => {
      const [name] = namesOf(namer, it, kind);
      const found = name?.state === 'known' ? lookup.named(kind, name.value) : undefined;
      return [evidenceOf(it, callsNaming(namer, kind)), found === undefined ? [] : evidenceOf(found, readBy)];
    },
    (it, world) => {
      const [name = absent] = namesOf(namer, it, kind);
      return optional(name, (id) => existing(kind, id, targetOf(namer, it), world));
    },
  );
}

function existing(kind: ListedType, id: string, by: Target, world: World): Value {
  const found = world.lookup.named(kind, id);
  if (found !== undefined) return optional(presenceOf(kind, found), () => world.object(kind, found));
  const { accountId, region } = by;
  const [call = 'record'] = listedKinds[kind].readBy;
  const message = `The inventory has nothing on ${id}, which ${by.id} names.`;
  return new Unknown([world.note({ call, accountId, region, resource: id, reason: 'not-collected', message })]);
}

/** Evidence of the calls that told of the trails which name a resource. */
export function evidenceOfNamers<K extends ListedType>(
  kind: K,
  it: ResourceOf<K>,
  { lookup }: World,
): readonly (readonly string[])[] {
  return lookup.trailsNaming(kind, it).map((trail) => evidenceOf(trail, callsNaming('trail', kind)));
}

/** The trails that name a resource; one that could not be described may. */
export function trailsNaming<K extends ListedType>(kind: K): Field<ResourceOf<K>> {
  return derived(
    (it, world) => evidenceOfNamers(kind, it, world),
    (it, { lookup, trail }) => {
      const members = lookup.trailsNaming(kind, it).map((value) => ({ value, isMember: sure(true) }));
      const open = lookup.undescribed.map((value) => ({
        value,
        isMember: fromKnown(value.description, false, () => false),
      }));
      return fromOpenList(listOf([...members, ...open]), trail);
    },
  );
}
