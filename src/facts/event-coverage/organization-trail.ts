import type { Account, Inventory, Trail, TrailStatus } from '../../model/inventory.js';
import type { Credit } from '../credits.js';
import { allHold, doubt, fromKnown, someHold, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { selectsAny, type NoteSelectors } from './unsupported.js';

/** What of one account decides whether an organization trail covers it. */
interface SeenHere {
  readonly credits: readonly Credit[];
  status(trailArn: string): TrailStatus | undefined;
  /** Whether its owner and this account see log files arrive. */
  delivers(trail: Trail): Tri<boolean>;
  /** Returns the gap of a trail that is seen here, and could be read nowhere. */
  noteUnread(trailArn: string): string;
  readonly noteSelectors: NoteSelectors;
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
  const unread = account.ownTrails.state === 'unknown' ? account.ownTrails.gap : account.ownTrailsGap;
  return unread === undefined ? own : [...own, doubt([unread])];
}

/** A logging, delivering multi-Region organization trail that selects write management events. */
function qualifies(trail: Trail, here: SeenHere): Tri<boolean> {
  const { arn, description, status, eventSelectors } = trail;
  const isIt = allHold([
    fromKnown(description, false, (it) => it.isOrganizationTrail && it.isMultiRegionTrail),
    fromKnown(status, false, (it) => it.isLogging),
    eventSelectors.state === 'known'
      ? selectsAny(arn, eventSelectors.value, { category: 'Management', readOnly: false }, here.noteSelectors)
      : fromKnown(eventSelectors, false, () => false),
  ]);
  // What no organization trail is needs no question whether it delivers.
  return isIt.state === 'known' && !isIt.value ? isIt : allHold([isIt, here.delivers(trail)]);
}
