import type { FactGaps } from '../fact-gaps.js';
import { allHold, doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import { meet, type EventSet } from './event-set.js';
import type { CoverageSetting, Outcomes, PlacedOutcome } from './outcomes.js';
import { equalTo, type EventClass } from './event-class.js';
import { eventSourceOf, knownEventsOf, readOnlyOf, resourceTypesOf } from './known-events.js';
import type { EventSink } from './recording.js';
import type { RegionPlan } from './regions.js';
import type { Atom } from './string-set.js';

export type EventCategory = 'Management' | 'Data' | 'NetworkActivity';

interface NamedEvent {
  readonly category: EventCategory;
  readonly eventSource: string;
  readonly eventName: string;
}

/** A kind of management events, as far as it is told apart; a field that is missing: any. */
export interface ManagementEvents {
  readonly eventSource?: string;
  readonly eventName?: string;
  readonly readOnly?: boolean;
}

/** Services whose events happen in no other than the Region of global services. */
const onlyGlobal = new Set([
  'iam.amazonaws.com',
  'cloudfront.amazonaws.com',
  'route53.amazonaws.com',
  'organizations.amazonaws.com',
]);

/** Whether each event of this name is recorded. Where it is not known whether it reads or writes, both must be. */
export function coversEvent(
  event: NamedEvent,
  sinks: readonly EventSink[],
  plan: RegionPlan,
  outcomesOf: (eventClass: EventClass) => Outcomes,
  setting: CoverageSetting,
  gaps: FactGaps,
): Tri<boolean> {
  const { category, eventSource, eventName } = event;
  const box: EventSet = new Map([
    ['eventSource', equalTo(eventSource)],
    ['eventName', equalTo(eventName)],
  ]);
  const ask = (eventClass: EventClass): Tri<boolean> =>
    coversBox(withinClass(box, eventClass), event, outcomesOf(eventClass), plan, setting);
  switch (category) {
    case 'NetworkActivity':
      return ask({ category, eventSource });
    case 'Management':
      return allHold(readOnlys(event).map((readOnly) => ask({ category, readOnly })));
    case 'Data': {
      const type = typeOf(eventSource, eventName);
      const asked = (resourceType: string): Tri<boolean> =>
        allHold(readOnlys(event).map((readOnly) => ask({ category, resourceType, readOnly })));
      if (type !== undefined) return asked(type);
      const types = new Set([...resourceTypesOf(eventSource), ...typesSelected(sinks, eventSource)]);
      const selected = [...types]
        .toSorted()
        .filter((resourceType) =>
          readOnlys(event).some((readOnly) => recordsSome(outcomesOf({ category, resourceType, readOnly }))),
        );
      const unseen = sinks.filter((it) => it.best?.selectors.of === 'everything').flatMap((it) => it.gaps);
      if (selected.length === 0) return unseen.length === 0 ? sure(false) : doubt(unseen);
      return doubt([...unseen, noteType(event, setting, gaps)]);
    }
  }
}

/** Objects by the beginning of their ARN, or one by the whole of it. */
export interface NamedObjects {
  readonly resourceType: string;
  readonly arn: Atom;
  readonly readOnly: boolean;
}

/** Whether each data event on these objects is recorded. */
export function coversObjects(
  { resourceType, arn, readOnly }: NamedObjects,
  plan: RegionPlan,
  outcomesOf: (eventClass: EventClass) => Outcomes,
  setting: CoverageSetting,
): Tri<boolean> {
  const box: EventSet = new Map([['resources.ARN', { oneOf: [[arn]], none: [] }]]);
  const asked = { category: 'Data', eventSource: '', eventName: '' } as const;
  return coversBox(box, asked, outcomesOf({ category: 'Data', resourceType, readOnly }), plan, setting);
}

/** Whether each management event of a kind is recorded. */
export function recordsEvents(
  { eventSource, eventName, readOnly }: ManagementEvents,
  plan: RegionPlan,
  outcomesOf: (eventClass: EventClass) => Outcomes,
  setting: CoverageSetting,
): Tri<boolean> {
  const box: EventSet = new Map([
    ...(eventSource === undefined ? [] : [['eventSource', equalTo(eventSource)] as const]),
    ...(eventName === undefined ? [] : [['eventName', equalTo(eventName)] as const]),
  ]);
  const asked = { category: 'Management', eventSource: eventSource ?? '', eventName: eventName ?? '' } as const;
  const classes = readOnly === undefined ? [true, false] : [readOnly];
  return allHold(
    classes.map((it) => coversBox(box, asked, outcomesOf({ category: 'Management', readOnly: it }), plan, setting)),
  );
}

function readOnlys({ eventSource, eventName }: NamedEvent): readonly boolean[] {
  const readOnly = readOnlyOf(eventSource, eventName);
  return readOnly === undefined ? [true, false] : [readOnly];
}

/** The class of network activity events is that of one source already. */
function withinClass(box: EventSet, eventClass: EventClass): EventSet {
  return eventClass.category === 'NetworkActivity'
    ? new Map([...box].filter(([field]) => field !== 'eventSource'))
    : box;
}

function coversBox(
  box: EventSet,
  { category, eventSource }: NamedEvent,
  outcomes: Outcomes,
  plan: RegionPlan,
  { globalServicesRegion }: CoverageSetting,
): Tri<boolean> {
  if (outcomes.state === 'too-costly') return doubt([outcomes.gap]);
  const { sure: certain, possible, space } = outcomes;
  const isGlobal = category === 'Management' && onlyGlobal.has(eventSource);
  const there = certain.filter(({ group }) => group.names.includes('*') || group.names.includes(globalServicesRegion));
  const places = isGlobal && there.length > 0 ? there : certain;
  const hits = (piece: { readonly box: EventSet }): boolean => meet(piece.box, box, space) !== undefined;
  if (places.some(({ outcome }) => outcome.sure.some(hits))) return sure(false);
  const gaps = places.flatMap(({ outcome }) => outcome.doubtful.filter(hits).flatMap((it) => it.gaps));
  const elsewhere = isGlobal && there.length > 0 ? [] : possible;
  if (elsewhere.some(({ outcome }) => [...outcome.sure, ...outcome.doubtful].some(hits))) gaps.push(...plan.gaps);
  return gaps.length === 0 ? sure(true) : doubt(gaps);
}

/** True for a data event that is well known: it is recorded only where its resource type is selected. */
export function isDataEvent(eventSource: string, eventName: string): boolean {
  return typeOf(eventSource, eventName) !== undefined;
}

function recordsSome(outcomes: Outcomes): boolean {
  if (outcomes.state === 'too-costly') return true;
  const some = ({ outcome }: PlacedOutcome): boolean => outcome.best !== 'none';
  return outcomes.sure.some(some) || outcomes.possible.some(some);
}

/** The resource type of a data event that is known. */
function typeOf(eventSource: string, eventName: string): string | undefined {
  return resourceTypesOf(eventSource).find((resourceType) =>
    [true, false].some((readOnly) =>
      knownEventsOf({ category: 'Data', resourceType, readOnly }).some((it) => it.eventName === eventName),
    ),
  );
}

/** Resource types of a service that some selector names. */
function typesSelected(sinks: readonly EventSink[], eventSource: string): readonly string[] {
  const types = sinks.flatMap(({ best }) => {
    if (best === undefined || best.selectors.of === 'everything') return [];
    const basic = best.selectors.of === 'trail' ? best.selectors.it.basic : [];
    const advanced = best.selectors.of === 'trail' ? best.selectors.it.advanced : best.selectors.it;
    return [
      ...basic.flatMap((selector) => selector.dataResources.map((it) => it.type)),
      ...advanced.flatMap((selector) =>
        selector.fieldSelectors.filter((it) => it.field === 'resources.type').flatMap((it) => it.equals),
      ),
    ];
  });
  return types.filter((type) => eventSourceOf(type) === eventSource);
}

function noteType({ eventSource, eventName }: NamedEvent, setting: CoverageSetting, gaps: FactGaps): string {
  return gaps.add({
    call: 'cloudtrail:GetEventSelectors',
    accountId: setting.accountId,
    region: 'global',
    resource: `${eventSource} ${eventName}`,
    reason: 'unsupported',
    message: `The resource type of the data event ${eventName} of ${eventSource} is not known: data events are selected by type.`,
    at: setting.capturedAt,
  });
}
