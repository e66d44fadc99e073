import type { Inventory, Trail, TrailStatus } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { byText } from '../../text/order.js';

/**
 * What one account was told of a trail. Another account than the owner can prove a failure by it; that it is told no
 * error, or sees the trail logging, proves nothing of the owner's trail.
 */
export interface TrailView {
  readonly accountId: string;
  readonly isOwner: boolean;
  readonly status: TrailStatus;
}

/** All that is told of a trail. */
export interface TrailViews {
  readonly owner: Known<TrailStatus>;
  /** Of other accounts that see it logging, sorted by id; none where its owner says that it is stopped. */
  readonly others: readonly TrailView[];
  /** The one account that is asked about, the owner or another; undefined: the trail is, for all. */
  readonly of?: string;
}

type ByAccount = ReadonlyMap<string, TrailView>;

const observers = new WeakMap<Inventory, ReadonlyMap<string, ByAccount>>();

/** What is told of a trail: by everyone, or by its owner and one account. */
export function viewsOf(trail: Trail, inventory: Inventory, accountId?: string): TrailViews {
  const owner = trail.status;
  const asked = accountId === undefined ? {} : { of: accountId };
  const isStopped = owner.state === 'known' && !owner.value.isLogging;
  const told = isStopped ? undefined : observersIn(inventory).get(trail.arn);
  if (told === undefined || accountId === trail.accountId) return { owner, others: [], ...asked };
  const views = accountId === undefined ? [...told.values()] : [told.get(accountId) ?? []].flat();
  return { owner, others: views.filter((it) => it.accountId !== trail.accountId), ...asked };
}

function observersIn(inventory: Inventory): ReadonlyMap<string, ByAccount> {
  const before = observers.get(inventory);
  if (before !== undefined) return before;
  const found = new Map<string, Map<string, TrailView>>();
  for (const { id, observedTrails } of inventory.accounts.toSorted((a, b) => byText(a.id, b.id))) {
    for (const { trailArn, status } of observedTrails) {
      if (status.state !== 'known' || !status.value.isLogging) continue;
      const views = found.get(trailArn) ?? new Map<string, TrailView>();
      views.set(id, { accountId: id, isOwner: false, status: status.value });
      found.set(trailArn, views);
    }
  }
  observers.set(inventory, found);
  return found;
}
