import type { FactGaps } from '../fact-gaps.js';
import { doubt, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import { type EventClass } from './event-class.js';
import { spaceOf } from './space-of.js';
import { insightsOf } from './insights.js';
import type { Loss } from './loss.js';
import { lossesOf, type Setting } from './losses.js';
import { outcomeIn, type Level, type Place } from './lost-events.js';
import type { CoverageSetting, Outcomes, PlacedOutcome } from './outcomes.js';
import {
  coversEvent,
  coversObjects,
  recordsEvents,
  type EventCategory,
  type ManagementEvents,
  type NamedObjects,
} from './covers.js';
import type { EventSink } from './recording.js';
import type { RegionGroup, RegionPlan } from './regions.js';
import { TooManyParts } from './example-string.js';

/** How much of a class of events is recorded, by what the events do. */
export interface ClassCoverage {
  readonly read: Tri<Level>;
  readonly write: Tri<Level>;
  readonly readLosses: OpenList<Loss>;
  readonly writeLosses: OpenList<Loss>;
}

/** How much of the network activity events of an event source is recorded. */
export interface NetworkCoverage extends Answer {
  /** Of the calls alone that the policies of VPC endpoints refuse. */
  denied(): Answer;
}

interface Answer {
  readonly level: Tri<Level>;
  readonly losses: OpenList<Loss>;
}

/** Which events are recorded. Everything is computed when it is asked for, once. */
export interface EventCoverage {
  management(): ClassCoverage;
  /** By resource type, e.g. `AWS::S3::Object`. */
  data(resourceType: string): ClassCoverage;
  /** By event source, e.g. `s3.amazonaws.com`. */
  networkActivity(eventSource: string): NetworkCoverage;
  /** Kinds of Insights events that come from every Region. */
  insights(): OpenList<string>;
  /** Whether each event of this name is recorded, in all Regions where it happens. */
  covers(category: EventCategory, eventSource: string, eventName: string): Tri<boolean>;
  /** Whether each data event on these objects is recorded, in all Regions. */
  coversObjects(objects: NamedObjects): Tri<boolean>;
  /** Whether each management event of a kind is recorded, in all Regions where it happens. */
  records(events: ManagementEvents): Tri<boolean>;
  /** ARNs of the trails and event data stores that were taken into account, sorted. */
  readonly sinks: readonly string[];
}

export function coverageOf(
  sinks: readonly EventSink[],
  plan: RegionPlan,
  setting: CoverageSetting,
  gaps: FactGaps,
): EventCoverage {
  const outcomes = new Map<string, Outcomes>();
  const answers = new Map<string, Answer>();

  const unlessTooCostly = <T>(compute: () => T, otherwise: (gap: string) => T): T => {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof TooManyParts)) throw error;
      return otherwise(noteCost(error.message, sinks, setting, gaps));
    }
  };
  const compute = (eventClass: EventClass): Outcomes => {
    const space = spaceOf(eventClass, setting.partition);
    const placed = (group: RegionGroup): PlacedOutcome => {
      const place = placeOf(group, setting.globalServicesRegion);
      return { group, place, outcome: outcomeIn(place, sinks, eventClass, space) };
    };
    return unlessTooCostly<Outcomes>(
      () => ({ state: 'computed', space, sure: plan.groups.map(placed), possible: plan.possible.map(placed) }),
      (gap) => ({ state: 'too-costly', gap }),
    );
  };
  const outcomesOf = (eventClass: EventClass): Outcomes => remember(outcomes, eventClass, () => compute(eventClass));
  const answer = (eventClass: EventClass): Answer =>
    remember(answers, eventClass, () => {
      const computed = outcomesOf(eventClass);
      if (computed.state === 'too-costly') return unanswered(computed.gap);
      return unlessTooCostly(() => answerOf(computed, sinks, plan, eventClass, setting), unanswered);
    });
  const both = (eventClass: (readOnly: boolean) => EventClass): ClassCoverage => {
    const read = answer(eventClass(true));
    const write = answer(eventClass(false));
    return { read: read.level, write: write.level, readLosses: read.losses, writeLosses: write.losses };
  };

  return {
    management: () => both((readOnly) => ({ category: 'Management', readOnly })),
    data: (resourceType) => both((readOnly) => ({ category: 'Data', resourceType, readOnly })),
    networkActivity: (eventSource) => ({
      ...answer({ category: 'NetworkActivity', eventSource }),
      denied: () => answer({ category: 'NetworkActivity', eventSource, errorCode: 'VpceAccessDenied' }),
    }),
    insights: () =>
      unlessTooCostly<OpenList<string>>(
        () => insightsOf(sinks, plan, setting.partition),
        (gap) => ({ members: [], doubtful: [], rest: doubt([gap]) }),
      ),
    covers: (category, eventSource, eventName) =>
      unlessTooCostly<Tri<boolean>>(
        () => coversEvent({ category, eventSource, eventName }, sinks, plan, outcomesOf, setting, gaps),
        (gap) => doubt([gap]),
      ),
    coversObjects: (objects) =>
      unlessTooCostly<Tri<boolean>>(
        () => coversObjects(objects, plan, outcomesOf, setting),
        (gap) => doubt([gap]),
      ),
    records: (events) =>
      unlessTooCostly<Tri<boolean>>(
        () => recordsEvents(events, plan, outcomesOf, setting),
        (gap) => doubt([gap]),
      ),
    sinks: [...new Set(sinks.map((it) => it.arn).filter((arn) => arn !== ''))].toSorted(),
  };
}

