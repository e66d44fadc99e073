import { both, either, type EventObject, type EventValue, type Match } from '../partial-event/index.js';
import { decide, type Assignment, type EventMatcher } from './decide.js';
import { everydayEvents } from './everyday-events.js';
import type { AlarmSubject, EventClass } from './subject.js';
import { requiredEvents } from './table.js';

/** A field and its value in the event; undefined where the event does not have it. */
export interface Difference {
  readonly field: string;
  readonly value: EventValue | undefined;
}

/** A class of events of which at least one is missed, with such an event. */
export interface MissedEvents {
  readonly what: string;
  /** An event that is not matched, as CloudTrail would write it. */
  readonly event: EventObject;
  /** The fields of the event that make the difference, where they are known. */
  readonly because: readonly Difference[];
  /** No event of the class is matched. */
  readonly isWholeClass: boolean;
}

/** How a record reaches the matcher, where it is not as CloudTrail writes it. */
export interface Envelope {
  readonly inEnvelope?: ((record: EventObject) => EventObject) | undefined;
}

/** What is matched of one class of events. */
export interface Decided {
  readonly id: string;
  readonly what: string;
  readonly state: 'all' | 'misses' | 'unknown';
  /** An event that is not matched, where there is one. */
  readonly missed?: MissedEvents;
}

/** Whether all events of each class are matched. What makes the difference in one most often does so in the next. */
export function decideAll(
  matcher: EventMatcher,
  classes: readonly EventClass[],
  inEnvelope: Envelope['inEnvelope'] = (record) => record,
): readonly Decided[] {
  let earlier: readonly Assignment[] = [];
  return classes.map(({ id, what, event }) => {
    const decision = decide(matcher, inEnvelope(event), earlier);
    if (decision.state !== 'misses') return { id, what, state: decision.state };
    earlier = decision.because;
    const because = earlier.map(({ path, value }) => ({ field: path.join('.'), value }));
    const missed = { what, event: decision.event, because, isWholeClass: decision.isWholeClass };
    return { id, what, state: decision.state, missed };
  });
}

/** What the alarm should tell apart and does not: one forbidden class, or every everyday call. */
export function toldNeedlessly(
  subject: AlarmSubject,
  matcher: EventMatcher,
  inEnvelope: Envelope['inEnvelope'] = (record) => record,
): readonly string[] {
  const isMatched = ({ event }: EventClass): boolean => matcher.matches(inEnvelope(event)) === 'yes';
  const matched = requiredEvents[subject].forbidden.filter(isMatched);
  if (matched.length > 0) return matched.map((it) => it.what);
  const everyday = everydayEvents.map(({ event }) => matcher.matches(inEnvelope(event)));
  return both(everyday) === 'yes' ? everydayEvents.map((it) => it.what) : [];
}

/** Several patterns, each of which is enough. */
export function together(matchers: readonly EventMatcher[]): EventMatcher {
  const [only] = matchers;
  if (only !== undefined && matchers.length === 1) return only;
  return {
    matches: (event): Match => either(matchers.map((it) => it.matches(event))),
    mentions: matchers.flatMap((it) => it.mentions),
  };
}

/** Several patterns, all of which an event must match. */
export function oneAfterTheOther(matchers: readonly EventMatcher[]): EventMatcher {
  const [only] = matchers;
  if (only !== undefined && matchers.length === 1) return only;
  return {
    matches: (event): Match => both(matchers.map((it) => it.matches(event))),
    mentions: matchers.flatMap((it) => it.mentions),
  };
}
