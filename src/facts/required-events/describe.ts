import type { MissedEvents } from './decide-all.js';
import type { EventRuleCoverage } from './event-rules.js';
import type { MetricFilterCoverage } from './metric-filters.js';

/** One sentence that says what was found, for a finding's message; `what` is the pattern's name in it. */
export function describeCoverage(
  coverage: MetricFilterCoverage | EventRuleCoverage,
  what = 'The filter pattern',
): string {
  switch (coverage.verdict) {
    case 'covers':
      return coverage.advised.length === 0
        ? `${what} matches every event that is required.`
        : `${what} matches every event that is required. It does not match ${listed(coverage.advised)}, which the benchmark does not list.`;
    case 'misses':
      return coverage.isAll
        ? `${what} matches none of the events that are required: it does not match ${listed(coverage.missed.map((it) => it.what))}.`
        : `${what} does not match ${listed(coverage.missed.map(describeMissed))}.`;
    case 'indiscriminate':
      return `${what} also matches ${listed(coverage.matched)}: an alarm on it means nothing.`;
    case 'unknown':
      return `Whether ${lowerFirst(what)} matches ${listed(coverage.undecided)} could not be decided.`;
    case 'too-wide-by-the-book':
      return `${what} is that of ${coverage.standard}, which matches nearly every event: an alarm on it is hardly ever quiet.`;
    case 'differs':
      return `${what} is not ${coverage.expected.join(' or ')}, the text that is demanded.`;
    case 'unreadable':
      return `${what} could not be read: ${coverage.problem.message} (${placeOf(coverage.problem)}).`;
  }
}

function placeOf(problem: { readonly column: number } | { readonly path: string }): string {
  if ('column' in problem) return `column ${problem.column}`;
  return problem.path === '' ? 'in the whole of it' : `at ${problem.path}`;
}

/** `StopLogging of …, with sourceIPAddress "…"` */
export function describeMissed({ what, because }: MissedEvents): string {
  if (because.length === 0) return what;
  const fields = because.map(({ field, value }) =>
    value === undefined ? `without ${field}` : `with ${field} ${JSON.stringify(value)}`,
  );
  return `${what}, ${fields.join(' and ')}`;
}

const shown = 3;

function listed(items: readonly string[]): string {
  const first = items.slice(0, shown);
  const rest = items.length - first.length;
  if (rest > 0) return `${first.join('; ')} and ${rest} more`;
  return first.length > 1 ? `${first.slice(0, -1).join('; ')} and ${first.at(-1)}` : (first[0] ?? 'anything');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
