import type { Match } from './match.js';

/** Events that together are too many, and how many. */
export interface Excess {
  readonly events: readonly Match[];
  /** Events; of `distinct` and `sum` the most within one window. */
  readonly count: number;
}

interface Limit {
  readonly count: number;
  /** Milliseconds; events that lie just so far apart are within. */
  readonly within: number;
  readonly counts: 'events' | 'distinct' | 'sum';
}

/**
 * Where more happens within a window than is allowed: windows that overlap are one excess.
 *
 * @param events - of one group, by time
 */
export function excesses(events: readonly Match[], limit: Limit): readonly Excess[] {
  const found: { first: number; last: number; most: number }[] = [];
  const sum = new Running(limit.counts);
  let start = 0;
  for (const [end, event] of events.entries()) {
    sum.add(event);
    while ((events[start]?.at ?? 0) < event.at - limit.within) {
      const left = events[start];
      if (left !== undefined) sum.remove(left);
      start += 1;
    }
    if (sum.value <= limit.count) continue;
    const last = found.at(-1);
    if (last !== undefined && start <= last.last) {
      last.last = end;
      last.most = Math.max(last.most, sum.value);
    } else found.push({ first: start, last: end, most: sum.value });
  }
  return found.map(({ first, last, most }) => {
    const within = events.slice(first, last + 1);
    return { events: within, count: limit.counts === 'events' ? within.length : most };
  });
}

/**
 * What would be the most within a window if each doubtful event counted, those included that lie at no known time.
 *
 * @param since - windows that end before are left out, in milliseconds
 */
export function mostPossible(events: readonly Match[], limit: Limit, since: number = Number.NEGATIVE_INFINITY): number {
  const timeless = events.filter((it) => Number.isNaN(it.at));
  const timed = events.filter((it) => !Number.isNaN(it.at));
  const sum = new Running(limit.counts);
  for (const it of timeless) sum.add(it);
  let most = sum.value;
  let start = 0;
  for (const event of timed) {
    sum.add(event);
    while ((timed[start]?.at ?? 0) < event.at - limit.within) {
      const left = timed[start];
      if (left !== undefined) sum.remove(left);
      start += 1;
    }
    if (event.at >= since) most = Math.max(most, sum.value);
  }
  return most;
}

/** How many events, different values, or how much in all, while events come and go. */
class Running {
  private total = 0;
  private unbounded = 0;
  private readonly values = new Map<string, number>();

  constructor(private readonly counts: Limit['counts']) {}

  get value(): number {
    if (this.unbounded > 0) return Number.POSITIVE_INFINITY;
    return this.counts === 'distinct' ? this.values.size : this.total;
  }

  add(match: Match): void {
    this.change(match, 1);
  }

  remove(match: Match): void {
    this.change(match, -1);
  }

  private change(match: Match, by: 1 | -1): void {
    if (this.counts === 'distinct') {
      if (!Number.isFinite(match.amount)) this.unbounded += by;
      // A value that is not known may be another one.
      const values = match.distinct?.map((it) => `known ${it}`) ?? [`unknown ${match.eventID}`];
      for (const value of values) {
        const count = (this.values.get(value) ?? 0) + by;
        if (count === 0) this.values.delete(value);
        else this.values.set(value, count);
      }
    } else if (this.counts === 'sum') {
      if (Number.isFinite(match.amount)) this.total += by * Math.max(0, match.amount);
      else this.unbounded += by;
    } else this.total += by;
  }
}
