import { parseArn } from '../../model/identifiers.js';
import type { Gap, Inventory } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { nowhere, type Place } from '../../model/naming.js';
import {
  idsOf,
  isListed,
  kindsNaming,
  listedKinds,
  namesOf,
  presenceOf,
  resourcesOf,
  targetOf,
  type ListedType,
} from '../../model/resource-kinds.js';
import type { Target, TargetType } from '../../model/results.js';
import { byText } from '../../text/order.js';
import { isOutsideOrganization } from '../bucket-owner.js';
import type { GapSink } from '../fact-gaps.js';
import { listGaps } from './list-gaps.js';

/** What may be there and is in no list: what would name it could not be read, or nobody read what is named. */
export interface Unfound extends Place {
  /** The ARN, where a resource names it that nothing else tells of. */
  readonly id?: string;
  /** Why it was not found; never empty. */
  readonly gaps: readonly string[];
}

/**
 * Where the list of a kind is open: one entry for each account and Region that may hold more of it, and one for each
 * resource that is named and was not read. Without any, every resource of the kind is in the inventory. What is out of
 * scope is outside the question, and so is a member's own event data store without `--deep`.
 */
export function unfoundOf(kind: TargetType, inventory: Inventory, gaps: GapSink): readonly Unfound[] {
  const gapById = new Map(inventory.gaps.map((gap) => [gap.id, gap]));
  const open = ({ accountId, region }: Place, gap: string): Unfound => ({
    ...placeOf({ accountId, region }, gapById.get(gap)),
    gaps: [gap],
  });
  const found = listGaps(kind, inventory, gaps).map(({ place, gap }) => open(place, gap));
  for (const namer of kindsNaming(kind)) {
    // What was not found itself may name anything. Accounts' lists are told of above, with the organization's.
    const isAccount = namer === 'account';
    if (!isAccount) found.push(...unfoundOf(namer, inventory, gaps).map(withoutId));
    if (!isListed(kind)) continue;
    for (const { by, name, isThere } of namings(namer, kind, inventory)) {
      if (name.state === 'unknown' && !isAccount) found.push(open(by, name.gap));
      if (name.state === 'known' && !isThere) found.push(neverRead(kind, name.value, by, inventory, gaps));
    }
  }
  return merged(found);
}

function withoutId({ accountId, region, gaps }: Unfound): Unfound {
  return { accountId, region, gaps };
}

interface NamedBy {
  readonly by: Target;
  readonly name: Known<string>;
  /** The inventory has it. */
  readonly isThere: boolean;
}

/** What the resources of one kind name of another. */
function namings(namer: ListedType, kind: ListedType, inventory: Inventory): readonly NamedBy[] {
  const there = new Set(resourcesOf(kind, inventory).flatMap((it) => idsOf(kind, it)));
  const outOfScope = new Set(inventory.accounts.flatMap((it) => (it.outOfScope === undefined ? [] : it.id)));
  const outside = namer === 'log-bucket' ? strangersIn(inventory) : none;
  return resourcesOf(namer, inventory).flatMap((it) => {
    const by = targetOf(namer, it);
    if (outside.has(by.id)) return [];
    if (presenceOf(namer, it).state === 'absent' || (namer === 'account' && outOfScope.has(by.id))) return [];
    return namesOf(namer, it, kind).map((name) => ({
      by,
      name,
      isThere: name.state === 'known' && there.has(name.value),
    }));
  });
}

const none: ReadonlySet<string> = new Set();

/** Buckets outside of the organization: what they name is their owner's, and nobody here can be asked of it. */
function strangersIn(inventory: Inventory): ReadonlySet<string> {
  const known = strangers.get(inventory) ?? foundStrangers(inventory);
  strangers.set(inventory, known);
  return known;
}

const strangers = new WeakMap<Inventory, ReadonlySet<string>>();

function foundStrangers(inventory: Inventory): ReadonlySet<string> {
  const gapById = new Map(inventory.gaps.map((gap) => [gap.id, gap]));
  const outside = inventory.buckets.filter((bucket) => {
    const it = isOutsideOrganization(bucket, inventory, (id) => gapById.get(id));
    return it.state === 'known' && it.value;
  });
  return new Set(outside.map((it) => targetOf('log-bucket', it).id));
}

function neverRead(kind: ListedType, id: string, by: Target, { capturedAt: at }: Inventory, gaps: GapSink): Unfound {
  const { accountId, region } = by;
  const [call = 'record'] = listedKinds[kind].readBy;
  const message = `The inventory tells nothing of ${id}, which ${by.id} names.`;
  const gap = gaps.add({ call, accountId, region, resource: id, reason: 'not-collected', message, at });
  const arn = parseArn(id);
  return { id, accountId: arn?.accountId || nowhere.accountId, region: arn?.region || nowhere.region, gaps: [gap] };
}

/** Where something may be. What holds for a whole run, or was never recorded, is of no account; stores are of a Region. */
function placeOf({ accountId: owner, region: home }: Place, gap: Gap | undefined): Place {
  const place = { accountId: owner, region: home };
  if (gap === undefined) return place;
  const { call, accountId, region, reason } = gap;
  if (accountId === '*' || reason === 'not-recorded-by-config')
    return { ...nowhere, region: place.region === 'global' ? 'global' : nowhere.region };
  return call === 'cloudtrail:ListEventDataStores' ? { ...place, region } : place;
}

/** One entry for each place and ARN, with all gaps; by account, Region and ARN. */
function merged(all: readonly Unfound[]): readonly Unfound[] {
  const byPlace = new Map<string, Unfound>();
  for (const it of all) {
    const key = [it.accountId, it.region, it.id ?? ''].join(' ');
    const gaps = new Set([...(byPlace.get(key)?.gaps ?? []), ...it.gaps]);
    byPlace.set(key, { ...it, gaps: [...gaps].toSorted(byText) });
  }
  return [...byPlace].toSorted(([a], [b]) => byText(a, b)).map(([, it]) => it);
}
