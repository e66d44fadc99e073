import type { Change, History, MissedDay, Policy } from '../model/history.js';
import type { Gap } from '../model/inventory.js';
import { assembled } from './history.js';
import type { Run, RunVerdict } from './run.js';
import { daysOf, type Day } from './run-days.js';
import { ObservationSeries, seriesKey, type Observation } from './observation.js';
import { byText } from '../text/order.js';

/** Why a verdict is missing, whatever the day: intervals of one reason are one. */
const reasons = {
  'no-run': 'No run covers this time.',
  'incomplete-run': 'The run was incomplete: it proves no compliance.',
} as const;

/**
 * The verdicts of earlier runs over a window. What a run says holds until the next, but not into a day of UTC that has no
 * complete run: such a day proves nothing. An incomplete run tells of what is out of compliance, and of nothing else.
 */
export function historyOfRuns(
  runs: readonly Run[],
  window: History['window'],
  { version, organization }: { readonly version: string; readonly organization?: string | undefined },
): History {
  const sorted = runs.filter((it) => it.at < window.to).toSorted((a, b) => byText(a.at, b.at));
  const days = daysOf(sorted, window);
  const policies = new Map(sorted.flatMap((it) => it.policies).map((it) => [it.id, it]));
  const missed = days.flatMap(({ day, missed: it }): MissedDay[] => (it === undefined ? [] : [{ day, ...it }]));
  const read = sorted.filter((it) => it.at >= window.from).length;
  const parts = {
    version,
    window,
    source: 'results',
    organization,
    changePoints: read,
    runs: { read, days: days.length, covered: days.length - missed.length, missed },
  } as const;
  // Runs of other policies tell nothing of this one, and end nothing.
  const series = [...policies.values()].flatMap((policy) => {
    const asking = sorted.filter((it) => it.policies.some(({ id }) => id === policy.id));
    return seriesOf(policy, eventsOf(asking, daysOf(asking, window), window.from));
  });
  return assembled(parts, [...policies.values()], series, usedGaps(series, sorted, window.from));
}

/** A moment at which something is told, or from which on nothing is. */
interface Event {
  readonly at: string;
  /** Undefined: from here on nothing is known. */
  readonly run: Run | undefined;
  /** The run before. */
  readonly after: string | undefined;
  readonly reason?: string;
}

function seriesOf(policy: Policy, events: readonly Event[]): ObservationSeries[] {
  const series = new Map<string, ObservationSeries>();
  const told = events.map((event) => ({ event, verdicts: verdictsOf(policy, event.run) }));
  for (const { verdicts } of told) {
    for (const [key, { target, fingerprint }] of verdicts) {
      if (!series.has(key)) series.set(key, new ObservationSeries(policy, target, fingerprint));
    }
  }
  for (const { event, verdicts } of told) {
    for (const [key, track] of series) track.see(sightingOf(track, event, verdicts.get(key)));
  }
  return [...series.values()];
}

function verdictsOf(policy: Policy, run: Run | undefined): ReadonlyMap<string, RunVerdict> {
  const own = (run?.verdicts ?? []).filter((it) => it.policyId === policy.id);
  return new Map(own.map((it) => [seriesKey(it.policyId, it.target), it]));
}

function usedGaps(series: readonly ObservationSeries[], runs: readonly Run[], at: string): Gap[] {
  const gaps = new Map<string, Gap>();
  for (const gap of runs.toReversed().flatMap((it) => it.gaps)) gaps.set(gap.id, gap);
  for (const [id, message] of Object.entries(reasons)) {
    const asked = { call: 'trailproof:scan', accountId: '*', region: 'global', resource: id };
    gaps.set(id, { id, ...asked, reason: 'not-collected', message, at });
  }
  const ids = new Set(series.flatMap((it) => it.observations.flatMap((observation) => observation.gaps)));
  return [...ids].flatMap((id) => gaps.get(id) ?? []);
}

function eventsOf(runs: readonly Run[], days: readonly Day[], from: string): Event[] {
  const before = runs.findLast((it) => it.at <= from);
  const inside = runs.filter((it) => it.at > from);
  const lost = days.filter((it) => it.missed !== undefined && it.start > from);
  const isMissed = days[0]?.missed !== undefined;
  const holds = before !== undefined && (before.at === from || (!isMissed && reachesInto(before.at, from)));
  const events: Event[] = [
    { at: from, run: holds ? before : undefined, after: undefined },
    ...inside.map((run, index): Event => ({ at: run.at, run, after: (inside[index - 1] ?? before)?.at })),
    ...lost.map(({ start: at, day, missed }): Event => {
      return { at, run: undefined, after: undefined, reason: `${day}: ${missed?.message ?? ''}` };
    }),
  ];
  // A run at the first moment of a day that is lost tells more than the loss.
  return events.toSorted((a, b) => byText(a.at, b.at) || Number(a.run !== undefined) - 1);
}

/** What was said on a day, or on the day before, is said at the start of the window. */
function reachesInto(at: string, from: string): boolean {
  const day = (time: string): number => Math.floor(Date.parse(time) / 86_400_000);
  return day(from) - day(at) <= 1;
}

function sightingOf(track: ObservationSeries, event: Event, verdict: RunVerdict | undefined): Observation {
  const { at, run, after, reason } = event;
  const between = run === undefined ? undefined : { ...(after === undefined ? {} : { after }), before: run.at };
  const change: Change = {
    at,
    items: [],
    ...(between === undefined ? {} : { between }),
    ...(reason === undefined ? {} : { reason }),
  };
  if (run === undefined) return unknown('no-run', change);
  const isIncomplete = run.incomplete !== undefined;
  if (verdict === undefined) {
    if (isIncomplete) return unknown('incomplete-run', change);
    return track.wasThere
      ? { state: 'GONE', message: 'The target is no longer there.', gaps: [], change }
      : { state: 'NOT_THERE_YET', message: 'The target is not there yet.', gaps: [], change };
  }
  track.wasThere = true;
  const { outcome, message, severity, gaps, isWaived, follows, isCarried } = verdict;
  if (isCarried || (isIncomplete && (outcome === 'COMPLIANT' || outcome === 'NOT_APPLICABLE'))) {
    return unknown('incomplete-run', change);
  }
  return {
    state: outcome,
    message,
    ...(outcome === 'NON_COMPLIANT' ? { severity } : {}),
    gaps: outcome === 'INSUFFICIENT_DATA' ? gaps : [],
    ...(isWaived ? { waived: true } : {}),
    ...(outcome === 'NON_COMPLIANT' && follows ? { follows } : {}),
    change,
  };
}

function unknown(reason: keyof typeof reasons, change: Change): Observation {
  return { state: 'INSUFFICIENT_DATA', message: change.reason ?? reasons[reason], gaps: [reason], change };
}
