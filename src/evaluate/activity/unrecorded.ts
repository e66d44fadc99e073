import { kindsOf, time, type AskedPolicy, type EventKind, type Hole, type Window } from '../../activity/index.js';
import { eventCoverages, FactGaps, isDataEvent, type EventCoverage, type Tri } from '../../facts/index.js';
import type { Account, Gap, Inventory, Trail, TrailDescription } from '../../model/inventory.js';
import type { EventCoverage as LogCoverage, LogPlace } from '../../model/log-events.js';
import { stoppedHours } from './stopped-hours.js';

/** What trails of the accounts leave out, whether or not their log files are there. */
export class UnrecordedEvents {
  private readonly factGaps = new FactGaps();
  private readonly accounts: ReadonlyMap<string, Account>;
  private readonly gaps: ReadonlyMap<string, Gap>;
  private readonly coverages: ReturnType<typeof eventCoverages>;
  private readonly trails: Inventory['trails'];
  /** By account: parts of hours without a trail. */
  private readonly stops = new Map<string, readonly Hole[]>();

  constructor(
    inventory: Inventory,
    private readonly window: Window,
    private readonly places?: readonly LogPlace[],
  ) {
    this.accounts = new Map(inventory.accounts.map((it) => [it.id, it]));
    this.gaps = new Map(inventory.gaps.map((it) => [it.id, it]));
    const delivering = deliveringTo(inventory, places);
    this.coverages = eventCoverages(delivering, this.factGaps);
    this.trails = delivering.trails;
  }

  /** Holes over the whole window: kinds of events that a policy is about and that no trail certainly records. */
  of({ id, activity }: AskedPolicy, accountId: string): readonly Hole[] {
    const account = this.accounts.get(accountId);
    if (account === undefined) return [];
    // An event data store records, and delivers no log file.
    const coverage = this.coverages.ofAccount(account, { protectedOnly: false, eventDataStores: false });
    const open: Gap[] = [];
    const lost: string[] = [];
    for (const kind of kindsOf(activity)) {
      const isRecorded = recorded(coverage, kind);
      if (isRecorded.state === 'unknown') open.push(...this.gapsOf(isRecorded.gaps, accountId));
      else if (!isRecorded.value) lost.push(nameOf(kind));
    }
    if (lost.length > 0) open.push(this.lossOf(id, accountId, lost));
    const { from, to } = this.window;
    return [...open.map((gap) => ({ from, to, gap })), ...this.stopped(account)];
  }

  /** Parts of hours in which no trail logged that records the account's management events. */
  private stopped(account: Account): readonly Hole[] {
    const known = this.stops.get(account.id);
    if (known !== undefined) return known;
    const { from, to } = this.window;
    const trails = this.trails.filter((it) => this.mayRecord(it, account));
    const found = stoppedHours(trails)
      .filter((it) => it.from < to && it.to > from)
      .map((it) => ({ from: it.from, to: it.to, gap: stopGap(account.id, it, trails) }));
    this.stops.set(account.id, found);
    return found;
  }

  private mayRecord(trail: Trail, account: Account): boolean {
    const isStopped = trail.status.state === 'known' && !trail.status.value.isLogging;
    if (isStopped || !this.coverages.mayDeliver(trail, account)) return false;
    const selects = this.coverages.selectsManagementEvents(trail);
    return selects.state === 'unknown' || selects.value;
  }

  private lossOf(policyId: string, accountId: string, lost: readonly string[]): Gap {
    const names = lost.length > 3 ? `${lost.slice(0, 3).join(', ')} and ${lost.length - 3} more` : lost.join(', ');
    return {
      id: `log-selectors:${policyId}:${accountId}`,
      call: 'cloudtrail:GetEventSelectors',
      accountId,
      region: 'global',
      reason: 'not-collected',
      message: `No trail that delivers log files${this.whereTo()} records each of these events of account ${accountId} in every Region: ${names}.`,
      at: time(this.window.to),
    };
  }

