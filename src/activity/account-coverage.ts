import type { CoverageCell, EventCoverage } from '../model/log-events.js';
import type { Gap } from '../model/results.js';
import { byText } from '../text/order.js';
import type { Window } from './collector.js';

/** A span of which not every event is known, and the gap that says why. Milliseconds; `to` is outside. */
export interface Hole {
  readonly from: number;
  readonly to: number;
  readonly gap: Gap;
}

const hour = 3_600_000;

/**
 * CloudTrail delivers within five minutes on average, and promises nothing: what happened less than an hour ago may be
 * on its way.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
 */
export const deliveryLag = hour;

/** What is not known of the accounts' events. */
export class Holes {
  private readonly ofAccounts = new Map<string, Hole[]>();
  private readonly ofAll: Hole[] = [];
  private readonly accounts: ReadonlySet<string>;

  /**
   * @param window - of which events are at hand: what was read before the one that is asked is part of it
   * @param settled - up to when events can be expected to be delivered, in milliseconds
   * @param at - when the source was read, RFC 3339
   */
  constructor(
    coverage: EventCoverage,
    private readonly window: Window,
    settled: number,
    private readonly at: string,
  ) {
    this.accounts = new Set(coverage.cells.map((it) => it.account));
    // Each for itself: an hour that the window cuts is part of both, and its end must not hide in the span before.
    for (const cells of spansOf(coverage.before?.cells ?? [])) this.addSpan(cells);
    for (const cells of spansOf(coverage.cells)) this.addSpan(cells);
    for (const gap of coverage.gaps) this.addGap(gap);
    if (settled < window.to)
      this.ofAll.push({ from: Math.max(settled, window.from), to: window.to, gap: this.lag(settled) });
  }

  of(account: string): readonly Hole[] {
    const own = this.ofAccounts.get(account) ?? [];
    const unexpected = this.accounts.has(account) ? [] : [this.uncovered(account)];
    return [...own, ...unexpected, ...this.ofAll];
  }

  private addSpan(cells: readonly CoverageCell[]): void {
    const [first] = cells;
    const last = cells.at(-1);
    if (first === undefined || last === undefined) return;
    const from = Math.max(startOf(first), this.window.from);
    const to = Math.min(startOf(last) + hour, this.window.to);
    if (from >= to) return;
    const gap = first.gap ?? this.gapOf(first, from, to);
    this.ofAccounts.set(first.account, [...(this.ofAccounts.get(first.account) ?? []), { from, to, gap }]);
  }

  /** What concerns no cell may hold any event, unless it is no log file at all. */
  private addGap(gap: Gap): void {
    if (gap.reason === 'unsupported') return;
    const hole = { ...this.window, gap };
    if (!this.accounts.has(gap.accountId)) this.ofAll.push(hole);
    else this.ofAccounts.set(gap.accountId, [...(this.ofAccounts.get(gap.accountId) ?? []), hole]);
  }

  private gapOf({ account, region, state }: CoverageCell, from: number, to: number): Gap {
    const span = `from ${time(from)} to ${time(to)}`;
    const message =
      state === 'silent'
        ? `No log file of account ${account} in ${region} ${span} is there, and nothing proves that nothing happened.`
        : `What was logged of account ${account} in ${region} ${span} could not be read.`;
    return this.gap(`log-${state}:${account}:${region}:${time(from)}`, account, region, message);
  }

  private lag(settled: number): Gap {
    const message = `Events after ${time(settled)} may not be delivered yet.`;
    return this.gap(`log-delivery:${time(settled)}`, 'unknown', 'global', message);
  }

  private uncovered(account: string): Hole {
    const message = `Nothing tells which hours of account ${account} are there to be read.`;
    return { ...this.window, gap: this.gap(`log-uncovered:${account}`, account, 'global', message) };
  }

  private gap(id: string, accountId: string, region: string, message: string): Gap {
    return { id, call: 'cloudtrail:LogFiles', accountId, region, reason: 'not-collected', message, at: this.at };
  }
}

/** Cells that are not known, joined where hours of an account in a Region follow on each other for the same reason. */
function spansOf(cells: readonly CoverageCell[]): readonly (readonly CoverageCell[])[] {
  const open = cells
    .filter(isOpen)
    .toSorted((a, b) => byText(a.account, b.account) || byText(a.region, b.region) || byText(a.hour, b.hour));
  const spans: CoverageCell[][] = [];
  for (const cell of open) {
    const span = spans.at(-1);
    const last = span?.at(-1);
    const follows =
      last !== undefined &&
      last.account === cell.account &&
      last.region === cell.region &&
      last.state === cell.state &&
      last.gap?.id === cell.gap?.id &&
      startOf(last) + hour === startOf(cell);
    if (follows && span !== undefined) span.push(cell);
    else spans.push([cell]);
  }
  return spans;
}

/** What was delivered of an hour is not all of it where proof was asked for and digest files do not give it. */
function isOpen({ state, gap }: CoverageCell): boolean {
  return state === 'silent' || state === 'unreadable' || (state === 'present' && gap !== undefined);
}

function startOf(cell: CoverageCell): number {
  return Date.parse(`${cell.hour}:00:00Z`);
}

export function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** The gaps of holes that touch a span; its end is part of it. */
export function gapsWithin(holes: readonly Hole[], from: number, to: number): readonly Gap[] {
  return holes.filter((it) => it.from <= to && from < it.to).map((it) => it.gap);
}
