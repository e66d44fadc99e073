import type { Results } from '../../model/results.js';
import { accountNames } from '../parts/accounts.js';
import { asLines } from '../parts/chunks.js';
import { disabledPolicies } from '../parts/disabled.js';
import { causesOf } from '../parts/findings.js';
import { notKnown } from '../parts/gap-groups.js';
import type { ReportOptions } from '../options.js';
import { outcomesByPolicy } from '../parts/outcomes.js';
import { disabledSection } from './disabled.js';
import { findingEntries, inRuns, moreFindings } from './finding.js';
import { findingsHeading, headline } from './headline.js';
import { pageOf } from './page.js';
import { outcomeMarks } from './paint.js';
import { policyTable } from './policy-table.js';
import { callsSection, notKnownSection } from './unread.js';
import { waivedSection } from './waived.js';
import { verdictOf } from '../parts/verdict.js';
import { waiverGroups } from '../parts/waiver-groups.js';

/** More would scroll away what matters: the rest is summed up. */
const shownFindings = 25;

/**
 * The results for a terminal: what was looked at, the findings worst first and one for each cause, what is not known,
 * the outcomes by policy, and the verdict in the last line. Nothing from the results reaches the terminal as a
 * control character.
 */
export function text(results: Results, options: ReportOptions = {}): Iterable<string> {
  return asLines(withoutCommands(lines(results, options)));
}

/**
 * Keeps the GitHub Actions runner from obeying a line of the log: it looks for `::command::` at the start, spaces
 * aside, and for `##[command]` anywhere. Wrapping can bring any word to the start of a line.
 */
function* withoutCommands(all: Iterable<string>): Generator<string> {
  for (const line of all) yield line.replace(/^(\s*):(?=:)/, '$1\\u003a').replaceAll('##[', '\\u0023#[');
}

function* lines(results: Results, options: ReportOptions): Generator<string> {
  const page = pageOf(options.columns, options.color);
  const names = accountNames(results);
  const causes = causesOf(results);
  yield* headline(page, results, names);
  yield '';
  yield findingsHeading(page, results, causes);
  for (const run of inRuns(causes.findings.slice(0, shownFindings))) {
    yield '';
    yield* findingEntries(page, run, names);
  }
  yield* moreFindings(page, causes.findings.slice(shownFindings));
  yield* waivedSection(page, waiverGroups(results, causes), names);
  yield* notKnownSection(page, notKnown(results), names);
  yield* disabledSection(page, disabledPolicies(results));
  yield '';
  yield* policyTable(page, outcomesByPolicy(results));
  yield '';
  yield* callsSection(page, results);
  yield '';
  const verdict = verdictOf(results, causes);
  const { sign, look } = outcomeMarks[verdict.outcome];
  yield `${page.paint(look, `${sign} ${verdict.outcome}`)}  ${verdict.text}`;
}
