import type { EventClass } from './event-class.js';
import { meet } from './event-set.js';
import { TooManyParts } from './example-string.js';
import { outcomeIn, recordedBy, type Place } from './lost-events.js';
import type { EventSink, Recording, Selectors } from './recording.js';
import type { RegionPlan } from './regions.js';
import { selectedBy, selectedByAdvanced } from './selectors.js';
import { spaceOf } from './space-of.js';
import { isUnderstood } from './unsupported.js';

/** What records in an account, and where. */
interface Surroundings {
  readonly sinks: readonly EventSink[];
  readonly plan: RegionPlan;
}

/**
 * The sinks that make up in one account for one that is stopped: all that record some of what it would record.
 * Undefined where some of it is lost, is late, or may be, as far as is known.
 */
export function standInsFor(
  would: Recording,
  { sinks, plan }: Surroundings,
  setting: { readonly partition: string; readonly globalServicesRegion: string },
): readonly string[] | undefined {
  if (would.selectors.of === 'everything' || !isUnderstood(would.selectors)) return undefined;
  // Where nothing else is of one Region, no place bears the name of the trail's.
  const everywhere = { ...would, region: '*' };
  const groups = [...plan.groups, ...plan.possible];
  const atHome = groups.filter(({ region }) => region === would.region);
  const found = new Set<string>();
  try {
    for (const eventClass of classesOf(would.selectors)) {
      for (const { region } of atHome.length > 0 && would.region !== '*' ? atHome : groups) {
        const place = { region, isGlobalServicesRegion: region === setting.globalServicesRegion };
        const by = inPlace(everywhere, place, eventClass, sinks, setting.partition);
        if (by === undefined) return undefined;
        for (const arn of by) found.add(arn);
      }
    }
  } catch (error) {
    if (error instanceof TooManyParts) return undefined;
    throw error;
  }
  return [...found].toSorted();
}

function inPlace(
  would: Recording,
  place: Place,
  eventClass: EventClass,
  sinks: readonly EventSink[],
  partition: string,
): readonly string[] | undefined {
  const space = spaceOf(eventClass, partition);
  const boxes = recordedBy(would, place, eventClass, space);
  const meets = (it: Parameters<typeof meet>[0]): boolean => boxes.some((box) => meet(it, box, space) !== undefined);
  const { sure, doubtful } = outcomeIn(place, sinks, eventClass, space);
  if ([...sure, ...doubtful].some((piece) => meets(piece.box))) return undefined;
  return sinks.flatMap(({ arn, worst }) =>
    worst !== undefined && recordedBy(worst, place, eventClass, space).some(meets) ? [arn] : [],
  );
}

/** The classes of events that selectors take something of. */
function classesOf(selectors: Exclude<Selectors, { of: 'everything' }>): EventClass[] {
  const { basic, advanced } = selectors.of === 'trail' ? selectors.it : { basic: [], advanced: selectors.it };
  const values = (field: string): string[] =>
    advanced.flatMap((it) => it.fieldSelectors.filter((one) => one.field === field).flatMap((one) => one.equals));
  const types = new Set([
    ...basic.flatMap((it) => it.dataResources.map(({ type }) => type)),
    ...values('resources.type'),
  ]);
  const bothWays = [true, false];
  const classes: EventClass[] = [
    ...bothWays.map((readOnly) => ({ category: 'Management', readOnly }) as const),
    ...[...types].flatMap((resourceType) =>
      bothWays.map((readOnly) => ({ category: 'Data', resourceType, readOnly }) as const),
    ),
    ...[...new Set(values('eventSource'))].map(
      (eventSource) => ({ category: 'NetworkActivity', eventSource }) as const,
    ),
  ];
  return classes.filter((eventClass) =>
    selectors.of === 'trail'
      ? selectedBy(selectors.it, eventClass).length > 0
      : selectedByAdvanced(selectors.it, eventClass).length > 0,
  );
}
