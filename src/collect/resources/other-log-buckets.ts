import type { Bucket } from '../../model/inventory.js';
import { parseArn } from '../../model/identifiers.js';
import { kindsNaming, namesOf, resourcesOf, isChosen, targetOf } from '../../model/resource-kinds.js';
import { byText } from '../../text/order.js';
import type { Context } from '../run/context.js';
import { findNamedBucket, type FoundOwner, type OwnerSearch } from './bucket-owner.js';
import { readBucket } from './buckets.js';
import type { ChosenLists } from './chosen.js';

/** Who names a bucket, and is asked for it where nothing else tells the owner. */
interface NamedBy {
  readonly accountId: string;
  readonly region: string;
}

/** Finds the owner of a bucket that is named by something else than a trail. */
export type OwnerFinder = (name: string, by: NamedBy) => Promise<FoundOwner>;

/** Looks for each bucket once, whoever names it. */
export function ownerFinder(context: Context, search: OwnerSearch): OwnerFinder {
  const looking = new Map<string, Promise<FoundOwner>>();
  return async (name, by) => {
    const found = looking.get(name) ?? findNamedBucket(context, name, by, search);
    looking.set(name, found);
    return await found;
  };
}

/**
 * The buckets that flow logs, distributions and load balancers write to, each once, in the account that owns it: those of
 * trails as they were read. Undefined where a run does not ask for all that may name one.
 */
export async function readOtherLogBuckets(
  context: Context,
  lists: ChosenLists,
  ofTrails: readonly Bucket[],
  findOwner: OwnerFinder,
): Promise<Bucket[] | undefined> {
  const namers = kindsNaming('other-log-bucket').filter(isChosen);
  if (!namers.every((kind) => context.chosen.has(kind))) return undefined;
  const byArn = new Map<string, NamedBy>();
  for (const kind of namers) {
    for (const it of resourcesOf(kind, lists)) {
      const { accountId, region: home } = targetOf(kind, it);
      const region = home === 'global' ? context.region : home;
      for (const name of namesOf(kind, it, 'other-log-bucket')) {
        if (name.state === 'known' && !byArn.has(name.value)) byArn.set(name.value, { accountId, region });
      }
    }
  }
  const read = new Map(ofTrails.map((it) => [it.arn, it]));
  const named = [...byArn].toSorted(([a], [b]) => byText(a, b));
  return await context.limit(named, async ([arn, by]) => {
    const name = parseArn(arn)?.resource ?? arn;
    return read.get(arn) ?? (await readBucket(context, name, await findOwner(name, by)));
  });
}
