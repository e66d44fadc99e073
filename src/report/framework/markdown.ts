import type { Results } from '../../model/results.js';
import { listed, accountNames } from '../parts/accounts.js';
import { describeOrganization, describeSource, isSample, sampleNote } from '../parts/describe.js';
import { asLines } from '../parts/chunks.js';
import { markdownAccount, markdownTarget } from '../markdown/account.js';
import { code, escapedName, escapedProse } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import { counted } from '../../text/plural.js';
import type { ReportOptions } from '../options.js';
import { accountsText, otherAccounts } from './accounts.js';
import { answersOf, decidingOf, evidenceCalls, gapName, standsForAccount, type Answers } from './deciding.js';
import { evaluationsText } from './evaluations-text.js';
import { whatItSays } from './limits.js';
import { profileNote, profileOf } from './profile.js';
import { frameworkRows, verdictCounts, verdictLabels, type ControlRow, type FrameworkRows } from './rows.js';

const shownTargets = 5;
const shownCalls = 6;
const shownAccounts = 20;

/** A row for each control of each framework: pass, fail or unknown, and by which evaluations and evidence. */
export function frameworkMarkdown(results: Results, options: ReportOptions = {}): Iterable<string> {
  return asLines(lines(results, options));
}

function* lines(results: Results, { policySet }: ReportOptions): Generator<string> {
  const names = accountNames(results);
  const told = { answers: answersOf(results), names };
  yield '# Controls of frameworks';
  yield '';
  if (isSample(results)) yield* [`> **${sampleNote}**`, ''];
  yield `- Organization: ${escapedProse(describeOrganization(results, names))}`;
  yield `- Source: ${escapedProse(describeSource(results))}`;
  yield `- Accounts: ${accountsText(results)}`;
  for (const it of otherAccounts(results, shownAccounts)) yield `- ${escapedProse(it)}`;
  yield '';
  yield whatItSays;
  for (const it of frameworkRows(results, policySet)) yield* section(it, told);
}

/** What each row is told with. */
interface Told {
  readonly answers: Answers;
  readonly names: ReadonlyMap<string, string>;
}

function* section({ framework, rows }: FrameworkRows, told: Told): Generator<string> {
  yield '';
  yield `## ${escapedName(framework.title)}`;
  yield '';
  const hasProfiles = rows.some((it) => profileOf(it.control) !== '');
  yield `${escapedProse(framework.note)}${hasProfiles ? ` ${profileNote}` : ''}`;
  yield '';
  yield `${counted(rows.length, 'control')}: ${verdictCounts(rows)
    .map(([label, count]) => `${count} ${label}`)
    .join(', ')}.`;
  yield '';
  const cells = rows.map((row) => [
    escapedName(row.control.id),
    escapedProse(row.control.title),
    ...(hasProfiles ? [profileOf(row.control)] : []),
    `**${verdictLabels[row.verdict]}**`,
    evaluationsText(row),
    whyText(row, told),
    evidenceText(row, told),
    row.policies.map((it) => code(it.id)).join(', '),
  ]);
  const heads = [
    'Control',
    'What it asks',
    ...(hasProfiles ? ['Profile'] : []),
    'Verdict',
    'Evaluations',
    'Why',
    'Evidence',
    'Policies',
  ];
  for (const line of table(
    heads.map((head) => ({ head })),
    cells,
  ))
    if (line !== '') yield line;
}

/** By policy, what fails, is not known or is waived; then what a reader must know of it. */
function whyText(row: ControlRow, { answers, names }: Told): string {
  const decided = decidingOf(row, answers).map(({ policyId, came, targets, gaps }) => {
    const where = listed(
      [
        ...new Set(
          targets.map((it) => {
            if (standsForAccount(it)) return markdownAccount(it.accountId, names);
            return it.type === 'account' ? markdownAccount(it.id, names) : markdownTarget(it, names);
          }),
        ),
      ],
      shownTargets,
    );
    const missing = listed(
      gaps.map((it) => code(gapName(it))),
      shownTargets,
    );
    return `${code(policyId)} ${came}: ${where}${missing === '' ? '' : `; not read: ${missing}`}`;
  });
  const said = row.reason === undefined ? [] : [escapedProse(row.reason)];
  return [...decided, ...said].join('. ');
}

function evidenceText(row: ControlRow, { answers }: Told): string {
  return listed(evidenceCalls(row, answers).map(code), shownCalls);
}
