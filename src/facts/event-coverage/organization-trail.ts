import type { Account, Inventory, Trail, TrailStatus } from '../../model/inventory.js';
import type { Credit } from '../credits.js';
import { allHold, doubt, fromKnown, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import type { Loss } from './loss.js';
import type { EventSink, Recording, Selectors } from './recording.js';
import { understood, type NoteSelectors } from './unsupported.js';

/** What of one account decides whether an organization trail covers it. */
interface SeenHere {
  readonly credits: readonly Credit[];
  status(trailArn: string): TrailStatus | undefined;
  /** Whether its owner and this account see log files arrive. */
  delivers(trail: Trail): Tri<boolean>;
  /** Returns the gap of a trail that is seen here, and could be read nowhere. */
  noteUnread(trailArn: string): string;
  readonly noteSelectors: NoteSelectors;
  /** What some sinks together leave out of the write management events, in any Region. */
  writeLosses(sinks: readonly EventSink[]): OpenList<Loss>;
}

/** A trail that may cover the account, but for what it selects. */
interface Candidate {
  readonly trail: Trail | undefined;
  readonly counts: Tri<boolean>;
}

/**
 * What basic selectors can leave out: `account-records-management-events` asks for it. An organization trail that leaves
 * out anything else records some events of an account, and not the account.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 */
const excludable: ReadonlySet<string> = new Set(['kms.amazonaws.com', 'rdsdata.amazonaws.com']);

/**
 * Whether logging, delivering multi-Region organization trails are credited to the account, by observation, and select
 * its write management events.
 */
export function inOrganizationTrail(
  account: Account,
  inventory: Inventory,
  trails: ReadonlyMap<string, Trail>,
  here: SeenHere,
): Tri<boolean> {
  const { organization } = inventory;
  if (organization === null) return sure(false);
  const credited = here.credits.map((credit): Candidate => {
    const trail = trails.get(credit.trailArn);
    const isRefuted = credit.grade === 'refuted' || here.status(credit.trailArn)?.isLogging === false;
    if (isRefuted) return { trail, counts: sure(false) };
    if (trail === undefined) return { trail, counts: doubt([...credit.gaps, here.noteUnread(credit.trailArn)]) };
    const grade: Tri<boolean> = credit.grade === 'observed' ? sure(true) : doubt(credit.gaps);
    return { trail, counts: allHold([grade, qualifies(trail, here)]) };
  });
  const isManagement = account.id === organization.managementAccountId;
  const unseen = organization.trailsGap === undefined ? [] : [unread(organization.trailsGap)];
  const others = isManagement ? ownTrails(account, trails, here) : unseen;
  return recordsAll([...credited, ...others], here);
}

function unread(gap: string): Candidate {
  return { trail: undefined, counts: doubt([gap]) };
}

/** The trails of the management account, of which the organization's cover it, too. */
function ownTrails(account: Account, trails: ReadonlyMap<string, Trail>, here: SeenHere): readonly Candidate[] {
  const own = [...trails.values()]
    .filter((trail) => trail.accountId === account.id)
    .map((trail) => ({ trail, counts: qualifies(trail, here) }));
  const gap = account.ownTrails.state === 'unknown' ? account.ownTrails.gap : account.ownTrailsGap;
  return gap === undefined ? own : [...own, unread(gap)];
}

/** A logging, delivering multi-Region organization trail. */
function qualifies(trail: Trail, here: SeenHere): Tri<boolean> {
  const { description, status } = trail;
  const isIt = allHold([
    fromKnown(description, false, (it) => it.isOrganizationTrail && it.isMultiRegionTrail),
    fromKnown(status, false, (it) => it.isLogging),
  ]);
  // What no organization trail is needs no question whether it delivers.
  return isIt.state === 'known' && !isIt.value ? isIt : allHold([isIt, here.delivers(trail)]);
}

/** Whether the trails that count select, together, what must be recorded. */
function recordsAll(candidates: readonly Candidate[], here: SeenHere): Tri<boolean> {
  const sinks = candidates.flatMap((it) => sinkOf(it, here.noteSelectors) ?? []);
  if (sinks.length === 0) return sure(false);
  const { members, doubtful, rest } = here.writeLosses(sinks);
  const matters = ({ eventSource }: Loss): boolean => !excludable.has(eventSource);
  if (members.some(matters)) return sure(false);
  const gaps = [...doubtful.filter(({ value }) => matters(value)).flatMap((it) => it.gaps), ...(rest?.gaps ?? [])];
  return gaps.length === 0 ? sure(true) : doubt(gaps);
}

function sinkOf({ trail, counts }: Candidate, noteSelectors: NoteSelectors): EventSink | undefined {
  if (counts.state === 'known' && !counts.value) return undefined;
  const arn = trail?.arn ?? '';
  const selectors = trail?.eventSelectors;
  if (selectors?.state === 'absent') return undefined;
  const gaps = [
    ...(counts.state === 'unknown' ? counts.gaps : []),
    ...(selectors?.state === 'unknown' ? [selectors.gap] : []),
  ];
  const best = everywhere(selectors?.state === 'known' ? { of: 'trail', it: selectors.value } : { of: 'everything' });
  const key = JSON.stringify(['organization trail', arn, gaps]);
  const sink: EventSink = { kind: 'trail', arn, best, gaps, key, ...(gaps.length === 0 ? { worst: best } : {}) };
  return understood(sink, noteSelectors);
}

function everywhere(selectors: Selectors): Recording {
  return { region: '*', includesGlobalServices: true, selectors };
}
