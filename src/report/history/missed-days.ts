import type { MissedDay } from '../../model/history.js';

const dayLong = 86_400_000;

/** Days in a row that were missed for one reason are one range: `2026-11-03 to 2026-11-09, 7 days`. */
export function missedRanges(
  missed: readonly MissedDay[],
): readonly { readonly days: string; readonly message: string }[] {
  const ranges: { first: string; last: string; count: number; message: string }[] = [];
  for (const { day, message } of missed) {
    const range = ranges.at(-1);
    if (range !== undefined && range.message === message && Date.parse(day) - Date.parse(range.last) === dayLong) {
      range.last = day;
      range.count += 1;
    } else {
      ranges.push({ first: day, last: day, count: 1, message });
    }
  }
  return ranges.map(({ first, last, count, message }) => ({
    days: count === 1 ? first : `${first} to ${last}, ${count} days`,
    message,
  }));
}
