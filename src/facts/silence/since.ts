import type { TrailStatus } from '../../model/inventory.js';

/**
 * Since when nothing arrived although something should have, in milliseconds: as the kindest and as the harshest
 * reading of what is told has it. Where both agree it is certain.
 */
export interface Since {
  readonly best: number;
  readonly worst: number;
}

/** Nothing ever arrived. */
export const never = Number.NEGATIVE_INFINITY;
/** Nothing was due yet, or nothing tells that anything was. */
export const notDue = Number.POSITIVE_INFINITY;

const hour = 60 * 60 * 1000;

/** What was recorded before StopLogging still arrives in this time. */
const lateDelivery = 3 * hour;

export function certainly(at: number): Since {
  return { best: at, worst: at };
}

export function millisecondsOf(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

/** The later of two times; undefined: neither is told. */
export function laterTime(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Date.parse(a) > Date.parse(b) ? a : b;
}

/**
 * Since when a channel is quiet whose last arrival was at this time. StartLogging renews nothing: only the time for
 * which the trail was stopped in between is no silence, and whether all of it was is known of the last stop alone.
 */
export function quietSince(lastArrival: string | undefined, status: TrailStatus): Since {
  const last = millisecondsOf(lastArrival);
  const start = millisecondsOf(status.startLoggingTime);
  const stop = millisecondsOf(status.stopLoggingTime);
  const wasStopped = stop !== undefined && start !== undefined && stop < start;
  if (last === undefined) {
    if (start === undefined) return certainly(never);
    return wasStopped ? { best: start, worst: never } : certainly(start);
  }
  if (start === undefined || start <= last || !wasStopped) return certainly(last);
  if (stop >= last) return { best: last + (start - stop), worst: last };
  // It arrived after the last stop: late, or of a run that was started in between.
  return last - stop <= lateDelivery ? { best: start, worst: last } : certainly(last);
}
