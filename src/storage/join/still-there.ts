import type { Account, Inventory } from '../../model/inventory.js';
import {
  idsOf,
  kindsIn,
  kindsNaming,
  listedKinds,
  namesOf,
  resourcesOf,
  targetOf,
  type ListedType,
  type ListOf,
  type ResourceOf,
} from '../../model/resource-kinds.js';

type Lists = Pick<Inventory, ListOf<ListedType>>;
type Keep = (kind: ListedType) => readonly ResourceOf<ListedType>[];

/**
 * What the accounts still own and the trails still name. Parts that were read at different times may hold a trail
 * that its account has deleted since, and the bucket, key and log group of that trail.
 */
export function stillThere<T extends Lists>(inventory: T): T {
  const kept = new Map<ListedType, ReturnType<Keep>>();
  const keep: Keep = (kind) => {
    const found = kept.get(kind) ?? stillThereOf(kind, inventory, keep);
    kept.set(kind, found);
    return found;
  };
  return {
    ...inventory,
    ...Object.fromEntries(kindsIn(inventory).map((kind) => [listedKinds[kind].list, keep(kind)])),
  };
}

function stillThereOf(kind: ListedType, inventory: Lists, keep: Keep): ReturnType<Keep> {
  const all = resourcesOf(kind, inventory);
  const namers = kindsNaming(kind);
  if (namers.length === 0) return all;
  if (namers.includes('account')) {
    const accounts = new Map(inventory.accounts.map((account) => [account.id, account]));
    return all.filter((it) => isOwned(kind, it, accounts.get(targetOf(kind, it).accountId)));
  }
  const named = new Set(namers.flatMap((namer) => keep(namer).flatMap((it) => knownNames(namer, it, kind))));
  return all.filter((it) => idsOf(kind, it).some((id) => named.has(id)));
}

/** The account does not say otherwise. */
function isOwned(kind: ListedType, it: ResourceOf<ListedType>, owner: Account | undefined): boolean {
  const names = owner === undefined ? [] : namesOf('account', owner, kind);
  const isTold = owner !== undefined && names.every(({ state }) => state === 'known');
  return !isTold || knownNames('account', owner, kind).some((name) => idsOf(kind, it).includes(name));
}

function knownNames(namer: ListedType, it: ResourceOf<ListedType>, kind: ListedType): readonly string[] {
  return namesOf(namer, it, kind).flatMap((name) => (name.state === 'known' ? name.value : []));
}
