import { allHold, doubt, listOf, someHold, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import { spaceOf } from './space-of.js';
import { recordedBy, type Place } from './lost-events.js';
import type { EventSink, Recording } from './recording.js';
import type { RegionPlan } from './regions.js';

/** The kinds of Insights events, and which management events each is computed from. */
const analyzed = {
  ApiCallRateInsight: [false],
  ApiErrorRateInsight: [true, false],
} as const;

type InsightType = keyof typeof analyzed;
const types = ['ApiCallRateInsight', 'ApiErrorRateInsight'] as const satisfies readonly InsightType[];

/** Insights are told of a kind where, in each Region, a trail selects it and records what it analyzes. */
export function insightsOf(sinks: readonly EventSink[], plan: RegionPlan, partition: string): OpenList<string> {
  const candidates = types.map((value) => {
    const inGroup = (region: string): Tri<boolean> =>
      someHold(sinks.map((sink) => analyzes(sink, value, region, partition)));
    const certain = plan.groups.map(({ region }) => inGroup(region));
    const possible = plan.possible.map(({ region }): Tri<boolean> => {
      const there = inGroup(region);
      return there.state === 'known' && there.value ? there : doubt(plan.gaps);
    });
    return { value, isMember: allHold([...certain, ...possible]) };
  });
  return listOf<string>(candidates);
}

function analyzes(sink: EventSink, type: InsightType, region: string, partition: string): Tri<boolean> {
  const { insightSelectors: selectors, gaps, kind } = sink;
  if (kind === 'event-data-store') return sure(false);
  const best = recordsFor(sink.best, type, region, partition);
  if (!best) return sure(false);
  if (selectors === undefined) return doubt(gaps);
  if (selectors.state === 'absent') return sure(false);
  const isSelected: Tri<boolean> =
    selectors.state === 'unknown'
      ? doubt([selectors.gap])
      : sure(selectors.value.some((it) => it.insightType === type && it.eventCategories.includes('Management')));
  const worst = recordsFor(sink.worst, type, region, partition);
  return allHold([isSelected, worst ? sure(true) : doubt(gaps)]);
}

function recordsFor(recording: Recording | undefined, type: InsightType, region: string, partition: string): boolean {
  if (recording === undefined || recording.failure !== undefined) return false;
  const place: Place = { region, isGlobalServicesRegion: false };
  return analyzed[type].some((readOnly) => {
    const eventClass = { category: 'Management', readOnly } as const;
    return recordedBy(recording, place, eventClass, spaceOf(eventClass, partition)).length > 0;
  });
}
