import type { Account, Inventory, Trail, TrailStatus } from '../../model/inventory.js';
import type { Credit } from '../credits.js';
import { allHold, doubt, fromKnown, someHold, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { selectsAny, type NoteSelectors } from './unsupported.js';

/** Whether a logging multi-Region organization trail is credited to the account, by observation. */
export function inOrganizationTrail(
  account: Account,
  inventory: Inventory,
  trails: ReadonlyMap<string, Trail>,
  credits: readonly Credit[],
  statusHere: (trailArn: string) => TrailStatus | undefined,
  /** Returns the gap of a trail that is seen here, and could be read nowhere. */
  noteUnread: (trailArn: string) => string,
  note: NoteSelectors,
): Tri<boolean> {
  const { organization } = inventory;
  if (organization === null) return sure(false);
  const credited = credits.map((credit): Tri<boolean> => {
    const trail = trails.get(credit.trailArn);
    if (credit.grade === 'refuted' || statusHere(credit.trailArn)?.isLogging === false) return sure(false);
    const grade: Tri<boolean> = credit.grade === 'observed' ? sure(true) : doubt(credit.gaps);
    if (trail === undefined) return doubt([...credit.gaps, noteUnread(credit.trailArn)]);
    return allHold([grade, qualifies(trail, note)]);
  });
  if (account.id === organization.managementAccountId)
    return someHold([...credited, ...ownTrails(account, trails, note)]);
  const unseen = organization.trailsGap === undefined ? [] : [doubt([organization.trailsGap])];
  return someHold([...credited, ...unseen]);
}

/** The trails of the management account, of which the organization's cover it, too. */
function ownTrails(account: Account, trails: ReadonlyMap<string, Trail>, note: NoteSelectors): Tri<boolean>[] {
  const own = [...trails.values()]
    .filter((trail) => trail.accountId === account.id)
    .map((trail) => qualifies(trail, note));
  const unread = account.ownTrails.state === 'unknown' ? account.ownTrails.gap : account.ownTrailsGap;
  return unread === undefined ? own : [...own, doubt([unread])];
}

/** A logging multi-Region organization trail that selects write management events. */
function qualifies({ arn, description, status, eventSelectors }: Trail, note: NoteSelectors): Tri<boolean> {
  return allHold([
    fromKnown(description, false, (it) => it.isOrganizationTrail && it.isMultiRegionTrail),
    fromKnown(status, false, (it) => it.isLogging),
    eventSelectors.state === 'known'
      ? selectsAny(arn, eventSelectors.value, { category: 'Management', readOnly: false }, note)
      : fromKnown(eventSelectors, false, () => false),
  ]);
}
