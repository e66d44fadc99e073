import type { GroupTrail, InsightsGroup } from '../../model/insights.js';
import type { Gap } from '../../model/results.js';
import { deliveredWithin, type CoverageBook, type Trouble } from '../coverage.js';
import { spanOf, type ExpectedPlace } from '../expected-places.js';
import { selectsAllManagement } from '../selection.js';
import { day, type Window } from '../window.js';

interface Asked {
  readonly window: Window;
  /** When the run reads, in milliseconds. */
  readonly at: number;
  readonly expected: readonly ExpectedPlace[] | undefined;
}

/** What a log group cannot hold, by what it and its trails say, once it is known which accounts and Regions occur. */
export function tellGroupHoles(group: InsightsGroup, { window, at, expected }: Asked, book: CoverageBook): void {
  const name = `Log group ${group.arn}`;
  const { trails, createdAt, retentionDays } = group;
  for (const it of group.unknown) book.trouble(trouble(group, it));
  if (trails.length === 0 && group.unknown.length === 0) {
    book.trouble(trouble(group, `No trail that is seen in its account and Region writes to ${group.arn}.`));
  }
  const places = [...(expected ?? []), ...book.seenPlaces()];
  const tellBefore = (time: number, message: string): void => {
    if (window.from >= time) return;
    const span = { from: window.from, to: Math.min(time, window.to) };
    for (const it of places) book.unreadSpan(it.account, it.region, span, trouble(group, message));
  };
  if (retentionDays !== undefined) {
    tellBefore(
      at - retentionDays * day,
      `${name} keeps events for ${retentionDays} days: what happened before is not in it any more.`,
    );
  }
  if (createdAt === undefined) book.trouble(trouble(group, `${name} does not say since when it is there.`));
  else tellBefore(createdAt, `${name} was created at ${minuteText(createdAt)}: what happened before is not in it.`);
  if (expected === undefined && trails.length > 0 && !trails.some((it) => it.description.isMultiRegionTrail)) {
    const regions = [...new Set(trails.map((it) => it.homeRegion))].join(', ');
    const message = `The trails that write to ${group.arn} record ${regions} alone. Of other Regions nothing is known.`;
    book.trouble(trouble(group, message));
  }
  for (const place of places) {
    const lost = lossOf(place, trails, window);
    if (lost === undefined) continue;
    const span = spanOf(place, window);
    const from = Math.max(span.from, lost.from);
    const message = `${name} may lack events of account ${place.account} in ${place.region}: ${lost.why}.`;
    if (from < span.to) book.unreadSpan(place.account, place.region, { from, to: span.to }, trouble(group, message));
  }
}

interface Loss {
  /** Milliseconds; events from then on may be missing. */
  readonly from: number;
  readonly why: string;
}

/** Since when no trail is known to write the events of a place; undefined: one writes them. */
function lossOf({ account, region }: ExpectedPlace, trails: readonly GroupTrail[], window: Window): Loss | undefined {
  const recording = trails.filter(
    (it) =>
      (it.description.isOrganizationTrail || it.account === account) &&
      (it.description.isMultiRegionTrail || it.homeRegion === region),
  );
  if (recording.length === 0) return { from: window.from, why: 'no trail that is known to write to it records them' };
  const whole = recording.filter(
    ({ selectors, description }) =>
      selectors !== undefined && selectsAllManagement(selectors) && description.includeGlobalServiceEvents,
  );
  if (whole.length === 0) {
    return { from: window.from, why: 'no trail that writes to it is known to record all management events' };
  }
  const losses = whole.map((it) => stopOf(it, window));
  if (losses.includes(undefined)) return undefined;
  return losses.filter((it) => it !== undefined).reduce((a, b) => (a.from >= b.from ? a : b));
}

/** Since when a trail does not write; undefined: it writes. */
function stopOf({ arn, status }: GroupTrail, window: Window): Loss | undefined {
  if (status === undefined) return { from: window.from, why: `whether trail ${arn} logs is not known` };
  const { isLogging, stopLoggingTime, latestCloudWatchLogsDeliveryError: error } = status;
  const stops: Loss[] = [];
  if (!isLogging) stops.push({ from: timeOf(stopLoggingTime, window), why: `trail ${arn} does not log` });
  if (error !== undefined) {
    const last = timeOf(status.latestCloudWatchLogsDeliveryTime, window);
    stops.push({ from: last - deliveredWithin, why: `trail ${arn} cannot deliver to it (${error})` });
  }
  return stops.length === 0 ? undefined : stops.reduce((a, b) => (a.from <= b.from ? a : b));
}

function timeOf(text: string | undefined, window: Window): number {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? window.from : time;
}

/** Why a log group may lack data events that a policy asks. */
export function dataEventsOfGroup(group: InsightsGroup, at: string): Gap {
  const message = `Which data events the trails select that write to ${group.arn} is not weighed: whether it holds each that is asked is not known.`;
  const { call, resource, reason } = trouble(group, message);
  return { id: 'log-data-events', call, accountId: group.account, region: group.region, resource, reason, message, at };
}

function trouble({ arn }: InsightsGroup, message: string): Trouble {
  return { call: 'logs:DescribeLogGroups', resource: arn, reason: 'not-collected', message };
}

function minuteText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
