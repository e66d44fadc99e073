import {
  fieldOf,
  isEventObject,
  isOpen,
  type EventObject,
  type EventValue,
  type Match,
  type Mention,
  type Open,
} from '../partial-event/index.js';
import { candidatesFor, mayBe } from './candidates.js';
import { completed, replaced, withoutField } from './complete.js';

/** What can be asked whether it matches an event: a filter pattern, an event pattern, several of them together. */
export interface EventMatcher {
  matches(event: EventObject): Match;
  readonly mentions: readonly Mention[];
}

export type Decision = { readonly state: 'all' } | Misses | { readonly state: 'unknown' };

/** An event of the class that is not matched. */
export interface Misses {
  readonly state: 'misses';
  readonly event: EventObject;
  /** What of it makes the difference, where that is known; nothing does where the pattern matches none of the class. */
  readonly because: readonly Assignment[];
  readonly isWholeClass: boolean;
}

/** A value for an open field; undefined: the event does not have it. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: EventValue | undefined;
}

/** Bounds the time of one question. */
const maxQuestions = 200;

/**
 * Whether every event of a class is matched. Where the open fields decide it, each is tried with the values on which
 * the pattern turns: one event that is missed settles it, and so do answers that agree over all that a field can be.
 *
 * @param earlier what made the difference in a class like this one: tried first.
 */
export function decide(matcher: EventMatcher, event: EventObject, earlier: readonly Assignment[] = []): Decision {
  const match = matcher.matches(event);
  if (match === 'yes') return { state: 'all' };
  if (match === 'no') return { state: 'misses', event: completed(event), because: [], isWholeClass: true };
  const again = earlier.every((it) => isPossible(event, it)) ? earlier.reduce(assigned, event) : event;
  if (again !== event && matcher.matches(again) === 'no') return missed(again, earlier);
  const places = openPlaces(matcher.mentions, event);
  const split = missedByOneField(matcher, event, places) ?? splitting(matcher, event, places);
  if (split.state !== 'unknown') return split;
  // What asks for the text of a record is certain only of an event in which nothing is open.
  const sample = completed(event);
  return matcher.matches(sample) === 'no' ? missed(sample, []) : split;
}

function missed(event: EventObject, because: readonly Assignment[]): Misses {
  return { state: 'misses', event: completed(event), because, isWholeClass: false };
}

/** Most narrowed patterns turn on one field: each alone is tried before any two together. */
function missedByOneField(matcher: EventMatcher, event: EventObject, places: readonly OpenPlace[]): Misses | undefined {
  for (const { path, candidates } of places) {
    for (const value of candidates) {
      const next = assigned(event, { path, value });
      if (matcher.matches(next) === 'no') return missed(next, [{ path, value }]);
    }
  }
  return undefined;
}

/** Goes through the cases of one field after the other, until each is decided or the time is up. */
function splitting(matcher: EventMatcher, event: EventObject, places: readonly OpenPlace[]): Decision {
  let questions = 0;
  const settle = (partial: EventObject, from: number, because: readonly Assignment[]): Decision => {
    questions += 1;
    if (questions > maxQuestions) return { state: 'unknown' };
    const match = matcher.matches(partial);
    if (match === 'yes') return { state: 'all' };
    if (match === 'no') return missed(partial, because);
    const place = places[from];
    if (place === undefined) return { state: 'unknown' };
    let isProof = place.isExhaustive;
    for (const value of place.candidates) {
      const assignment = { path: place.path, value };
      const decision = settle(assigned(partial, assignment), from + 1, [...because, assignment]);
      if (decision.state === 'misses') return decision;
      if (decision.state === 'unknown') isProof = false;
    }
    return isProof ? { state: 'all' } : { state: 'unknown' };
  };
  return settle(event, 0, []);
}

interface OpenPlace {
  readonly path: readonly string[];
  readonly candidates: readonly (EventValue | undefined)[];
  readonly isExhaustive: boolean;
}

/** The open fields that the pattern asks about. */
function openPlaces(mentions: readonly Mention[], event: EventObject): readonly OpenPlace[] {
  const byPath = new Map<string, { path: readonly string[]; open: Open; mentions: Mention[] }>();
  for (const mention of mentions) {
    const found = openAt(event, mention.path);
    if (found === undefined) continue;
    const key = found.path.join('\u0000');
    const place = byPath.get(key) ?? { ...found, mentions: [] };
    place.mentions.push(mention);
    byPath.set(key, place);
  }
  return [...byPath.values()].map(({ path, open, mentions: here }) => {
    const { candidates, isExhaustive } = candidatesFor(open, path, here);
    return { path, candidates, isExhaustive };
  });
}

function openAt(event: EventObject, path: Mention['path']): { path: readonly string[]; open: Open } | undefined {
  const keys: string[] = [];
  let object = event;
  for (const key of path) {
    const value = typeof key === 'string' ? fieldOf(object, key) : undefined;
    if (value === undefined) return undefined;
    keys.push(String(key));
    if (isOpen(value)) return { path: keys, open: value };
    if (!isEventObject(value)) return undefined;
    object = value;
  }
  return undefined;
}

function assigned(event: EventObject, { path, value }: Assignment): EventObject {
  return value === undefined ? withoutField(event, path) : replaced(event, path, value);
}

function isPossible(event: EventObject, { path, value }: Assignment): boolean {
  const place = openAt(event, path);
  return place !== undefined && place.path.length === path.length && mayBe(place.open, value);
}
