import type { Inventory } from './inventory.js';
import type { Known } from './known.js';
import {
  namedByTrail,
  table,
  type DescribedTrail,
  type Kind,
  type ListedIn,
  type ListedKind,
  type ListName,
} from './resource-kind-table.js';
import type { Target, TargetType } from './results.js';

type Kinds = typeof table;

/** What is said of every kind. */
export const resourceKinds: Readonly<Record<TargetType, Kind & { readonly variable: Variable }>> = table;

/** Kinds that have a list of their own in the inventory. */
export type ListedType = {
  [K in TargetType]: Kinds[K] extends { readonly list: ListName } ? K : never;
}[TargetType];

/** Kinds that accounts are asked for only where a policy asks: for just any run they would be far more calls than all else. */
export type ChosenType = {
  [K in TargetType]: Kinds[K] extends { readonly isChosen: true } ? K : never;
}[TargetType];

/** A resource of a kind as the inventory has it. */
export type ResourceOf<K extends ListedType> = ListedIn<ListOf<K>>;

/** The name in expressions of a kind with a list, and of its list. */
export type VariableOf<K extends ListedType> = Kinds[K]['variable'];
export type ListOf<K extends ListedType> = Kinds[K]['list'];

/** The name in expressions of any kind. */
export type Variable = Kinds[TargetType]['variable'];

/** The rows of kinds with a list, for who asks by a kind that only its caller knows. */
export const listedKinds: { readonly [K in ListedType]: ListedKind<ListOf<K>, VariableOf<K>> } = table;

/** In the order of the table. */
export const listedTypes = (Object.keys(table) as TargetType[]) // the keys of the table are the kinds
  .filter(isListed);

export function isListed(kind: TargetType): kind is ListedType {
  return 'list' in table[kind];
}

export const chosenTypes = listedTypes.filter(isChosen);

export function isChosen(kind: TargetType): kind is ChosenType {
  return 'isChosen' in table[kind];
}

/** One value for each kind that accounts are asked for only where a policy asks. */
export function eachChosen<T>(valueOf: (kind: ChosenType) => T): Readonly<Record<ChosenType, T>> {
  // The list has every such kind.
  return Object.fromEntries(chosenTypes.map((kind) => [kind, valueOf(kind)])) as Record<ChosenType, T>;
}

/** The kinds whose lists an inventory has: one that is missing was not asked for. */
export function kindsIn(inventory: Partial<Pick<Inventory, ListName>>): readonly ListedType[] {
  return listedTypes.filter((kind) => listedKinds[kind].list in inventory);
}

/** Whether no account was asked for a kind that only accounts tell of. */
export function wasNotAsked(kind: TargetType, inventory: Partial<Pick<Inventory, ListName>>): boolean {
  return isListed(kind) && kindsNaming(kind).includes('account') && !(listedKinds[kind].list in inventory);
}

/** The resources of a kind that an inventory holds, those too that AWS said are not there. */
export function resourcesOf<K extends ListedType>(
  kind: K,
  inventory: Pick<Inventory, ListName>,
): readonly ResourceOf<K>[] {
  return inventory[listedKinds[kind].list] ?? [];
}

/** What tells that a resource is there; absent: AWS said that there is none. */
export function presenceOf<K extends ListedType>(kind: K, it: ResourceOf<K>): Known<unknown> {
  return listedKinds[kind].presence(it);
}

/** The ARNs under which others name a resource, its own first; of an account its id. */
export function idsOf<K extends ListedType>(kind: K, it: ResourceOf<K>): readonly string[] {
  return listedKinds[kind].ids(it);
}

/** Which resource it is and where, as results name it. */
export function targetOf<K extends ListedType>(kind: K, it: ResourceOf<K>): Target {
  return { type: kind, ...listedKinds[kind].target(it) };
}

/** Whether a target may be there and was not found: of a place, and without a name. */
export function isUnfound({ type, arn }: Target): boolean {
  return arn === undefined && isListed(type) && type !== 'account';
}

/** The kinds whose resources name those of a kind, and through which these are found. */
export function kindsNaming(kind: TargetType): readonly ListedType[] {
  return listedTypes.filter((other) => listedKinds[other].names[kind] !== undefined);
}

/** The calls that tell what resources of one kind name of another. */
export function callsNaming(namer: ListedType, kind: TargetType): readonly string[] {
  const call = listedKinds[namer].names[kind]?.call;
  return call === undefined ? [] : [call];
}

/** What trails name, by kind, where each name is one ARN. */
export function namesOfTrail(it: DescribedTrail): readonly string[] {
  const names = Object.values(namedByTrail).flatMap(({ read }) => read(it));
  return names.flatMap((name) => (name.state === 'known' ? name.value : []));
}

/** What a resource names of a kind. */
export function namesOf<K extends ListedType>(namer: K, it: ResourceOf<K>, kind: TargetType): readonly Known<string>[] {
  return listedKinds[namer].names[kind]?.read(it) ?? [];
}
