import { parseArn } from '../model/identifiers.js';
import type { Account, Bucket, EventDataStore, Inventory, Trail } from '../model/inventory.js';
import {
  idsOf,
  listedKinds,
  listedTypes,
  namesOf,
  presenceOf,
  resourcesOf,
  type ListedType,
  type ListOf,
  type ResourceOf,
  type VariableOf,
} from '../model/resource-kinds.js';
import { byArn, byText } from '../text/order.js';

/** Under the name of its list, what exists of each kind as far as is known, sorted by ARN. */
type Lists = { readonly [K in ListedType as ListOf<K>]: readonly ResourceOf<K>[] };

/** Under the kind's name in expressions: the resource of an id, also where AWS said that there is none. */
type Finders = { readonly [K in ListedType as VariableOf<K>]: (id: string) => ResourceOf<K> | undefined };

/** What of an inventory the View shows, found by what names it. */
export interface Lookup extends Lists, Omit<Finders, 'trail'> {
  /** In the scope of the run, by id. */
  readonly accounts: readonly Account[];
  /** None of those that were listed and are gone. */
  trail(arn: string): Trail | undefined;
  trailsOf(accountId: string): readonly Trail[];
  /** Trails whose description could not be read: what they name is not known. */
  readonly undescribed: readonly Trail[];
  /** The trails that name a resource, by ARN. */
  trailsNaming<K extends ListedType>(kind: K, it: ResourceOf<K>): readonly Trail[];
  storesOf(accountId: string): readonly EventDataStore[];
  bucketsOf(accountId: string): readonly Bucket[];
  /** As the finder of the kind does. */
  named<K extends ListedType>(kind: K, id: string): ResourceOf<K> | undefined;
  /** As the list of the kind has it. */
  existing<K extends ListedType>(kind: K): readonly ResourceOf<K>[];
}

export function lookupIn(inventory: Inventory): Lookup {
  const lists = listsOf(inventory);
  const finders = findersIn(inventory);
  const { trails, eventDataStores, buckets } = lists;
  const trailByArn = new Map(trails.map((trail) => [trail.arn, trail]));
  const byOwner = groupBy(trails, (trail) => trail.accountId);
  const storesByOwner = groupBy(eventDataStores, (store) => store.accountId);
  const bucketsByOwner = groupBy(buckets, ({ owner }) => (owner.state === 'known' ? owner.value.accountId : undefined));
  const namers = new Map(listedTypes.map((kind) => [kind, groupBy(trails, (trail) => nameIn(trail, kind))]));
  return {
    ...lists,
    ...finders,
    trail: (arn) => trailByArn.get(arn),
    trailsOf: (id) => byOwner.get(id) ?? [],
    undescribed: trails.filter((trail) => trail.description.state === 'unknown'),
    trailsNaming: (kind, it) =>
      [...new Set(idsOf(kind, it))].flatMap((id) => namers.get(kind)?.get(id) ?? []).toSorted(byArn),
    storesOf: (id) => storesByOwner.get(id) ?? [],
    bucketsOf: (id) => bucketsByOwner.get(id) ?? [],
    named: (kind, id) => finders[listedKinds[kind].variable](id),
    existing: (kind) => lists[listedKinds[kind].list],
  };
}

/** What a trail names of a kind, where that is known. */
function nameIn(trail: Trail, kind: ListedType): string | undefined {
  const [name] = namesOf('trail', trail, kind);
  return name?.state === 'known' ? name.value : undefined;
}

function listsOf(inventory: Inventory): Lists {
  const entries = listedTypes.map((kind) => [listedKinds[kind].list, existingIn(inventory, kind)]);
  // Object.fromEntries() forgets which keys it was given: the lists of all kinds.
  const lists = Object.fromEntries(entries) as Lists;
  return { ...lists, accounts: lists.accounts.filter((account) => account.outOfScope === undefined) };
}

function existingIn(inventory: Inventory, kind: ListedType): readonly ResourceOf<ListedType>[] {
  const ownName = (it: ResourceOf<ListedType>): string => idsOf(kind, it)[0] ?? '';
  return resourcesOf(kind, inventory)
    .filter((it) => presenceOf(kind, it).state !== 'absent')
    .toSorted((a, b) => byText(ownName(a), ownName(b)));
}

function findersIn(inventory: Inventory): Finders {
  const entries = listedTypes.map((kind) => [listedKinds[kind].variable, finderIn(inventory, kind)]);
  // As above: the names of all kinds.
  return Object.fromEntries(entries) as Finders;
}

function finderIn(inventory: Inventory, kind: ListedType): (id: string) => ResourceOf<ListedType> | undefined {
  const byId = new Map(resourcesOf(kind, inventory).flatMap((it) => idsOf(kind, it).map((id) => [id, it])));
  return (id) => byId.get(id);
}

function groupBy<T>(all: readonly T[], keyOf: (it: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const it of all) {
    const key = keyOf(it);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [it]);
    else group.push(it);
  }
  return groups;
}

/** Account, Region and name in a trail's ARN, for a trail of which nothing else could be read. */
export function namesInTrailArn(arn: string): Pick<Trail, 'accountId' | 'homeRegion' | 'name'> {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  return { accountId, homeRegion: region, name: resource.replace(/^trail\//, '') };
}
