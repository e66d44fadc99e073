import { UsageError } from '../../model/errors.js';

const shape = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;
/** A time of day without an offset: whose it is cannot be told. */
const naive = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;

/**
 * A time of the past that a flag names: RFC 3339, or a date, which is its first moment in UTC.
 *
 * @returns RFC 3339 in UTC
 * @throws UsageError naming the flag, when it is not a time or in the future
 */
export function parseTime(flag: string, text: string, now: Date): string {
  const day = shape.exec(text)?.[1];
  const time = new Date(text);
  if (naive.test(text)) {
    throw new UsageError(
      `${flag} '${text}' has no time zone.`,
      `Write ${text}Z for UTC, or its offset, as in ${text}+09:00.`,
    );
  }
  if (day === undefined || !isDay(day) || Number.isNaN(time.getTime())) {
    throw new UsageError(`${flag} '${text}' is not a time.`, 'Write it as in 2026-10-01 or 2026-10-01T12:00:00Z.');
  }
  if (time > now) throw new UsageError(`${flag} ${text} is in the future.`, 'Only what was recorded can be read.');
  return time.toISOString();
}

/** Whether there is such a day: JavaScript takes the 30th of February for a day in March. */
export function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** When CloudTrail began: no state of it is older. */
const beginning = '2013-11-13T00:00:00.000Z';

/**
 * The window that `--from` and `--to` name.
 *
 * @throws UsageError when one of them is not a time of the past, or they are not in order
 */
export function parseWindow(from: string, to: string, now: Date): { readonly from: string; readonly to: string } {
  const window = { from: parseTime('--from', from, now), to: parseTime('--to', to, now) };
  if (window.from < beginning) {
    throw new UsageError(`--from ${from} is before CloudTrail began, on 2013-11-13.`, 'Give a later time.');
  }
  if (window.from >= window.to) {
    throw new UsageError(
      `--from ${from} is not before --to ${to}.`,
      'A date is its first moment: --from 2026-10-01 --to 2026-10-02 is one day.',
    );
  }
  return window;
}
