import type { Evaluation, IncidentEvent, LogsCoverage } from '../../model/results.js';
import { counted } from '../../text/plural.js';
import { visible } from '../../text/printable.js';
import { moment } from './describe.js';

const shownEvents = 3;

/** The events of an incident in words: how many, the first and the last, and where the first ones are recorded. Raw. */
export function incidentParagraphs({ incident }: Evaluation, most = shownEvents): readonly string[] {
  if (incident === undefined) return [];
  const { count, firstAt, lastAt, events, eventsLeftOut } = incident;
  const total = events.length + eventsLeftOut;
  if (total === 0) return [`No such event from ${moment(firstAt)} to ${moment(lastAt)}.`];
  const many = total === count ? counted(total, 'event') : `${counted(total, 'event')}, counted as ${count}`;
  const span = firstAt === lastAt ? `at ${moment(firstAt)}` : `from ${moment(firstAt)} to ${moment(lastAt)}`;
  const shown = events.slice(0, most).map(eventLine);
  const rest = total - shown.length;
  return [`${many}, ${span}: ${[...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')}.`];
}

/** `ListUsers at … by root from 203.0.113.7, in AWSLogs/….json.gz (verified)`. */
export function eventLine({ at, eventName, principal, sourceIPAddress, object, verified }: IncidentEvent): string {
  const proof = verified === undefined ? '' : verified ? ' (verified)' : ' (not verified)';
  return `${visible(eventName)} at ${moment(at)} by ${visible(principal)} from ${visible(sourceIPAddress)}, in ${visible(object)}${proof}`;
}

/** `72 hours of accounts in Regions: 48 proven by digest files, 20 with log files, 3 silent, 1 not readable`. */
export function logsText({ from, to, cells, proven, present, silent, deliveredUntil }: LogsCoverage): string {
  const unreadable = cells - proven - present - silent;
  const parts = [
    ...(proven > 0 ? [`${proven} proven by digest files`] : []),
    ...(present > 0 ? [`${present} with log files`] : []),
    ...(silent > 0 ? [`${silent} without a log file`] : []),
    ...(unreadable > 0 ? [`${unreadable} not readable`] : []),
  ];
  const hours = `${counted(cells, 'hour')} of an account in a Region`;
  const late = deliveredUntil === undefined ? '' : `; of log files those that came before ${moment(deliveredUntil)}`;
  return `${moment(from)} to ${moment(to)}, ${hours}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}${late}`;
}