function remember<T>(known: Map<string, T>, eventClass: EventClass, compute: () => T): T {
  const key = JSON.stringify(eventClass);
  const before = known.get(key);
  if (before !== undefined) return before;
  const now = compute();
  known.set(key, now);
  return now;
}

function unanswered(gap: string): Answer {
  return { level: doubt([gap]), losses: { members: [], doubtful: [], rest: doubt([gap]) } };
}

function answerOf(
  { sure: certain, possible, space }: Extract<Outcomes, { state: 'computed' }>,
  sinks: readonly EventSink[],
  plan: RegionPlan,
  eventClass: EventClass,
  setting: Setting,
): Answer {
  const losses = lossesOf(certain, sinks, plan, eventClass, space, setting);
  const worst = combined(certain.map((it) => it.outcome.worst));
  const best = combined(certain.map((it) => it.outcome.best));
  const gaps = worst === best ? [] : certain.flatMap(({ outcome }) => outcome.doubtful.flatMap((it) => it.gaps));
  const others = possible.flatMap(({ outcome }) => [outcome.worst, outcome.best]);
  const isSettled = others.every((level) => combined([worst, level]) === worst && combined([best, level]) === best);
  if (!isSettled) gaps.push(...plan.gaps);
  const isOpen = possible.some(({ outcome }) => outcome.worst !== 'full');
  return {
    level: gaps.length === 0 ? sure(worst) : doubt(gaps),
    losses: isOpen ? { ...losses, rest: doubt(plan.gaps) } : losses,
  };
}

/** Full and none are said of all Regions. */
function combined(levels: readonly Level[]): Level {
  const [first = 'none'] = levels;
  return levels.every((level) => level === first) ? first : 'partial';
}

function placeOf({ region }: RegionGroup, globalServicesRegion: string): Place {
  return { region, isGlobalServicesRegion: region === globalServicesRegion };
}

function noteCost(why: string, sinks: readonly EventSink[], setting: CoverageSetting, gaps: FactGaps): string {
  const arns = sinks.map((it) => it.arn).filter((arn) => arn !== '');
  return gaps.add({
    call: 'cloudtrail:GetEventSelectors',
    accountId: setting.accountId,
    region: 'global',
    resource: arns.join(' '),
    reason: 'unsupported',
    message: `These event selectors together are too complex to say what they leave out. ${why}`,
    at: setting.capturedAt,
  });
}
