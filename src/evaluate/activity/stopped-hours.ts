import type { Window } from '../../activity/index.js';
import type { Trail } from '../../model/inventory.js';

const hour = 3_600_000;

/** A time in which a trail did not log, and logged behind it. Milliseconds; `from` may be before everything. */
function pauseOf({ status }: Trail): Window | undefined {
  if (status.state !== 'known' || !status.value.isLogging) return undefined;
  const { startLoggingTime, stopLoggingTime } = status.value;
  const to = startLoggingTime === undefined ? Number.NaN : Date.parse(startLoggingTime);
  const from = stopLoggingTime === undefined ? Number.NEGATIVE_INFINITY : Date.parse(stopLoggingTime);
  return from < to ? { from, to } : undefined;
}

/**
 * Parts of hours in which none of the trails logged, as their last stop and start tell: the rest of such an hour has log
 * files, so that it looks as if it were there. Of whole hours without a trail log files are missing, which is told anyway.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 *
 * @param trails - that record what is asked of an account, and log
 */
export function stoppedHours(trails: readonly Trail[]): readonly Window[] {
  const pauses = trails.map(pauseOf);
  if (pauses.length === 0 || pauses.includes(undefined)) return [];
  const known = pauses.filter((it) => it !== undefined);
  const from = known.reduce((latest, it) => Math.max(latest, it.from), Number.NEGATIVE_INFINITY);
  const to = known.reduce((earliest, it) => Math.min(earliest, it.to), Number.POSITIVE_INFINITY);
  if (from >= to) return [];
  const first = { from, to: Math.min(to, Math.floor(from / hour) * hour + hour) };
  const last = { from: Math.max(from, Math.floor(to / hour) * hour), to };
  const parts =
    Number.isFinite(from) && first.to <= last.from ? [first, last] : [{ ...last, from: Math.max(from, last.from) }];
  return parts.filter((it) => it.from < it.to);
}
