import { canonicalText, matchesEvent, mentionsOf, parseFilterPattern } from '../filter-pattern/index.js';
import { decideAll, toldNeedlessly, together, type Decided } from './decide-all.js';
import type { EventMatcher } from './decide.js';
import { standardPatterns, type StandardPattern } from './standard-patterns.js';
import type { AlarmSubject } from './subject.js';
import { requiredEvents } from './table.js';

/** What a metric filter tells of a subject, class by class. */
export type Told =
  | { readonly state: 'told'; readonly classes: readonly Decided[]; readonly remark?: string }
  /** It matches what has nothing to do with the subject: it tells nothing, unless who gets it sifts it. */
  | { readonly state: 'indiscriminate'; readonly matched: readonly string[]; readonly classes?: readonly Decided[] }
  | { readonly state: 'unreadable'; readonly why: string };

/** Of these patterns together: of each class that is required, also since CIS 5.0. */
export function toldByFilters(subject: AlarmSubject, patterns: readonly string[]): Told {
  const matchers: EventMatcher[] = [];
  for (const text of patterns) {
    const result = parseFilterPattern(text);
    if (result.state === 'invalid') {
      return { state: 'unreadable', why: `${result.problem.message} (column ${result.problem.column})` };
    }
    const { pattern } = result;
    matchers.push({ matches: (event) => matchesEvent(pattern, event), mentions: mentionsOf(pattern) });
  }
  const matcher = together(matchers);
  const needless = toldNeedlessly(subject, matcher);
  const byTheBook = needless.length === 0 ? undefined : standardsOf(subject, patterns).find((it) => it.isTooWide);
  if (needless.length > 0 && byTheBook === undefined) return { state: 'indiscriminate', matched: needless };
  const { required, sinceCis5 } = requiredEvents[subject];
  const classes = decideAll(matcher, [...required, ...sinceCis5]);
  if (byTheBook === undefined) return { state: 'told', classes };
  return { state: 'told', classes, remark: `the pattern of ${byTheBook.from} matches nearly every event` };
}

/** The benchmarks' patterns that some of these are, but for white space, quotes and order. */
export function standardsOf(subject: AlarmSubject, patterns: readonly string[]): readonly StandardPattern[] {
  const canonical = (text: string): string | undefined => {
    const result = parseFilterPattern(text);
    return result.state === 'parsed' ? canonicalText(result.pattern) : undefined;
  };
  const texts = new Set(patterns.map(canonical));
  texts.delete(undefined);
  return standardPatterns[subject].filter(({ text }) => texts.has(canonical(text)));
}
