import type { EventCoverage } from '../../../../model/log-events.js';
import type { Gap } from '../../../../model/results.js';
import { byText } from '../../../../text/order.js';
import { counted } from '../../../../text/plural.js';
import { shortened } from '../../../../text/printable.js';
import type { ToldEvent } from './told-event.js';

/** What was not read: a gap with the hours that it concerns. */
export interface NotRead {
  readonly account: string;
  readonly region: string;
  readonly reason: Gap['reason'];
  readonly message: string;
  /** 0 where it concerns no single hour. */
  readonly hours: number;
}

export interface WhoReport {
  readonly schemaVersion: '1';
  readonly what: string;
  readonly source: string;
  readonly from: string;
  readonly to: string;
  /** Newest first. */
  readonly events: readonly ToldEvent[];
  readonly coverage: {
    readonly accounts: readonly string[];
    readonly regions: readonly string[];
    /** Hours of an account in a Region, by how they are known. */
    readonly hours: Readonly<Record<'proven' | 'present' | 'silent' | 'unreadable', number>>;
    readonly notRead: readonly NotRead[];
    /** Log files that came later were not read. */
    readonly deliveredUntil?: string;
    /** Event history knows no data events. */
    readonly managementEventsOnly: boolean;
  };
}

export function coverageOf(coverage: EventCoverage): WhoReport['coverage'] {
  const { cells, gaps } = coverage;
  const hours = { proven: 0, present: 0, silent: 0, unreadable: 0 };
  const notRead = new Map<string, NotRead>();
  for (const { state, gap } of cells) {
    hours[state] += 1;
    if (gap === undefined || state === 'present') continue;
    const { accountId: account, region, reason, message } = gap;
    const known = notRead.get(gap.id) ?? { account, region, reason, message, hours: 0 };
    notRead.set(gap.id, { ...known, hours: known.hours + 1 });
  }
  for (const { id, accountId: account, region, reason, message } of gaps) {
    notRead.set(id, { account, region, reason, message, hours: 0 });
  }
  return {
    accounts: [...new Set(cells.map((it) => it.account))].toSorted(byText),
    regions: [...new Set(cells.map((it) => it.region))].toSorted(byText),
    hours,
    notRead: [...notRead.values()],
    ...(coverage.deliveredUntil === undefined ? {} : { deliveredUntil: coverage.deliveredUntil }),
    managementEventsOnly: coverage.managementEventsOnly === true,
  };
}

/** True where something is there that could not be read: what was found may not be all. */
export function isIncomplete({ coverage: { hours, notRead } }: WhoReport): boolean {
  return hours.unreadable > 0 || notRead.some((it) => it.hours === 0 && it.reason !== 'unsupported');
}

/** Gaps that are told one by one. */
const mostTold = 10;
const longest = 200;

/** A line an event, newest first, and then what was read and what was not. */
export function* whoText(report: WhoReport): Generator<string> {
  const { events, what, source, from, to, coverage } = report;
  for (const it of events) yield eventLine(it);
  const span = `from ${from.slice(0, 16)}Z to ${to.slice(0, 16)}Z`;
  if (events.length > 0) yield '';
  yield `${events.length === 0 ? 'No event' : counted(events.length, 'event')} of ${shortened(what, longest)} ${span}, in ${source}.`;
  const { accounts, regions, hours, notRead } = coverage;
  yield `Read: ${counted(accounts.length, 'account')} in ${counted(regions.length, 'Region')}; hours proven ${hours.proven}, present ${hours.present}, silent ${hours.silent}, unreadable ${hours.unreadable}.`;
  const { deliveredUntil } = coverage;
  if (events.length === 0 && deliveredUntil !== undefined && Date.parse(deliveredUntil) > Date.parse(to)) {
    yield `Of log files those were read that came before ${deliveredUntil.slice(0, 16)}Z: what was delivered later is not known.`;
  }
  if (coverage.managementEventsOnly) {
    yield 'Event history holds management events alone: data events, such as those of S3 objects, are not in it.';
  }
  for (const it of notRead.slice(0, mostTold)) {
    const of = it.hours === 0 ? '' : ` (${counted(it.hours, 'hour')})`;
    yield `Not read${of}: ${it.message}`;
  }
  if (notRead.length > mostTold) yield `Not read: ${notRead.length - mostTold} more; --format json lists all.`;
}

function eventLine(event: ToldEvent): string {
  const { at, principal, actor, service, outcome, errorCode, sourceIPAddress, region, account, effect, isLast } = event;
  const who = actor === principal || principal.endsWith(`/${actor}`) ? principal : `${principal} (${actor})`;
  const mark = effect === undefined || isLast === undefined ? '' : `  <- last that ${effect} it`;
  const verified = event.verified === false ? '  (not verified)' : '';
  const result = errorCode === undefined ? outcome : `${outcome} ${errorCode}`;
  return `${at}  ${who}  ${service}:${event.event}  ${result}  ${sourceIPAddress}  ${region}  ${account}${verified}${mark}`;
}
