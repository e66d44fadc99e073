import { allEvents, boxKey, meet, meetAll, subtractAll, type EventSet, type Space } from './event-set.js';
import { withoutGlobalServices, type EventClass } from './event-class.js';
import { isLater, type Failure } from '../silence/index.js';
import type { EventSink, Recording } from './recording.js';
import { selectedBy, selectedByAdvanced } from './selectors.js';
import { byText } from '../../text/order.js';

/** Lost events: selected by a sink that does not deliver them, or not recorded at all. */
export interface Piece {
  readonly box: EventSet;
  readonly failing?: { readonly sink: EventSink; readonly failure: Failure };
}

/** What the sinks that apply in some Regions do with a class of events. */
export interface Outcome {
  /** Lost even in the best case. */
  readonly sure: readonly Piece[];
  /** Lost in the worst case only, or lost there for a worse reason. */
  readonly doubtful: readonly (Piece & { readonly gaps: readonly string[] })[];
  /** How much is recorded, in the worst and the best case. */
  readonly worst: Level;
  readonly best: Level;
}

export type Level = 'full' | 'partial' | 'none';

export interface Place {
  /** A Region, or `*` where only sinks of all Regions apply. */
  readonly region: string;
  readonly isGlobalServicesRegion: boolean;
}

/**
 * Computes what is lost in the best and in the worst case: exactly, by cutting what is recorded out of all events.
 *
 * @throws {TooManyParts} when the answer would be too costly.
 */
export function outcomeIn(place: Place, sinks: readonly EventSink[], eventClass: EventClass, space: Space): Outcome {
  const worst = lossesOf('worst', place, sinks, eventClass, space);
  if (sinks.every((it) => it.gaps.length === 0)) {
    return { sure: worst.pieces, doubtful: [], worst: worst.level, best: worst.level };
  }
  const best = lossesOf('best', place, sinks, eventClass, space);
  const unsure = sinks.filter((it) => it.gaps.length > 0 && it.best !== undefined);
  const doubtful = worst.pieces.flatMap((piece) => {
    const alike = best.pieces.filter((other) => status(other) === status(piece)).map((other) => other.box);
    return subtractAll([piece.box], alike, space).map((box) => {
      const gaps = gapsAbout(box, unsure, place, eventClass, space);
      return piece.failing === undefined ? { box, gaps } : { box, failing: piece.failing, gaps };
    });
  });
  return { sure: best.pieces, doubtful, worst: worst.level, best: best.level };
}

/** Gaps of the sinks that may record some of these events. */
function gapsAbout(
  box: EventSet,
  unsure: readonly EventSink[],
  place: Place,
  eventClass: EventClass,
  space: Space,
): readonly string[] {
  const gaps = unsure.flatMap(({ best, gaps: own }) => {
    const boxes = best === undefined ? [] : recordedBy(best, place, eventClass, space);
    return boxes.some((it) => meet(box, it, space) !== undefined) ? own : [];
  });
  return [...new Set(gaps)].toSorted();
}

function status({ failing }: Piece): string {
  return failing === undefined ? '' : (failing.failure.since ?? 'never');
}

interface Active {
  readonly sink: EventSink;
  readonly recording: Recording;
  readonly boxes: readonly EventSet[];
}

function lossesOf(
  which: 'worst' | 'best',
  place: Place,
  sinks: readonly EventSink[],
  eventClass: EventClass,
  space: Space,
): { readonly pieces: readonly Piece[]; readonly level: Level } {
  const active = sinks.flatMap((sink): Active[] => {
    const recording = sink[which];
    return recording === undefined ? [] : [{ sink, recording, boxes: recordedBy(recording, place, eventClass, space) }];
  });
  const healthy = widestFirst(active.filter((it) => it.recording.failure === undefined).flatMap((it) => it.boxes));
  let lost = subtractAll([allEvents], healthy, space);
  const level = lost.length === 0 ? 'full' : healthy.some((box) => meet(allEvents, box, space)) ? 'partial' : 'none';
  const pieces: Piece[] = [];
  for (const { sink, failure, boxes } of latestFailureFirst(active)) {
    let left = lost;
    for (const box of widestFirst(boxes)) {
      for (const shared of meetAll(left, [box], space)) pieces.push({ box: shared, failing: { sink, failure } });
      left = subtractAll(left, [box], space);
    }
    lost = left;
  }
  return { pieces: [...pieces, ...lost.map((box) => ({ box }))], level };
}

function latestFailureFirst(
  active: readonly Active[],
): { readonly sink: EventSink; readonly failure: Failure; readonly boxes: readonly EventSet[] }[] {
  return active
    .flatMap(({ sink, recording: { failure }, boxes }) => (failure === undefined ? [] : [{ sink, failure, boxes }]))
    .toSorted((a, b) => {
      if (isLater(a.failure, b.failure)) return -1;
      if (isLater(b.failure, a.failure)) return 1;
      return byText(a.sink.arn, b.sink.arn);
    });
}

const taken = new WeakMap<Recording, Map<string, readonly EventSet[]>>();

/** The events of a class that a recording takes in a place. Each piece of a loss asks again, so it is remembered. */
export function recordedBy(
  recording: Recording,
  place: Place,
  eventClass: EventClass,
  space: Space,
): readonly EventSet[] {
  const known = taken.get(recording) ?? new Map<string, readonly EventSet[]>();
  taken.set(recording, known);
  const key = JSON.stringify([place.region, place.isGlobalServicesRegion, eventClass]);
  const boxes = known.get(key) ?? take(recording, place, eventClass, space);
  known.set(key, boxes);
  return boxes;
}

function take(recording: Recording, place: Place, eventClass: EventClass, space: Space): readonly EventSet[] {
  if (recording.region !== '*' && recording.region !== place.region) return [];
  const lacksGlobal =
    recording.region !== '*' &&
    place.isGlobalServicesRegion &&
    !recording.includesGlobalServices &&
    eventClass.category === 'Management';
  const most = lacksGlobal ? withoutGlobalServices : allEvents;
  return selected(recording, eventClass).flatMap((box) => meet(most, box, space) ?? []);
}

function selected({ selectors }: Recording, eventClass: EventClass): EventSet[] {
  switch (selectors.of) {
    case 'everything':
      return [allEvents];
    case 'trail':
      return selectedBy(selectors.it, eventClass);
    case 'event-data-store':
      return selectedByAdvanced(selectors.it, eventClass);
  }
}

/**
 * Boxes with few conditions first: what they take needs no further cutting, and the order in which selectors and
 * trails were read does not show.
 */
function widestFirst(boxes: readonly EventSet[]): EventSet[] {
  const keyed = new Map(boxes.map((box) => [boxKey(box), box]));
  return [...keyed]
    .toSorted(([keyA, a], [keyB, b]) => a.size - b.size || keyA.length - keyB.length || byText(keyA, keyB))
    .map(([, box]) => box);
}