  private whereTo(): string {
    const places = (this.places ?? []).map(({ bucket, prefix = '' }) =>
      [`s3://${bucket}`, ...(prefix === '' ? [] : [prefix])].join('/'),
    );
    return places.length === 0 ? '' : ` to ${places.join(', ')}`;
  }

  private gapsOf(ids: readonly string[], accountId: string): readonly Gap[] {
    const known = new Map([...this.gaps, ...this.factGaps.all().map((it) => [it.id, it] as const)]);
    const found = ids.flatMap((id) => known.get(id) ?? []);
    return found.length > 0 ? found : [this.lossOf('unknown', accountId, ['what its trails select could not be read'])];
  }
}

function stopGap(accountId: string, { from, to }: Window, trails: readonly Trail[]): Gap {
  const names = trails.map(({ name }) => name).join(', ');
  return {
    id: `log-stopped:${accountId}:${time(from)}`,
    call: 'cloudtrail:GetTrailStatus',
    accountId,
    region: 'global',
    reason: 'not-collected',
    message: `From ${time(from)} to ${time(to)} no trail that is known recorded account ${accountId}: ${names} did not log.`,
    at: time(to),
  };
}

/**
 * With those trails alone that deliver where was read: what others record lies elsewhere. Where none delivers there, it is
 * a copy, and not known of which.
 */
function deliveringTo(inventory: Inventory, places: readonly LogPlace[] | undefined): Inventory {
  if (places === undefined) return inventory;
  const isThere = ({ s3BucketName, s3KeyPrefix = '' }: TrailDescription): boolean =>
    places.some(({ bucket, prefix = s3KeyPrefix }) => bucket === s3BucketName && prefix === s3KeyPrefix);
  const trails = inventory.trails.filter(
    ({ description }) => description.state !== 'known' || isThere(description.value),
  );
  return trails.some(({ description }) => description.state === 'known') ? { ...inventory, trails } : inventory;
}

/**
 * Of data events that a policy is about nothing is known: Event history holds management events.
 *
 * @param why - a source lacks them that is not Event history
 */
export function dataEventsMissing(
  { id, activity }: AskedPolicy,
  accountId: string,
  { from, to }: Window,
  why?: Gap,
): readonly Hole[] {
  const kinds = kindsOf(activity).filter((it) => isOfData(it));
  if (kinds.length === 0) return [];
  if (why !== undefined) return [{ from, to, gap: why }];
  const gap: Gap = {
    id: `log-data-events:${id}:${accountId}`,
    call: 'cloudtrail:LookupEvents',
    accountId,
    region: 'global',
    reason: 'not-collected',
    message: `Event history holds no data events: ${kinds.map(nameOf).join(', ')}.`,
    at: time(to),
  };
  return [{ from, to, gap }];
}

/** Where only data events were delivered, nothing is known of the management events that a policy is about. */
export function managementMissing(
  { activity }: AskedPolicy,
  accountId: string,
  { from, to, withoutManagement = [] }: LogCoverage,
): readonly Hole[] {
  const gaps = withoutManagement.filter((it) => it.accountId === accountId);
  if (gaps.length === 0 || kindsOf(activity).every((it) => isOfData(it))) return [];
  return gaps.map((gap) => ({ from: Date.parse(from), to: Date.parse(to), gap }));
}

function isOfData({ eventSource, eventName }: EventKind): boolean {
  return eventSource !== undefined && eventName !== undefined && isDataEvent(eventSource, eventName);
}

function recorded(coverage: EventCoverage, kind: EventKind): Tri<boolean> {
  const { eventSource, eventName } = kind;
  if (eventSource !== undefined && eventName !== undefined && isOfData(kind)) {
    return coverage.covers('Data', eventSource, eventName);
  }
  return coverage.records({
    ...(eventSource === undefined ? {} : { eventSource }),
    ...(eventName === undefined ? {} : { eventName }),
  });
}

function nameOf({ eventSource, eventName }: EventKind): string {
  if (eventName !== undefined) return eventSource === undefined ? eventName : `${eventName} of ${eventSource}`;
  return eventSource === undefined ? 'all management events' : `the events of ${eventSource}`;
}
