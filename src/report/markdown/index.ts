import type { History } from '../../model/history.js';
import type { Results } from '../../model/results.js';
import { timelineLines } from '../history/markdown-timeline.js';
import { accountNames } from '../parts/accounts.js';
import { asLines } from '../parts/chunks.js';
import { describeOrganization, describeSource, isSample, sampleNote } from '../parts/describe.js';
import { disabledPolicies } from '../parts/disabled.js';
import { causesOf } from '../parts/findings.js';
import { coverageSection, originSection } from './coverage.js';
import { disabledSection } from './disabled.js';
import { code, escapedProse } from './escape.js';
import { findingsSection, recipesSection } from './findings.js';
import { passingSection } from './passing.js';
import { shortMarkdown } from './short.js';
import { table } from './table.js';
import { gapsSection, notKnownSection } from './unknown.js';
import { waivedSection } from './waived.js';
import type { ReportOptions } from '../options.js';
import { outcomes } from '../../text/order.js';
import { outcomesByPolicy } from '../parts/outcomes.js';
import { verdictOf } from '../parts/verdict.js';
import { waiverGroups } from '../parts/waiver-groups.js';

const shownDays = 30;

/**
 * The results as GitHub-flavored Markdown: verdict, coverage, findings by severity and cause, what is waived, what is not known,
 * outcomes by policy, gaps, what holds, how it was made, and how to fix it. Nothing from the results becomes markup.
 */
export function markdown(results: Results, { maxBytes, history }: ReportOptions = {}): Iterable<string> {
  const whole = asLines(withSingleBlanks(lines(results, history)));
  return maxBytes === undefined ? whole : within(whole, results, maxBytes);
}

/** The whole report where it has room, else the short one. */
function within(whole: Iterable<string>, results: Results, maxBytes: number): readonly string[] {
  const pieces: string[] = [];
  let bytes = 0;
  for (const piece of whole) {
    bytes += Buffer.byteLength(piece);
    if (bytes > maxBytes) return [shortMarkdown(results, maxBytes)];
    pieces.push(piece);
  }
  return pieces;
}

/** Sections end in a blank line; the report does not. */
function* withSingleBlanks(all: Iterable<string>): Generator<string> {
  let isBlankDue = false;
  for (const line of all) {
    if (isBlankDue && line !== '') yield '';
    isBlankDue = line === '';
    if (line !== '') yield line;
  }
}

function* lines(results: Results, history: History | undefined): Generator<string> {
  const names = accountNames(results);
  const causes = causesOf(results);
  const verdict = verdictOf(results, causes);
  yield '# CloudTrail compliance';
  yield '';
  if (isSample(results)) {
    yield `> **${sampleNote}**`;
    yield '';
  }
  yield `**${verdict.outcome}**: ${verdict.text}`;
  yield '';
  yield `- Organization: ${escapedProse(describeOrganization(results, names))}`;
  yield `- Source: ${escapedProse(describeSource(results))}`;
  yield '';
  yield* coverageSection(results);
  yield* findingsSection(causes, names);
  if (history !== undefined) yield* ['## Timeline', '', ...timelineLines(history, shownDays)];
  yield* waivedSection(waiverGroups(results, causes), names);
  yield* notKnownSection(results, names);
  yield* policiesSection(results);
  yield* disabledSection(disabledPolicies(results));
  yield* gapsSection(results, names);
  yield* passingSection(results);
  yield* originSection(results);
  yield* recipesSection(causes.findings);
}

function* policiesSection(results: Results): Generator<string> {
  yield '## Policies';
  yield '';
  yield* table(
    [
      { head: 'Policy' },
      { head: 'Title' },
      { head: 'Severity' },
      ...outcomes.map((head) => ({ head, align: 'right' as const })),
      { head: 'Waived', align: 'right' },
    ],
    outcomesByPolicy(results).map(({ policy, counts, waived }) =>
      [code(policy.id), escapedProse(policy.title), policy.severity].concat(
        outcomes.map((outcome) => `${counts[outcome]}`),
        `${waived}`,
      ),
    ),
  );
}
