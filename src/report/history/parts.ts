import type { Change, History, Interval, Item, State, Timeline } from '../../model/history.js';
import { listed } from '../parts/accounts.js';
import { moment } from '../parts/describe.js';
import { visible } from '../../text/printable.js';
import { byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';

/** Timelines of one state all the time, and how many. */
export interface Steady {
  readonly policyId: string;
  readonly state: State;
  readonly targets: number;
}

/** Timelines whose state changed, by how long they were out of compliance; and the others, summed up. */
export function sortedOut({ timelines }: History): {
  readonly eventful: readonly Timeline[];
  readonly steady: readonly Steady[];
} {
  const eventful = timelines.filter((it) => it.worst !== null || !isSteady(it));
  const steady = new Map<string, Steady>();
  for (const it of timelines) {
    const [only] = it.intervals;
    if (only === undefined || it.worst !== null || !isSteady(it)) continue;
    const key = `${it.policyId} ${only.state}`;
    const targets = (steady.get(key)?.targets ?? 0) + 1;
    steady.set(key, { policyId: it.policyId, state: only.state, targets });
  }
  return {
    eventful: eventful.toSorted((a, b) => b.seconds.nonCompliant - a.seconds.nonCompliant),
    steady: [...steady.values()].toSorted((a, b) => byText(`${a.policyId} ${a.state}`, `${b.policyId} ${b.state}`)),
  };
}

function isSteady({ intervals }: Timeline): boolean {
  return new Set(intervals.map((it) => it.state)).size <= 1;
}

const itemsShown = 3;

/** `AWS::CloudTrail::Trail main (captured 2026-06-01 00:00:00 UTC)`, safe to print; empty where nothing is known. */
export function describeItems(items: readonly Item[]): string {
  return listed(items.map(describeItem), itemsShown, 'item');
}

function describeItem({ type, id, captureTime, deleted }: Item): string {
  return `${visible(type)} ${visible(id)} (${deleted === true ? 'deleted' : 'captured'} ${moment(captureTime)})`;
}

/** What an interval began with, for people; empty where nothing is known of it. */
export function describeBeginning({ began }: Interval): string {
  return [
    describeBetween(began),
    began.items.length === 0 ? '' : `by ${describeItems(began.items)}`,
    visible(began.reason ?? ''),
  ]
    .filter((it) => it !== '')
    .join('; ');
}

function describeBetween({ between }: Change): string {
  if (between === undefined) return '';
  if (between.after === undefined) return `first seen by the run of ${moment(between.before)}`;
  return `changed between the runs of ${moment(between.after)} and ${moment(between.before)}`;
}

/** `3 changes`, for the head of a report. */
export function describeSource({ source, changePoints, runs }: History): string {
  if (source === 'config') return `AWS Config, evaluated at ${counted(changePoints, 'change point')}`;
  return `earlier results: ${counted(runs?.read ?? 0, 'run')}`;
}
