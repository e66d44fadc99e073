import type { Account, Inventory, Trail, TrailStatus } from '../../model/inventory.js';
import type { Credit } from '../credits.js';
import { allHold, doubt, fromKnown, someHold, sure } from '../three-valued.js';
import type { Tri } from '../values.js';

/** What of one account decides whether an organization trail covers it. */
interface SeenHere {
  readonly credits: readonly Credit[];
  status(trailArn: string): TrailStatus | undefined;
  /** Whether its owner and this account see log files arrive. */
  delivers(trail: Trail): Tri<boolean>;
  /** Returns the gap of a trail that is seen here, and could be read nowhere. */
  noteUnread(trailArn: string): string;
}

/** Whether a logging, delivering multi-Region organization trail is credited to the account, by observation. */
export function inOrganizationTrail(
  account: Account,
  inventory: Inventory,
  trails: ReadonlyMap<string, Trail>,
  here: SeenHere,
): Tri<boolean> {
  const { organization } = inventory;
  if (organization === null) return sure(false);
  const credited = here.credits.map((credit): Tri<boolean> => {
    const trail = trails.get(credit.trailArn);
    if (credit.grade === 'refuted' || here.status(credit.trailArn)?.isLogging === false) return sure(false);
    const grade: Tri<boolean> = credit.grade === 'observed' ? sure(true) : doubt(credit.gaps);
    if (trail === undefined) return doubt([...credit.gaps, here.noteUnread(credit.trailArn)]);
    return allHold([grade, qualifies(trail, here)]);
  });
  if (account.id === organization.managementAccountId)
    return someHold([...credited, ...ownTrails(account, trails, here)]);
  const unseen = organization.trailsGap === undefined ? [] : [doubt([organization.trailsGap])];
  return someHold([...credited, ...unseen]);
}

/** The trails of the management account, of which the organization's cover it, too. */
function ownTrails(account: Account, trails: ReadonlyMap<string, Trail>, here: SeenHere): Tri<boolean>[] {
  const own = [...trails.values()]
    .filter((trail) => trail.accountId === account.id)
    .map((trail) => qualifies(trail, here));
  return account.ownTrails.state === 'unknown' ? [...own, doubt([account.ownTrails.gap])] : own;
}

function qualifies(trail: Trail, here: SeenHere): Tri<boolean> {
  const isIt = allHold([
    fromKnown(trail.description, false, (it) => it.isOrganizationTrail && it.isMultiRegionTrail),
    fromKnown(trail.status, false, (it) => it.isLogging),
  ]);
  // What no organization trail is needs no question whether it delivers.
  return isIt.state === 'known' && !isIt.value ? isIt : allHold([isIt, here.delivers(trail)]);
}
