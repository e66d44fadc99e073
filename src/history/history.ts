import type { History, HistorySummary, Policy, Runs, Seconds, Timeline, WorstStretch } from '../model/history.js';
import type { Gap } from '../model/inventory.js';
import type { EffectivePolicy } from '../policy/index.js';
import { follow } from './replay.js';
import { intervalsOf, secondsOf, worstOf } from './intervals.js';
import type { Past } from './past.js';
import type { ObservationSeries } from './observation.js';
import { byId, byPlace } from '../text/order.js';

/**
 * The verdicts of policies over a window, from what AWS Config recorded. The same past and policies give the same
 * history.
 *
 * @param noted gaps of the reading itself, listed whether a verdict waited for them or not
 */
export async function historyOf(
  past: Past,
  policies: readonly EffectivePolicy[],
  { version, noted }: { readonly version: string; readonly noted: readonly Gap[] },
): Promise<History> {
  const { series, gaps } = await follow(past, policies);
  const parts = { version, window: past.window, source: 'config', changePoints: past.points.length } as const;
  const policyList = policies.map(({ id, document }): Policy => {
    return { id, title: document.title, severity: document.severity, target: document.target };
  });
  return assembled(parts, policyList, series, [...gaps.values(), ...noted]);
}

interface HistoryParts extends Pick<History, 'window' | 'source' | 'changePoints'> {
  readonly version: string;
  readonly runs?: Runs;
  readonly organization?: string | undefined;
}

/** The history that series come to, in order. */
export function assembled(
  { version, window, source, changePoints, runs, organization }: HistoryParts,
  policies: readonly Policy[],
  series: readonly ObservationSeries[],
  gaps: readonly Gap[],
): History {
  const timelines = series.map((it) => timelineOf(it, window.to)).toSorted(byPlace);
  const distinct = new Map(gaps.toReversed().map((gap) => [gap.id, gap]));
  return {
    schemaVersion: '1',
    tool: { name: 'trailproof', version },
    window,
    source,
    ...(organization === undefined ? {} : { organization }),
    changePoints,
    policies: policies.toSorted(byId),
    ...(runs === undefined ? {} : { runs }),
    timelines,
    gaps: [...distinct.values()].toSorted(byId),
    summary: summaryOf(timelines),
  };
}

function timelineOf({ policy, target, fingerprint, observations }: ObservationSeries, windowEnd: string): Timeline {
  const intervals = intervalsOf(observations, windowEnd);
  return {
    policyId: policy.id,
    severity: policy.severity,
    target,
    fingerprint,
    seconds: secondsOf(intervals),
    worst: worstOf(intervals, windowEnd),
    intervals,
  };
}

function summaryOf(timelines: readonly Timeline[]): HistorySummary {
  const total = (member: keyof Seconds): number => timelines.reduce((sum, it) => sum + it.seconds[member], 0);
  let worst: WorstStretch | null = null;
  for (const { policyId, fingerprint, worst: own } of timelines) {
    if (own !== null && (worst === null || own.seconds > worst.seconds)) worst = { policyId, fingerprint, ...own };
  }
  return {
    timelines: timelines.length,
    everNonCompliant: timelines.filter((it) => it.worst !== null).length,
    nonCompliantNow: timelines.filter((it) => it.intervals.at(-1)?.state === 'NON_COMPLIANT').length,
    seconds: {
      compliant: total('compliant'),
      nonCompliant: total('nonCompliant'),
      notApplicable: total('notApplicable'),
      insufficientData: total('insufficientData'),
      notThere: total('notThere'),
    },
    worst,
  };
}
