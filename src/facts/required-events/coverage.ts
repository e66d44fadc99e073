import { decideAll, toldNeedlessly, together, type Decided, type Envelope, type MissedEvents } from './decide-all.js';
import type { EventMatcher } from './decide.js';
import type { AlarmSubject } from './subject.js';
import { requiredEvents } from './table.js';

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

/**
 * Judges by meaning whether a pattern, or several that each raise the alarm, match every event that a subject requires,
 * by whomever and from wherever, and not just everything.
 */
export function coverageOf(
  subject: AlarmSubject,
  matchers: readonly EventMatcher[],
  { sinceCis5 = false, inEnvelope }: CoverageOptions & Envelope = {},
): Coverage {
  const { required, sinceCis5: later, advised } = requiredEvents[subject];
  const needless = matchers.map((it) => toldNeedlessly(subject, it, inEnvelope));
  // An alarm that is told of everything spoils nothing for another that tells.
  const telling = together(matchers.filter((_, index) => needless[index]?.length === 0));
  const asked = sinceCis5 ? [...required, ...later] : required;
  const decided = decideAll(telling, asked, inEnvelope);
  if (decided.every((it) => it.state === 'all')) {
    const alsoHarmful = decideAll(telling, sinceCis5 ? advised : [...later, ...advised], inEnvelope);
    return { verdict: 'covers', advised: alsoHarmful.filter((it) => it.state !== 'all').map((it) => it.what) };
  }
  if (needless.some((it) => it.length > 0)) {
    const withAll = decideAll(together(matchers), asked, inEnvelope);
    if (withAll.every((it) => it.state === 'all')) return { verdict: 'indiscriminate', matched: needless.flat() };
    return shortfall(withAll);
  }
  return shortfall(decided);
}

function shortfall(decided: readonly Decided[]): Coverage {
  const missed = decided.flatMap((it) => it.missed ?? []);
  if (missed.length > 0) {
    return { verdict: 'misses', missed, isAll: missed.filter((it) => it.isWholeClass).length === decided.length };
  }
  return { verdict: 'unknown', undecided: decided.filter((it) => it.state === 'unknown').map((it) => it.what) };
}
