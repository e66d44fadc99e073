/** Milliseconds of each unit, the longest first. */
const units = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** The longest duration of CEL: what 64 bits hold in nanoseconds, about 292 years. */
const longestDuration = 9_223_372_036_854;

/** CEL's times: from the year 1 to the year 9999. */
const earliest = Date.UTC(2000, 0, 1) - 63_082_281_600_000;
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export function isDuration(milliseconds: number): boolean {
  return Math.abs(milliseconds) <= longestDuration;
}

export function isTimestamp(milliseconds: number): boolean {
  return milliseconds >= earliest && milliseconds <= latest;
}

/** Milliseconds of a duration in Go's notation (`90m`, `1h30m`, `24h`); undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const match = /^(-?)((?:\d+(?:\.\d+)?(?:ms|h|m|s))+)$/.exec(text);
  if (match === null) return undefined;
  let total = 0;
  for (const [, amount, unit] of (match[2] ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) {
    total += Number(amount) * (units.find(([name]) => name === unit)?.[1] ?? Number.NaN);
  }
  const milliseconds = Math.round(total);
  if (!isDuration(milliseconds)) return undefined;
  return match[1] === '-' ? -milliseconds : milliseconds;
}

/** `26h`, `1h30m`, `45s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  let rest = Math.abs(milliseconds);
  let text = milliseconds < 0 ? '-' : '';
  for (const [name, length] of units) {
    const amount = Math.floor(rest / length);
    rest -= amount * length;
    if (amount > 0) text += `${amount}${name}`;
  }
  return text;
}

/** Milliseconds since the epoch of a time in RFC 3339; undefined when the text is none. */
export function parseTimestamp(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/.exec(text);
  if (match === null) return undefined;
  const milliseconds = Date.parse(text);
  const [, year, month, day] = match.map(Number);
  // JavaScript takes 31 February for 3 March.
  const isDay = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0)).getUTCDate() === day;
  return isTimestamp(milliseconds) && isDay ? milliseconds : undefined;
}

/** RFC 3339, in whole seconds where that is exact. */
export function formatTimestamp(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'a time out of range' : date.toISOString().replace('.000Z', 'Z');
}

/** What to write instead of a duration in units that Go does not have. */
export function durationHelp(text: string): string {
  const days = /^(\d+)\s*(?:d|day|days)$/.exec(text);
  if (days !== null) return `write '${Number(days[1]) * 24}h'`;
  const hours = /^(\d+)\s*(?:hour|hours|hr|hrs)$/.exec(text);
  if (hours !== null) return `write '${hours[1]}h'`;
  const minutes = /^(\d+)\s*(?:minute|minutes|min)$/.exec(text);
  if (minutes !== null) return `write '${minutes[1]}m'`;
  return "write hours, minutes and seconds, as in '24h', '90m' or '1h30m'";
}
