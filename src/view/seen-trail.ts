import { fromKnown, viewsOf, type Tri } from '../facts/index.js';
import type { Account, ObservedTrail, Trail } from '../model/inventory.js';
import type { World } from './world.js';

/** A trail by itself or, with `seenBy`, as it is in one account: what that account is told decides for it, too. */
export interface SeenTrail extends Trail {
  readonly seenBy?: string;
}

/** What other accounts than the owner were told of a trail, as far as they count for it. */
export function observationsOf(trail: SeenTrail, { inventory, lookup }: World): readonly ObservedTrail[] {
  const of = (account: Account | undefined): ObservedTrail[] =>
    account === undefined || account.id === trail.accountId
      ? []
      : account.observedTrails.filter(({ trailArn }) => trailArn === trail.arn);
  if (trail.seenBy !== undefined) return of(lookup.account(trail.seenBy));
  return viewsOf(trail, inventory).others.flatMap(({ accountId }) => of(lookup.account(accountId)));
}

/** Whether it logs, for its owner and for the account that it is seen by: a shadow trail may be stopped alone. */
export function isLogging(trail: SeenTrail, world: World): Tri<boolean> {
  const seen = trail.seenBy === undefined ? [] : observationsOf(trail, world);
  const isStopped = seen.some(({ status }) => status.state === 'known' && !status.value.isLogging);
  return isStopped ? { state: 'known', value: false } : fromKnown(trail.status, false, (it) => it.isLogging);
}
