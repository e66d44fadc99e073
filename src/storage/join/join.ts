import type { ApiCalls, Bucket, Gap, Inventory, Organization } from '../../model/inventory.js';
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
import { withFoundLater } from './found-later.js';
import { referencesOf, type References } from './references.js';
import { reconciled, type Joining, type Told } from './reconcile.js';
import { stillThere } from './still-there.js';
import { joinWatched } from './watched.js';

/**
 * Several inventories of one organization as the one that a single run would have made, times and counts of calls
 * aside: each thing once, as all parts together tell it. `capturedAt` is the earliest: by a later one, what
 * the first part read would look older than it was. Accounts that no part has read are left marked `elsewhere`.
 */
export function joinInventories(
  [first, ...others]: readonly [Inventory, ...Inventory[]],
  { newestWins }: Pick<Joining, 'newestWins'>,
): Inventory {
  const parts = [first, ...others];
  const disagreements = new Map<string, Gap>();
  const joining: Joining = { newestWins, note: (gap) => disagreements.set(gap.id, gap) };
  const gaps = new Map(parts.flatMap((it) => it.gaps.map((gap) => [gap.id, gap] as const)));
  const told = joinAccounts(
    parts.flatMap((it) => it.accounts.map((account) => ({ it: account, at: it.capturedAt }))),
    gaps,
    joining,
  );
  const accounts = withFoundLater(told, parts);
  const organizations = parts.flatMap(({ organization: it, capturedAt: at }) => (it === null ? [] : [{ it, at }]));
  const resources = [...new Set(parts.flatMap(kindsIn))]
    .filter((kind) => kind !== 'account')
    .map((kind) => [listedKinds[kind].list, chosenOf(kind, parts, joining)]);
  const { shard: _, ...rest } = first;
  const there = stillThere({
    ...rest,
    capturedAt: parts.map((it) => it.capturedAt).toSorted()[0] ?? first.capturedAt,
    interrupted: parts.some((it) => it.interrupted),
    organization: organizationOf(organizations, joining),
    ...Object.fromEntries(resources),
    accounts,
    apiCalls: sum(parts.map((it) => it.apiCalls)),
  });
  const joined = { ...there, ...joinWatched(parts, there, joining) };
  const idsOfElsewhere = new Set(parts.flatMap((it) => it.accounts.flatMap(elsewhereGap)));
  const isRunWide = (id: string): boolean => gaps.get(id)?.accountId === '*' && !idsOfElsewhere.has(id);
  const whole = withoutUnused(joined, parts, isRunWide);
  const used = referencesOf({ ...whole, evidence: {}, gaps: [] });
  const noted = [...disagreements.values()].filter(({ id }) => used.gaps.has(id));
  return { ...whole, gaps: [...whole.gaps, ...noted].toSorted(byRecord) };
}

function organizationOf(all: readonly Told<Organization>[], joining: Joining): Organization | null {
  const [first] = all;
  if (first === undefined) return null;
  return reconciled({ id: first.it.id, accountId: first.it.managementAccountId, region: 'global' }, all, joining);
}

/** What the parts tell of the resources of a kind, each once, by id. */
function chosenOf(kind: ListedType, parts: readonly Inventory[], joining: Joining): readonly ResourceOf<ListedType>[] {
  const groups = new Map<string, Told<ResourceOf<ListedType>>[]>();
  for (const part of parts) {
    for (const it of resourcesOf(kind, part)) {
      const { id, arn } = targetOf(kind, it);
      const key = arn ?? id;
      groups.set(key, [...(groups.get(key) ?? []), { it, at: part.capturedAt }]);
    }
  }
  return [...groups]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([, all]) => withAllNames(oneOf(kind, all, joining), all));
}

function oneOf<K extends ListedType>(kind: K, all: readonly Told<ResourceOf<K>>[], joining: Joining): ResourceOf<K> {
  const [first, second] = all;
  if (first !== undefined && second === undefined) return first.it;
  const places = all.map(({ it }) => targetOf(kind, it));
  const [place] = places.toSorted((a, b) => Number(a.accountId === 'unknown') - Number(b.accountId === 'unknown'));
  if (place === undefined) throw new Error('A group of resources is never empty.');
  return reconciled(place, all, joining);
}

/** Parts may name the same key differently: by id, by alias, by ARN. */
function withAllNames<T extends object>(it: T, all: readonly Told<object>[]): T {
  if (!('names' in it)) return it;
  const names = all.flatMap(({ it: one }) =>
    'names' in one && Array.isArray(one.names) ? (one.names as string[]) : [],
  );
  return { ...it, names: [...new Set(names)].toSorted(byText) };
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
  );
  const all = chooseBest(
    parts.flatMap((it) => it.gaps),
    ({ id }) => id,
  );
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
