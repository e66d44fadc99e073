import type { Baseline, BaselineEntry, Sighting, Span } from '../model/baseline.js';
import { byText } from '../text/order.js';
import type { SeenNow } from './baseline-of.js';
import { day } from './sightings.js';
import { joinedSpans, spansWithout } from './spans.js';

/** What is seen is kept so much longer than it matters: windows of the last days may be judged again. */
const slack = 8 * day;

/** Baselines as one. Of two answers to different questions the one that knows the later time stands. */
export function mergedBaselines(baselines: readonly Baseline[]): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const entry of baselines.flatMap((it) => it.entries)) {
    const key = keyOf(entry);
    const other = entries.get(key);
    entries.set(key, other === undefined ? entry : merged(other, entry));
  }
  const organization = baselines.find((it) => it.organization !== undefined)?.organization;
  return {
    ...(organization === undefined ? {} : { organization }),
    entries: [...entries.values()].toSorted(byPolicy),
  };
}

/** The baseline with what a run saw; what was seen too long ago to matter is let go, with the time it lay in. */
export function withSeen(before: Baseline, now: readonly SeenNow[], organization: string | undefined): Baseline {
  const entries = new Map(before.entries.map((it) => [keyOf(it), it]));
  for (const { entry, length } of now) {
    const key = keyOf(entry);
    const other = entries.get(key);
    // What may have been put there is not mixed with what was proven.
    const isOther = other === undefined || other.question !== entry.question || (entry.verified && !other.verified);
    const both = isOther ? entry : merged(other, entry);
    entries.set(key, since(both, endOf(both) - length - slack));
  }
  const named = organization ?? before.organization;
  return { ...(named === undefined ? {} : { organization: named }), entries: [...entries.values()].toSorted(byPolicy) };
}

/** Combinations that a baseline holds at most. */
export const mostCombinations = 100_000;

/**
 * The baseline without what was seen the longest ago, where it holds too much: the time up to there is not known any
 * more, so that nothing of it can seem new.
 */
export function boundedBaseline(baseline: Baseline, most = mostCombinations): Baseline {
  const lasts = baseline.entries.flatMap(({ seen }) => [...seen.values()].map((it) => lastOf(it)));
  if (lasts.length <= most) return baseline;
  const cut = lasts.toSorted((a, b) => b - a)[most] ?? 0;
  return { ...baseline, entries: baseline.entries.map((it) => since(it, cut + 1)) };
}

function merged(a: BaselineEntry, b: BaselineEntry): BaselineEntry {
  if (a.question !== b.question) return endOf(a) > endOf(b) ? a : b;
  const known = new Map<string, readonly Span[]>();
  for (const region of new Set([...a.known.keys(), ...b.known.keys()])) {
    known.set(region, joinedSpans([...(a.known.get(region) ?? []), ...(b.known.get(region) ?? [])]));
  }
  const seen = new Map<string, readonly Sighting[]>(a.seen);
  for (const [combination, times] of b.seen)
    seen.set(combination, together([...(seen.get(combination) ?? []), ...times]));
  return { ...a, verified: a.verified && b.verified, known, seen };
}

/** Of each day the first and the last time. */
function together(times: readonly Sighting[]): readonly Sighting[] {
  const days = new Map<number, Sighting>();
  for (const [first, last] of times) {
    const number = Math.floor(first / day);
    const other = days.get(number) ?? [first, last];
    days.set(number, [Math.min(first, other[0]), Math.max(last, other[1])]);
  }
  return [...days.values()].toSorted(([a], [b]) => a - b);
}

/** What the entry knows and saw from a time on; of the day before only that it was not seen whole. */
function since(entry: BaselineEntry, from: number): BaselineEntry {
  const before = [{ from: Number.NEGATIVE_INFINITY, to: from }];
  const known = new Map([...entry.known].map(([region, spans]) => [region, spansWithout(spans, before)]));
  const seen = new Map<string, readonly Sighting[]>();
  for (const [combination, times] of entry.seen) {
    const kept = times.filter(([, last]) => last >= from);
    if (kept.length > 0) seen.set(combination, kept);
  }
  return { ...entry, known, seen };
}

function endOf({ known, seen }: BaselineEntry): number {
  const spans = [...known.values()].flatMap((it) => it.map(({ to }) => to));
  // Where nothing is known, what was seen still was.
  const all = spans.length > 0 ? spans : [...seen.values()].map((it) => lastOf(it));
  return all.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}

function lastOf(times: readonly Sighting[]): number {
  return times.at(-1)?.[1] ?? Number.NEGATIVE_INFINITY;
}

function keyOf({ policyId, account }: BaselineEntry): string {
  return `${policyId} ${account}`;
}

function byPolicy(a: BaselineEntry, b: BaselineEntry): number {
  return byText(a.policyId, b.policyId) || byText(a.account, b.account);
}
