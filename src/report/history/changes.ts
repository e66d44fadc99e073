import type { History, Interval, State, Timeline } from '../../model/history.js';
import { byText, severityRank } from '../../text/order.js';

/**
 * What became of a verdict. Opened: out of compliance for the first time in the window. Reopened: again, after it was
 * closed or waived. Closed: it holds, no longer applies, or the resource is gone. Other: no finding began or ended.
 */
export type ChangeKind = 'opened' | 'reopened' | 'closed' | 'waived' | 'other';

export const changeKinds: readonly ChangeKind[] = ['opened', 'reopened', 'closed', 'waived', 'other'];

export interface VerdictChange {
  readonly kind: ChangeKind;
  readonly timeline: Timeline;
  /** What was said before; undefined for what was not said before. */
  readonly before: State | undefined;
  readonly interval: Interval;
}

/** A day of UTC. */
export interface ChangeDay {
  /** 2026-11-21 */
  readonly day: string;
  /** The worst first. */
  readonly changes: readonly VerdictChange[];
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Findings at the end of the day. */
  readonly open: number;
  /** Of which nothing is known at the end of the day, and which were open before. */
  readonly unseen: number;
  /** Verdicts that are not known at the end of the day, those among them. */
  readonly unknown: number;
  /** No complete run tells of it. */
  readonly isMissed: boolean;
}

const dayLong = 86_400_000;
/** Gaps of a history of runs: nobody looked. */
const nobodyLooked: ReadonlySet<string> = new Set(['no-run', 'incomplete-run']);

/** Each day of the window, with what changed on it and what was open at its end. */
export function changesByDay(history: History): readonly ChangeDay[] {
  const { window, timelines, runs } = history;
  const first = dayNumber(window.from);
  const count = dayNumber(window.to, -1) - first + 1;
  const changes = Array.from({ length: count }, (): VerdictChange[] => []);
  const open = new Tally(count);
  const unseen = new Tally(count);
  const unknown = new Tally(count);
  for (const timeline of timelines) {
    const followed = new Followed();
    for (const interval of timeline.intervals) {
      // At its end a day has what began on it or before, and did not end on it.
      const from = dayNumber(interval.from) - first;
      const to = interval.ended === null ? count : dayNumber(interval.to) - first;
      const { kind, before } = followed.next(interval);
      if (kind !== undefined) changes[from]?.push({ kind, timeline, before, interval });
      if (isFinding(interval)) open.add(from, to);
      if (interval.state !== 'INSUFFICIENT_DATA') continue;
      unknown.add(from, to);
      if (followed.isOpen) unseen.add(from, to);
    }
  }
  const missed = new Set((runs?.missed ?? []).map((it) => it.day));
  const [openAt, unseenAt, unknownAt] = [open.sums(), unseen.sums(), unknown.sums()];
  return changes.map((own, at) => {
    const day = new Date((first + at) * dayLong).toISOString().slice(0, 10);
    return {
      day,
      changes: own.toSorted(worstFirst),
      counts: countsOf(own),
      open: openAt[at] ?? 0,
      unseen: unseenAt[at] ?? 0,
      unknown: unknownAt[at] ?? 0,
      isMissed: missed.has(day),
    };
  });
}

type Standing = 'open' | 'waived' | 'none';

/** One timeline, as far as it has been read. */
class Followed {
  private standing: Standing | undefined;
  private hasFailed = false;
  private before: State | undefined;
  private isFirst = true;

  /** The finding was open when something was last known of it. */
  get isOpen(): boolean {
    return this.standing === 'open';
  }

  next(interval: Interval): Pick<VerdictChange, 'before'> & { readonly kind: ChangeKind | undefined } {
    const { isFirst, before, standing, hasFailed } = this;
    this.isFirst = false;
    if (isUnseen(interval)) return { kind: undefined, before };
    this.before = interval.state;
    if (interval.state === 'INSUFFICIENT_DATA') {
      return { kind: before === undefined || before === interval.state ? undefined : 'other', before };
    }
    const now = standingOf(interval);
    this.standing = now;
    this.hasFailed ||= now !== 'none';
    // What stands at the beginning of the window began before it.
    if (isFirst) return { kind: undefined, before };
    if (now === standing) return { kind: before === interval.state ? undefined : 'other', before };
    if (now === 'open') return { kind: hasFailed ? 'reopened' : 'opened', before };
    if (now === 'waived') return { kind: standing === 'open' ? 'waived' : 'other', before };
    if (standing === 'open') return { kind: interval.state === 'NON_COMPLIANT' ? 'other' : 'closed', before };
    return { kind: before === undefined ? undefined : 'other', before };
  }
}

/** Nobody looked: that is told of the day, not of each verdict. */
function isUnseen({ state, gaps }: Interval): boolean {
  return state === 'INSUFFICIENT_DATA' && gaps.length > 0 && gaps.every((it) => nobodyLooked.has(it));
}

function standingOf(interval: Interval): Standing {
  if (isFinding(interval)) return 'open';
  return interval.waived === true ? 'waived' : 'none';
}

function isFinding({ state, waived, follows }: Interval): boolean {
  return state === 'NON_COMPLIANT' && waived !== true && follows !== true;
}

/** Adds to many neighbors at once. */
class Tally {
  private readonly steps: number[];

  constructor(private readonly count: number) {
    this.steps = Array.from({ length: count + 1 }, () => 0);
  }

  /** From the first to before the second. */
  add(from: number, to: number): void {
    if (from >= to) return;
    this.steps[from] = (this.steps[from] ?? 0) + 1;
    this.steps[Math.min(to, this.count)] = (this.steps[Math.min(to, this.count)] ?? 0) - 1;
  }

  sums(): readonly number[] {
    let sum = 0;
    return this.steps.slice(0, this.count).map((it) => (sum += it));
  }
}

function dayNumber(at: string, shift = 0): number {
  return Math.floor((Date.parse(at) + shift) / dayLong);
}

function countsOf(changes: readonly VerdictChange[]): ChangeDay['counts'] {
  const of = (kind: ChangeKind): number => changes.filter((it) => it.kind === kind).length;
  return {
    opened: of('opened'),
    reopened: of('reopened'),
    closed: of('closed'),
    waived: of('waived'),
    other: of('other'),
  };
}

function worstFirst(a: VerdictChange, b: VerdictChange): number {
  return (
    changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) ||
    severityRank(severityOf(a)) - severityRank(severityOf(b)) ||
    byText(a.timeline.policyId, b.timeline.policyId) ||
    byText(a.timeline.fingerprint, b.timeline.fingerprint) ||
    byText(a.interval.from, b.interval.from)
  );
}

export function severityOf({ timeline, interval }: VerdictChange): Timeline['severity'] {
  return interval.severity ?? timeline.severity;
}
