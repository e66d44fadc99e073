import type { Results } from '../../model/results.js';
import { accountNames } from '../parts/accounts.js';
import { asLogLines } from '../parts/chunks.js';
import { disabledPolicies } from '../parts/disabled.js';
import { causesOf, type Finding } from '../parts/findings.js';
import { notKnown } from '../parts/gap-groups.js';
import type { ReportOptions } from '../options.js';
import { outcomesByPolicy } from '../parts/outcomes.js';
import { disabledSection } from './disabled.js';
import { findingEntries, inRuns, moreFindings } from './finding.js';
import { findingsHeading, headline } from './headline.js';
import { pageOf, type Page } from './page.js';
import { outcomeMarks } from './paint.js';
import { policyTable } from './policy-table.js';
import { callsSection, notKnownSection } from './unread.js';
import { waivedSection } from './waived.js';
import { severities } from '../../text/order.js';
import { verdictOf } from '../parts/verdict.js';
import { waiverGroups } from '../parts/waiver-groups.js';

/** So many findings are shown whole. More would scroll away what matters: each severity then has two screens. */
const shownFindings = 25;
const shownLines = 44;

/**
 * The results for a terminal: what was looked at, the findings worst first and one for each cause, what is not known,
 * the outcomes by policy, and the verdict in the last line. Nothing from the results reaches the terminal as a
 * control character.
 */
export function text(results: Results, options: ReportOptions = {}): Iterable<string> {
  return asLogLines(lines(results, options));
}

function* lines(results: Results, options: ReportOptions): Generator<string> {
  const page = pageOf(options.columns, options.color);
  const names = accountNames(results);
  const causes = causesOf(results);
  yield* headline(page, results, names);
  yield '';
  yield findingsHeading(page, results, causes);
  const isWhole = options.verbose === true || causes.findings.length <= shownFindings;
  for (const severity of severities) {
    const ofSeverity = causes.findings.filter((it) => it.evaluation.severity === severity);
    yield* findingsWithin(page, ofSeverity, names, isWhole);
  }
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

/** The findings of one severity, as many policies as there is room for, and at least one. */
function* findingsWithin(
  page: Page,
  findings: readonly Finding[],
  names: ReadonlyMap<string, string>,
  isWhole: boolean,
): Generator<string> {
  let count = 0;
  let shown = 0;
  for (const run of inRuns(findings)) {
    const entries = findingEntries(page, run, names, isWhole);
    const room = shownLines - count;
    if (isWhole || entries.length < room) {
      yield '';
      yield* entries;
      count += entries.length + 1;
      shown += run.length;
    } else if (count === 0) {
      const fitting = runWithin(page, run, names);
      yield '';
      yield* findingEntries(page, fitting, names, false);
      count = shownLines;
      shown += fitting.length;
    } else break;
  }
  yield* moreFindings(page, findings.slice(shown));
}

/** The first findings of a policy whose texts differ, as far as there is room. */
function runWithin(page: Page, run: readonly Finding[], names: ReadonlyMap<string, string>): readonly Finding[] {
  let fitting = run;
  while (fitting.length > 1 && findingEntries(page, fitting, names, false).length >= shownLines) {
    fitting = fitting.slice(0, Math.max(1, Math.floor(fitting.length * 0.7)));
  }
  return fitting;
}
