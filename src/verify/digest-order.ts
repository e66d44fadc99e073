import { chainKey, chainOf } from './chain.js';
import type { DigestName } from './object-names.js';
import { startOfDay } from './timestamps.js';

/** The oldest of each chain; the names are in order of time. */
export function firstOfChains(names: readonly DigestName[]): DigestName[] {
  const first = new Map<string, DigestName>();
  for (const name of names.toReversed()) first.set(chainKey(chainOf(name)), name);
  return [...first.values()].toSorted((a, b) => a.end - b.end);
}

/** The newest of each chain; the names are in order of time. */
export function lastOfChains(names: readonly DigestName[]): DigestName[] {
  return [...new Map(names.map((it) => [chainKey(chainOf(it)), it])).values()].toSorted((a, b) => a.end - b.end);
}

/** By the day that they end on, in their own order. */
export function groupByDay(names: readonly DigestName[]): Map<number, DigestName[]> {
  const days = new Map<number, DigestName[]>();
  for (const name of names) {
    const day = startOfDay(name.end);
    const its = days.get(day);
    if (its === undefined) days.set(day, [name]);
    else its.push(name);
  }
  return days;
}
