import { UsageError } from '../../model/errors.js';
import { counted } from '../../text/plural.js';

const minute = 60_000;

/** So far apart clocks may be; it is what AWS lets pass in a signature. */
const allowed = 5 * minute;

/**
 * Why a run does not begin, where the clock here and that of AWS are apart: what policies ask of hours and days would
 * have wrong answers, and sessions would seem over before they are.
 *
 * @param offset - milliseconds by which the clock of AWS is ahead
 */
export function wrongClock(offset: number): UsageError | undefined {
  const apart = Math.abs(offset);
  if (apart < allowed) return undefined;
  const side = offset > 0 ? 'behind' : 'ahead of';
  return new UsageError(
    `The clock here is ${duration(apart)} ${side} that of AWS: what policies ask of hours and days would be answered wrong.`,
    'Set the clock of this machine, by NTP for instance, and run it again.',
  );
}

function duration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / minute);
  if (minutes < 120) return counted(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}
