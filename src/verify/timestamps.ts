/** Digest files are due once an hour. */
export const hour = 3_600_000;
export const minute = 60_000;

const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?Z$/;
const extended = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

/** The time in an object's name: `20261101T1205Z` or `20261101T120533Z`; undefined when it is none. */
export function parseCompactTime(text: string): number | undefined {
  const match = compact.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hours, minutes, seconds = '00'] = match;
  return parseTimestamp(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
}

/** A time as digest files write it, to the second and in UTC; undefined when it is none. */
export function parseTimestamp(text: string): number | undefined {
  if (!extended.test(text)) return undefined;
  const time = Date.parse(text);
  // JavaScript takes the 30th of February for a day in March.
  return Number.isNaN(time) || formatTime(time) !== text ? undefined : time;
}

/** `2026-11-01T12:05:33Z` */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The folders of a day: `2026/11/01`. */
export function dayFolders(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
}

/** `20261101T120533Z` */
export function compactTime(time: number): string {
  return formatTime(time).replaceAll(/[-:]/g, '');
}

const day = 24 * hour;

export function startOfDay(time: number): number {
  return Math.floor(time / day) * day;
}

/** The days that a span of time touches, the last one first. */
export function daysBackward(from: number, to: number): number[] {
  const days: number[] = [];
  for (let it = startOfDay(to - 1); it >= startOfDay(from); it -= day) days.push(it);
  return days;
}
