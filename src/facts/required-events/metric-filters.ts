import {
  canonicalText,
  matchesEvent,
  mentionsOf,
  parseFilterPattern,
  type FilterPattern,
  type PatternProblem,
} from '../filter-pattern/index.js';
import { coverageOf, type Coverage, type CoverageOptions } from './coverage.js';
import type { EventMatcher } from './decide.js';
import { standardPatterns, type StandardPattern } from './standard-patterns.js';
import type { AlarmSubject } from './subject.js';

export interface MetricFilterOptions extends CoverageOptions {
  /**
   * `covers`: judged by meaning. `literal`: the text must be Security Hub's, but for white space, quotes and order.
   * Default: `covers`.
   */
  readonly mode?: 'covers' | 'literal';
}

export type MetricFilterCoverage =
  | Coverage
  /** The pattern is a benchmark's own, but matches nearly every event: the alarm will hardly ever be quiet. */
  | { readonly verdict: 'too-wide-by-the-book'; readonly standard: string }
  /** In mode `literal`: no pattern is the text that is demanded. */
  | { readonly verdict: 'differs'; readonly expected: readonly string[] }
  /** A text that is no filter pattern as far as we can read it; where AWS took it, the fault is ours. */
  | { readonly verdict: 'unreadable'; readonly text: string; readonly problem: PatternProblem };

/**
 * Judges the filter patterns of metric filters of which each alone raises the alarm.
 *
 * @param texts the patterns, as CloudWatch Logs has them.
 */
export function coverageOfMetricFilters(
  subject: AlarmSubject,
  texts: readonly string[],
  { mode = 'covers', ...options }: MetricFilterOptions = {},
): MetricFilterCoverage {
  const parsed = texts.map((text) => ({ text, result: parseFilterPattern(text) }));
  const patterns = parsed.flatMap(({ result }) => (result.state === 'parsed' ? [result.pattern] : []));
  const coverage = mode === 'literal' ? literal(subject, patterns) : byMeaning(subject, patterns, options);
  const unreadable = parsed.find(({ result }) => result.state === 'invalid');
  if (unreadable?.result.state !== 'invalid' || isGood(coverage)) return coverage;
  return { verdict: 'unreadable', text: unreadable.text, problem: unreadable.result.problem };
}

function isGood({ verdict }: MetricFilterCoverage): boolean {
  return verdict === 'covers' || verdict === 'too-wide-by-the-book';
}

function byMeaning(
  subject: AlarmSubject,
  patterns: readonly FilterPattern[],
  options: CoverageOptions,
): MetricFilterCoverage {
  const coverage = coverageOf(subject, patterns.map(asMatcher), options);
  if (coverage.verdict !== 'indiscriminate') return coverage;
  const book = equalTo(
    patterns,
    standardPatterns[subject].filter((it) => it.isTooWide),
  );
  return book === undefined ? coverage : { verdict: 'too-wide-by-the-book', standard: book.from };
}

function literal(subject: AlarmSubject, patterns: readonly FilterPattern[]): MetricFilterCoverage {
  const demanded = standardPatterns[subject].filter((it) => it.isSecurityHub);
  if (equalTo(patterns, demanded) !== undefined) return { verdict: 'covers', advised: [] };
  return { verdict: 'differs', expected: demanded.map((it) => it.text) };
}

/** The standard pattern that one of these is, but for white space, quotes and order. */
function equalTo(
  patterns: readonly FilterPattern[],
  standards: readonly StandardPattern[],
): StandardPattern | undefined {
  const texts = new Set(patterns.map(canonicalText));
  return standards.find(({ text }) => {
    const result = parseFilterPattern(text);
    return result.state === 'parsed' && texts.has(canonicalText(result.pattern));
  });
}

function asMatcher(pattern: FilterPattern): EventMatcher {
  return { matches: (event) => matchesEvent(pattern, event), mentions: mentionsOf(pattern) };
}
