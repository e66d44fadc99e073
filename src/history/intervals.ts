import type { Change, Interval, Seconds, Severity, State, Stretch } from '../model/history.js';
import type { Observation } from './observation.js';
import { byText, severityRank } from '../text/order.js';

/** Without the end, which follows from the next. */
interface Open {
  readonly first: Observation;
  readonly severity: Severity | undefined;
  readonly gaps: ReadonlySet<string>;
  readonly isWaived: boolean;
  readonly follows: boolean;
}

/**
 * The intervals of one policy and target: observations of the same state, one after the other, are one; they fill the
 * window without a hole. A waived time is an interval of its own, and so is a time that is unknown for other reasons.
 *
 * @param observations in order of time, the first at the start of the window
 * @param to the end of the window
 */
export function intervalsOf(observations: readonly Observation[], to: string): Interval[] {
  const open: Open[] = [];
  for (const it of observations) {
    // Of two observations of one moment the later one counts.
    if (open.at(-1)?.first.change.at === it.change.at) open.pop();
    const last = open.at(-1);
    if (last !== undefined && isSame(last, it)) {
      open[open.length - 1] = joined(last, it);
    } else {
      open.push(begun(it));
    }
  }
  return open.map((it, index) => closed(it, open[index + 1]?.first.change ?? null, to));
}

function begun(first: Observation): Open {
  return {
    first,
    severity: first.severity,
    gaps: new Set(first.gaps),
    isWaived: first.waived === true,
    follows: first.follows === true,
  };
}

function isSame({ first, gaps, isWaived }: Open, { state, waived, gaps: others }: Observation): boolean {
  if (first.state !== state || isWaived !== (waived === true)) return false;
  return new Set(others).size === gaps.size && others.every((id) => gaps.has(id));
}

function joined({ first, severity, gaps, isWaived, follows }: Open, next: Observation): Open {
  const worst = [severity, next.severity]
    .filter((it) => it !== undefined)
    .toSorted((a, b) => severityRank(a) - severityRank(b))[0];
  return { first, severity: worst, gaps, isWaived, follows: follows && next.follows === true };
}

function closed({ first, severity, gaps, isWaived, follows }: Open, ended: Change | null, windowEnd: string): Interval {
  const { state, message, change } = first;
  const to = ended?.at ?? windowEnd;
  return {
    state,
    from: change.at,
    to,
    seconds: secondsBetween(change.at, to),
    ...(severity === undefined ? {} : { severity }),
    message,
    gaps: [...gaps].toSorted(byText),
    ...(isWaived ? { waived: true } : {}),
    ...(follows ? { follows } : {}),
    began: change,
    ended,
  };
}

/** How long each state lasted. Each interval is rounded down to whole seconds. */
export function secondsOf(intervals: readonly Interval[]): Seconds {
  const total = (...states: readonly State[]): number =>
    intervals.filter((it) => states.includes(it.state)).reduce((sum, it) => sum + it.seconds, 0);
  return {
    compliant: total('COMPLIANT'),
    nonCompliant: total('NON_COMPLIANT'),
    notApplicable: total('NOT_APPLICABLE'),
    insufficientData: total('INSUFFICIENT_DATA'),
    notThere: total('NOT_THERE_YET', 'GONE'),
  };
}

/** The longest time out of compliance, waived or not; the earliest of several. */
export function worstOf(intervals: readonly Interval[], windowEnd: string): Stretch | null {
  let worst: Stretch | null = null;
  let stretch: Stretch | null = null;
  for (const { state, from, to } of intervals) {
    if (state !== 'NON_COMPLIANT') {
      stretch = null;
      continue;
    }
    const start: string = stretch === null ? from : stretch.from;
    stretch = { from: start, to, seconds: secondsBetween(start, to), stillSo: to === windowEnd };
    if (worst === null || stretch.seconds > worst.seconds) worst = stretch;
  }
  return worst;
}

export function secondsBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 1000);
}
