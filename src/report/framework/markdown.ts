import type { Results } from '../../model/results.js';
import { listed, accountNames } from '../parts/accounts.js';
import { describeOrganization, describeSource, isSample, sampleNote } from '../parts/describe.js';
import { asLines } from '../parts/chunks.js';
import { markdownTarget } from '../markdown/account.js';
import { code, escapedName, escapedProse } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import type { ReportOptions } from '../options.js';
import { evaluationsText } from './evaluations-text.js';
import { frameworkRows, verdictCounts, verdictLabels, type ControlRow, type FrameworkRows } from './rows.js';

const shownTargets = 5;
const shownEvidence = 5;

/** A row for each control of each framework: pass, fail or unknown, and by which evaluations and evidence. */
export function frameworkMarkdown(results: Results, options: ReportOptions = {}): Iterable<string> {
  return asLines(lines(results, options));
}

function* lines(results: Results, { policySet }: ReportOptions): Generator<string> {
  const names = accountNames(results);
  const { accounts } = results.coverage;
  yield '# Controls of frameworks';
  yield '';
  if (isSample(results)) yield* [`> **${sampleNote}**`, ''];
  yield `- Organization: ${escapedProse(describeOrganization(results, names))}`;
  yield `- Source: ${escapedProse(describeSource(results))}`;
  yield `- Accounts: ${accounts.evaluated} of ${accounts.listed} evaluated, ${accounts.unreadable.length} not readable`;
  yield '';
  yield 'What the policies say of each control that CloudTrail serves. A control may ask for more than can be read: an assessor decides.';
  for (const it of frameworkRows(results, policySet)) yield* section(it, names);
}

function* section({ framework, rows }: FrameworkRows, names: ReadonlyMap<string, string>): Generator<string> {
  yield '';
  yield `## ${escapedName(framework.title)}`;
  yield '';
  yield escapedProse(framework.note);
  yield '';
  yield `${rows.length} controls: ${verdictCounts(rows)
    .map(([label, count]) => `${count} ${label}`)
    .join(', ')}.`;
  yield '';
  const hasLevels = rows.some((it) => it.control.level !== undefined);
  const cells = rows.map((row) => [
    escapedName(row.control.id),
    escapedProse(row.control.title),
    ...(hasLevels ? [row.control.level === undefined ? '' : `L${row.control.level}`] : []),
    `**${verdictLabels[row.verdict]}**`,
    evaluationsText(row),
    whyText(row, names),
    row.policies.map((it) => code(it.id)).join(', '),
  ]);
  const heads = [
    'Control',
    'What it asks',
    ...(hasLevels ? ['Level'] : []),
    'Verdict',
    'Evaluations',
    'Why',
    'Policies',
  ];
  for (const line of table(
    heads.map((head) => ({ head })),
    cells,
  ))
    if (line !== '') yield line;
}

function whyText({ reason, verdict, deciding }: ControlRow, names: ReadonlyMap<string, string>): string {
  const said = reason === undefined ? '' : escapedProse(reason);
  const isOpen = verdict === 'NON_COMPLIANT' || verdict === 'INSUFFICIENT_DATA' || verdict === 'WAIVED';
  const targets = isOpen
    ? [...new Set(deciding.map((it) => markdownTarget(it.target, names)))]
    : [...new Set(deciding.flatMap((it) => it.evidence))].slice(0, shownEvidence).map(code);
  const shown = listed(targets, shownTargets);
  const decided = isOpen || shown === '' ? shown : `evidence ${shown}`;
  return [said, decided].filter((it) => it !== '').join('. ');
}
