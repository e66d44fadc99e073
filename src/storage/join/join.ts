import type { ApiCalls, Bucket, Inventory, Key } from '../../model/inventory.js';
import {
  kindsIn,
  listedKinds,
  resourcesOf,
  targetOf,
  type ListedType,
  type ResourceOf,
} from '../../model/resource-kinds.js';
import { byRecord, byText } from '../../text/order.js';
import { joinAccounts } from './accounts.js';
import { chooseBest } from './choose.js';
import { referencesOf, type References } from './references.js';
import { stillThere } from './still-there.js';

/**
 * Several inventories of one organization as the one that a single run would have made, times and counts of calls
 * aside: each thing once, as the part tells that knows most of it. `capturedAt` is the earliest: by a later one, what
 * the first part read would look older than it was. Accounts that no part has read are left marked `elsewhere`.
 */
export function joinInventories(first: Inventory, ...others: readonly Inventory[]): Inventory {
  const parts = [first, ...others];
  const gaps = new Map(parts.flatMap((it) => it.gaps.map((gap) => [gap.id, gap] as const)));
  const accounts = joinAccounts(
    parts.flatMap((it) => it.accounts),
    gaps,
  );
  const organization = chooseBest(
    parts.flatMap((it) => it.organization ?? []),
    ({ id }) => id,
  );
  const resources = [...new Set(parts.flatMap(kindsIn))]
    .filter((kind) => kind !== 'account')
    .map((kind) => [listedKinds[kind].list, chosenOf(kind, parts)]);
  const { shard: _, ...rest } = first;
  const joined = stillThere({
    ...rest,
    capturedAt: parts.map((it) => it.capturedAt).toSorted()[0] ?? first.capturedAt,
    interrupted: parts.some((it) => it.interrupted),
    organization: organization.chosen[0] ?? null,
    ...Object.fromEntries(resources),
    accounts,
    apiCalls: sum(parts.map((it) => it.apiCalls)),
  });
  const idsOfElsewhere = new Set(parts.flatMap((it) => it.accounts.flatMap(elsewhereGap)));
  const isRunWide = (id: string): boolean => gaps.get(id)?.accountId === '*' && !idsOfElsewhere.has(id);
  return withoutUnused(joined, parts, isRunWide);
}

/** What the parts tell of the resources of a kind, each once. */
function chosenOf(kind: ListedType, parts: readonly Inventory[]): readonly ResourceOf<ListedType>[] {
  if (kind === 'kms-key') {
    const { chosen, passedOver } = chooseBest(allOf(kind, parts), (it) => it.arn);
    return withAllNames(chosen, passedOver);
  }
  return chooseBest(allOf(kind, parts), (it) => targetOf(kind, it).id).chosen;
}

function allOf<K extends ListedType>(kind: K, parts: readonly Inventory[]): ResourceOf<K>[] {
  return parts.flatMap((it) => resourcesOf(kind, it));
}

/** Parts may name the same key differently: by id, by alias, by ARN. */
function withAllNames(chosen: readonly Key[], passedOver: readonly Key[]): Key[] {
  return chosen.map((key) => {
    const same = passedOver.filter(({ arn }) => arn === key.arn);
    const names = new Set([key, ...same].flatMap((it) => it.names));
    return { ...key, names: [...names].toSorted() };
  });
}

function elsewhereGap({ elsewhere, ownTrails }: Inventory['accounts'][number]): string[] {
  return elsewhere !== undefined && ownTrails.state === 'unknown' ? [ownTrails.gap] : [];
}

/** Gaps and evidence of what a part told and the whole does not take over go with it. */
function withoutUnused(
  joined: Inventory,
  parts: readonly Inventory[],
  isRunWide: (gapId: string) => boolean,
): Inventory {
  const used = referencesOf({ ...joined, evidence: {}, gaps: [] });
  const told = referencesOf(parts.map((it) => ({ ...it, evidence: {}, gaps: [] })));
  const searches = failedSearches(joined.buckets, parts);
  const isLeft = (id: string, of: keyof References): boolean =>
    used[of].has(id) || (!told[of].has(id) && !searches.has(id));
  const evidence = chooseBest(
    parts.flatMap((it) => it.evidence),
    ({ id }) => id,
  ).chosen;
  const all = chooseBest(
    parts.flatMap((it) => it.gaps),
    ({ id }) => id,
  ).chosen;
  return {
    ...joined,
    evidence: evidence.filter(({ id }) => isLeft(id, 'evidence')).toSorted(byRecord),
    gaps: all.filter(({ id }) => isRunWide(id) || isLeft(id, 'gaps')).toSorted(byRecord),
  };
}

/** What parts asked about a bucket that they did not find, where another part found it. */
function failedSearches(buckets: readonly Bucket[], parts: readonly Inventory[]): ReadonlySet<string> {
  const found = new Map(buckets.filter((it) => it.owner.state !== 'unknown').map((it) => [it.arn, it.name]));
  const asked = new Set<string>();
  for (const part of parts) {
    const lost = part.buckets.filter((it) => it.owner.state === 'unknown' && found.has(it.arn));
    const names = new Set(lost.map((it) => it.name));
    for (const { id, resource } of [...part.evidence, ...part.gaps]) {
      if (resource !== undefined && names.has(resource)) asked.add(id);
    }
  }
  return asked;
}

function sum(counts: readonly ApiCalls[]): ApiCalls {
  const byOperation = new Map<string, number>();
  for (const it of counts) {
    for (const [name, count] of Object.entries(it.byOperation))
      byOperation.set(name, (byOperation.get(name) ?? 0) + count);
  }
  return {
    total: counts.reduce((total, it) => total + it.total, 0),
    denied: counts.reduce((total, it) => total + it.denied, 0),
    byOperation: Object.fromEntries([...byOperation].toSorted(([a], [b]) => byText(a, b))),
  };
}
