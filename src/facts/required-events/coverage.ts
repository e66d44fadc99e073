import { both, either, type EventObject, type EventValue, type Match } from '../partial-event/index.js';
import { decide, type Assignment, type Decision, type EventMatcher } from './decide.js';
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

/** Whether what raises an alarm is told of all that it must be told of. */
export type Coverage =
  /** Each required event is matched. */
  | {
      readonly verdict: 'covers';
      /** Events that do the same harm, are on no benchmark's list, and are missed. */
      readonly advised: readonly string[];
    }
  /** Some required events are missed, or all of them: then the pattern can never do what it is there for. */
  | { readonly verdict: 'misses'; readonly missed: readonly MissedEvents[]; readonly isAll: boolean }
  /** Each required event is matched, and so is what has nothing to do with it. */
  | { readonly verdict: 'indiscriminate'; readonly matched: readonly string[] }
  /** It could not be decided for these. */
  | { readonly verdict: 'unknown'; readonly undecided: readonly string[] };

export interface CoverageOptions {
  /** Events that CIS 5.0 added are required, too. */
  readonly sinceCis5?: boolean;
}

/** How a record reaches the matcher, where it is not as CloudTrail writes it. */
export interface Envelope {
  readonly inEnvelope?: (record: EventObject) => EventObject;
}

/**
 * Judges by meaning whether a pattern, or several that each raise the alarm, match every event that a subject requires,
 * by whomever and from wherever, and not just everything.
 */
export function coverageOf(
  subject: AlarmSubject,
  matchers: readonly EventMatcher[],
  { sinceCis5 = false, inEnvelope = (record) => record }: CoverageOptions & Envelope = {},
): Coverage {
  const { required, sinceCis5: later, advised, forbidden } = requiredEvents[subject];
  const matcher = together(matchers);
  const wrapped = (classes: readonly EventClass[]): readonly EventClass[] =>
    classes.map(({ what, event }) => ({ what, event: inEnvelope(event) }));
  const decided = decideAll(matcher, wrapped(sinceCis5 ? [...required, ...later] : required));
  const missed = decided.flatMap(({ what, decision }) => missedOf(what, decision));
  if (missed.length > 0) {
    return { verdict: 'misses', missed, isAll: missed.filter((it) => it.isWholeClass).length === decided.length };
  }
  const undecided = decided.filter(({ decision }) => decision.state === 'unknown').map((it) => it.what);
  if (undecided.length > 0) return { verdict: 'unknown', undecided };
  const told = toldNeedlessly(matcher, wrapped(forbidden), wrapped(everydayEvents));
  if (told.length > 0) return { verdict: 'indiscriminate', matched: told };
  const alsoHarmful = sinceCis5 ? advised : [...later, ...advised];
  const notTold = decideAll(matcher, wrapped(alsoHarmful)).filter(({ decision }) => decision.state !== 'all');
  return { verdict: 'covers', advised: notTold.map((it) => it.what) };
}

interface Decided {
  readonly what: string;
  readonly decision: Decision;
}

/** What makes the difference in one class most often does so in the next. */
function decideAll(matcher: EventMatcher, classes: readonly EventClass[]): readonly Decided[] {
  let earlier: readonly Assignment[] = [];
  return classes.map(({ what, event }) => {
    const decision = decide(matcher, event, earlier);
    if (decision.state === 'misses') earlier = decision.because;
    return { what, decision };
  });
}

function missedOf(what: string, decision: Decision): readonly MissedEvents[] {
  if (decision.state !== 'misses') return [];
  const because = decision.because.map(({ path, value }) => ({ field: path.join('.'), value }));
  return [{ what, event: decision.event, because, isWholeClass: decision.isWholeClass }];
}

/** What the alarm should tell apart and does not: one forbidden class, or every everyday call. */
function toldNeedlessly(
  matcher: EventMatcher,
  forbidden: readonly EventClass[],
  everyday: readonly EventClass[],
): readonly string[] {
  const matched = forbidden.filter(({ event }) => matcher.matches(event) === 'yes').map((it) => it.what);
  if (matched.length > 0) return matched;
  return both(everyday.map(({ event }) => matcher.matches(event))) === 'yes' ? everyday.map((it) => it.what) : [];
}

/** Several patterns, each of which is enough. */
function together(matchers: readonly EventMatcher[]): EventMatcher {
  const [only] = matchers;
  if (only !== undefined && matchers.length === 1) return only;
  return {
    matches: (event): Match => either(matchers.map((it) => it.matches(event))),
    mentions: matchers.flatMap((it) => it.mentions),
  };
}
