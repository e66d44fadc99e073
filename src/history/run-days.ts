import type { History, MissedDay } from '../model/history.js';
import type { Run } from './run.js';

/** A day of UTC. */
export interface Day {
  /** 2026-11-21 */
  readonly day: string;
  /** RFC 3339: its first moment. */
  readonly start: string;
  /** Why no complete run tells of it; undefined where one does. */
  readonly missed: Omit<MissedDay, 'day'> | undefined;
}

const dayLong = 86_400_000;

/** Each day of UTC that a window touches, and whether a complete run was made on it. */
export function daysOf(runs: readonly Pick<Run, 'at' | 'incomplete'>[], { from, to }: History['window']): Day[] {
  const byDay = new Map<string, Pick<Run, 'at' | 'incomplete'>[]>();
  for (const run of runs) byDay.set(dayOf(run.at), [...(byDay.get(dayOf(run.at)) ?? []), run]);
  const days: Day[] = [];
  for (let time = Date.parse(dayOf(from)); time < Date.parse(to); time += dayLong) {
    const start = new Date(time).toISOString();
    const day = dayOf(start);
    days.push({ day, start, missed: whyMissed(byDay.get(day) ?? []) });
  }
  return days;
}

/** The day of UTC of an RFC 3339 time in UTC. */
export function dayOf(at: string): string {
  return at.slice(0, 10);
}

function whyMissed(runs: readonly Pick<Run, 'at' | 'incomplete'>[]): Day['missed'] {
  if (runs.some((it) => it.incomplete === undefined)) return undefined;
  const [first] = runs;
  return first === undefined
    ? { why: 'no-run', message: 'no run' }
    : { why: 'incomplete-run', message: `incomplete run of ${first.at}: ${first.incomplete ?? ''}` };
}
