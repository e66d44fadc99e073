import {
  eventPatternMentions,
  matchesEventPattern,
  parseEventPattern,
  type EventPatternProblem,
} from '../event-pattern/index.js';
import { isOpen } from '../partial-event/index.js';
import { busEvent, type EventPlace } from './bus-event.js';
import { coverageOf, type Coverage, type CoverageOptions } from './coverage.js';
import { decideAll, oneAfterTheOther, toldNeedlessly, together } from './decide-all.js';
import type { EventMatcher } from './decide.js';
import type { AlarmSubject, EventClass } from './subject.js';
import { requiredEvents } from './table.js';
import type { Told } from './told.js';

export type EventRuleCoverage =
  | Coverage
  /** A text that is no event pattern as far as we can read it; where AWS took it, the fault is ours. */
  | { readonly verdict: 'unreadable'; readonly text: string; readonly problem: EventPatternProblem };

/**
 * Judges the event patterns of EventBridge rules of which each alone reacts, on the same events as metric filters.
 *
 * @param texts the patterns, as EventBridge has them.
 */
export function coverageOfEventPatterns(
  subject: AlarmSubject,
  texts: readonly string[],
  options: CoverageOptions = {},
): EventRuleCoverage {
  const parsed = texts.map((text) => ({ text, result: parseEventPattern(text) }));
  const matchers = parsed.flatMap(({ result }) => {
    if (result.state === 'invalid') return [];
    const { pattern } = result;
    return [
      {
        matches: (event: Parameters<typeof matchesEventPattern>[1]) => matchesEventPattern(pattern, event),
        mentions: eventPatternMentions(pattern),
      },
    ];
  });
  const coverage = coverageOf(subject, matchers, { ...options, inEnvelope: (it) => busEvent(it) });
  const unreadable = parsed.find(({ result }) => result.state === 'invalid');
  if (unreadable?.result.state !== 'invalid' || coverage.verdict === 'covers') return coverage;
  return { verdict: 'unreadable', text: unreadable.text, problem: unreadable.result.problem };
}

/**
 * Whether some of the required events are reads: EventBridge delivers those only to rules in the state
 * ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html).
 */
export function requiresReads(subject: AlarmSubject): boolean {
  return requiredEvents[subject].required.some(({ event }) => {
    const readOnly = event['readOnly'];
    return readOnly === true || (isOpen(readOnly) && (readOnly.of !== 'values' || readOnly.values.includes(true)));
  });
}

/**
 * What rules with these event patterns tell together of each of these classes of a subject's events.
 *
 * @param ways event patterns that an event must match one after the other: one, or those of rules that send it on
 * @param place where the rules are; undefined: anywhere
 */
export function toldByEventPatterns(
  subject: AlarmSubject,
  ways: readonly (readonly string[])[],
  classes: readonly EventClass[],
  place?: EventPlace,
): Told {
  const inEnvelope = (it: Parameters<typeof busEvent>[0]) => busEvent(it, place);
  const matchers: EventMatcher[] = [];
  for (const texts of ways) {
    const inTurn: EventMatcher[] = [];
    for (const text of texts) {
      const result = parseEventPattern(text);
      if (result.state === 'invalid') return { state: 'unreadable', why: result.problem.message };
      const { pattern } = result;
      inTurn.push({
        matches: (event) => matchesEventPattern(pattern, event),
        mentions: eventPatternMentions(pattern),
      });
    }
    matchers.push(oneAfterTheOther(inTurn));
  }
  const matcher = together(matchers);
  const needless = toldNeedlessly(subject, matcher, inEnvelope);
  const decided = decideAll(matcher, classes, inEnvelope);
  if (needless.length > 0) return { state: 'indiscriminate', matched: needless, classes: decided };
  return { state: 'told', classes: decided };
}
