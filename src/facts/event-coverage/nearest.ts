import type { EventSet, Space } from './event-set.js';
import { inOrder, meet } from './event-set.js';
import { globalServiceField, identityField, type EventClass } from './event-class.js';
import { recordedBy, type Place } from './lost-events.js';
import type { EventSink, Recording } from './recording.js';
import { fieldName } from './selectors.js';
import { everything } from './string-set.js';
import { byText } from '../../text/order.js';

export type LossReason =
  | 'no-trail'
  | 'not-logging'
  | 'key-unusable'
  | 'not-selected'
  | 'excluded-source'
  | 'narrowed-by-resource'
  | 'narrowed-by-event-name'
  | 'narrowed-by-identity'
  | 'narrowed-by-error-code'
  | 'narrowed-by-other-field'
  | 'region-without-trail'
  | 'global-service-events'
  | 'credit-refuted'
  | 'not-delivered';

/** The sink that came nearest to recording some lost events, and why it does not. */
export interface Nearest {
  readonly reason: LossReason;
  /** Undefined: nothing that could record applies. */
  readonly sink?: EventSink;
}

interface Candidate extends Nearest {
  /** The lower the nearer. */
  readonly distance: number;
}

/** What stands between lost events and the sink that came nearest, in the given case. */
export function nearestTo(
  box: EventSet,
  which: 'worst' | 'best',
  place: Place,
  sinks: readonly EventSink[],
  eventClass: EventClass,
  space: Space,
): Nearest {
  const candidates = sinks.flatMap((sink) => candidateOf(sink, box, which, place, eventClass, space) ?? []);
  const [first] = candidates.toSorted((a, b) => a.distance - b.distance || byKind(a.sink, b.sink));
  if (first === undefined) return { reason: 'no-trail' };
  const { distance: _, ...nearest } = first;
  return nearest;
}

/** Trails before event data stores, then by ARN. */
function byKind(a: EventSink | undefined, b: EventSink | undefined): number {
  const rank = (it: EventSink | undefined): string => `${it?.kind === 'trail' ? 0 : 1}${it?.arn ?? ''}`;
  return byText(rank(a), rank(b));
}

function candidateOf(
  sink: EventSink,
  box: EventSet,
  which: 'worst' | 'best',
  place: Place,
  eventClass: EventClass,
  space: Space,
): Candidate | undefined {
  if (sink.kind === 'unseen') return undefined;
  const { idle } = sink;
  if (idle !== undefined) {
    const would = idle.would !== undefined && records(idle.would, box, eventClass, space);
    if (idle.reason === 'credit-refuted') return { distance: would ? 130 : 170, reason: 'credit-refuted', sink };
    // A usable key would not make it select them.
    const reason = idle.reason === 'key-unusable' && !would ? 'not-selected' : idle.reason;
    return { distance: would ? 110 : 150, reason, sink };
  }
  const recording = sink[which];
  if (recording === undefined) return undefined;
  if (recording.region !== '*' && recording.region !== place.region) {
    const would = records(recording, box, eventClass, space);
    return { distance: would ? 120 : 160, reason: 'region-without-trail', sink };
  }
  const conflicts = recordedBy(recording, place, eventClass, space)
    .map((taken) => ({ reasons: conflictsOf(box, taken, space), fields: taken.size }))
    // Of selectors that come equally near, the one that asks for most tells most.
    .toSorted((a, b) => a.reasons.length - b.reasons.length || b.fields - a.fields);
  const [nearest] = conflicts;
  if (nearest === undefined) return { distance: 140, reason: 'not-selected', sink };
  const { reasons } = nearest;
  return { distance: Math.min(reasons.length, 100), reason: reasons[0] ?? 'narrowed-by-other-field', sink };
}

/** Whether a recording takes some of these events where it applies. */
function records(recording: Recording, box: EventSet, eventClass: EventClass, space: Space): boolean {
  const place: Place = { region: recording.region, isGlobalServicesRegion: false };
  return recordedBy(recording, place, eventClass, space).some((taken) => meet(box, taken, space) !== undefined);
}

/** A reason for each field whose values keep the two boxes apart. */
function conflictsOf(box: EventSet, taken: EventSet, space: Space): LossReason[] {
  return inOrder(taken.keys()).flatMap((field) => {
    const set = taken.get(field) ?? everything;
    const here = box.get(field);
    const lost: EventSet = here === undefined ? new Map() : new Map([[field, here]]);
    if (meet(lost, new Map([[field, set]]), { universeOf: (it) => space.universeOf(it) }) !== undefined) return [];
    return [reasonOf(field, set.oneOf.length === 0)];
  });
}

function reasonOf(field: string, onlyExcludes: boolean): LossReason {
  switch (fieldName(field)) {
    case globalServiceField:
      return 'global-service-events';
    case 'eventSource':
      return onlyExcludes ? 'excluded-source' : 'narrowed-by-other-field';
    case 'resources.ARN':
      return 'narrowed-by-resource';
    case 'eventName':
      return 'narrowed-by-event-name';
    case identityField:
    case 'userIdentity.arn':
      return 'narrowed-by-identity';
    case 'errorCode':
      return 'narrowed-by-error-code';
    default:
      return 'narrowed-by-other-field';
  }
}
