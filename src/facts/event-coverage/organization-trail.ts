import type { Account, EventSelectors, Inventory, Trail, TrailStatus } from '../../model/inventory.js';
import type { Credit } from '../credits.js';
import { allHold, doubt, fromKnown, someHold, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { selectedBy } from './selectors.js';

/** Whether a logging multi-Region organization trail is credited to the account, by observation. */
export function inOrganizationTrail(
  account: Account,
  inventory: Inventory,
  trails: ReadonlyMap<string, Trail>,
  credits: readonly Credit[],
  statusHere: (trailArn: string) => TrailStatus | undefined,
  /** Returns the gap of a trail that is seen here, and could be read nowhere. */
  noteUnread: (trailArn: string) => string,
): Tri<boolean> {
  const { organization } = inventory;
  if (organization === null) return sure(false);
  const credited = credits.map((credit): Tri<boolean> => {
    const trail = trails.get(credit.trailArn);
    if (credit.grade === 'refuted' || statusHere(credit.trailArn)?.isLogging === false) return sure(false);
    const grade: Tri<boolean> = credit.grade === 'observed' ? sure(true) : doubt(credit.gaps);
    if (trail === undefined) return doubt([...credit.gaps, noteUnread(credit.trailArn)]);
    return allHold([grade, qualifies(trail)]);
  });
  if (account.id === organization.managementAccountId) return someHold([...credited, ...ownTrails(account, trails)]);
  const unseen = organization.trailsGap === undefined ? [] : [doubt([organization.trailsGap])];
  return someHold([...credited, ...unseen]);
}

/** The trails of the management account, of which the organization's cover it, too. */
function ownTrails(account: Account, trails: ReadonlyMap<string, Trail>): Tri<boolean>[] {
  const own = [...trails.values()].filter((trail) => trail.accountId === account.id).map(qualifies);
  const unread = account.ownTrails.state === 'unknown' ? account.ownTrails.gap : account.ownTrailsGap;
  return unread === undefined ? own : [...own, doubt([unread])];
}

/** A logging multi-Region organization trail that selects write management events. */
function qualifies({ description, status, eventSelectors }: Trail): Tri<boolean> {
  const selects = (it: EventSelectors): boolean =>
    selectedBy(it, { category: 'Management', readOnly: false }).length > 0;
  return allHold([
    fromKnown(description, false, (it) => it.isOrganizationTrail && it.isMultiRegionTrail),
    fromKnown(status, false, (it) => it.isLogging),
    fromKnown(eventSelectors, false, selects),
  ]);
}
