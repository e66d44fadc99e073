const millisecondsOfADay = 86_400_000;

/** The UTC day of a time (RFC 3339), as `2026-11-21`: days compare as texts. */
export function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Days from one day to another; 0 for the same, negative backwards. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsOfADay);
}
