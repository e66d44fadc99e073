import type { Results, Target } from '../../model/results.js';
import { counted } from '../../text/plural.js';
import { prose } from '../../text/printable.js';
import { accountNames, listed } from '../parts/accounts.js';
import { asLogLines } from '../parts/chunks.js';
import {
  accountLabel,
  describeOrganization,
  describeSource,
  describeTarget,
  isSample,
  sampleNote,
} from '../parts/describe.js';
import { block, margin, padded, pageOf, type Page } from '../text/page.js';
import type { Look } from '../text/paint.js';
import type { ReportOptions } from '../options.js';
import { accountsText, otherAccounts } from './accounts.js';
import { answersOf, decidingOf, evidenceCalls, gapName, standsForAccount, type Answers } from './deciding.js';
import { evaluationsText } from './evaluations-text.js';
import { whatItSays } from './limits.js';
import { profileOf } from './profile.js';
import {
  frameworkRows,
  verdictCounts,
  verdictLabels,
  type ControlRow,
  type ControlVerdict,
  type FrameworkRows,
} from './rows.js';

const shownTargets = 3;
const shownPolicies = 3;
const shownCalls = 4;
const shownAccounts = 5;

/** The same rows for a terminal: the verdict, the control, and what decides it where something is to be done. */
export function frameworkText(results: Results, options: ReportOptions = {}): Iterable<string> {
  return asLogLines(lines(results, options));
}

function* lines(results: Results, { policySet, columns, color }: ReportOptions): Generator<string> {
  const page = pageOf(columns, color);
  if (isSample(results)) yield* [...block(page, sampleNote, ''), ''];
  yield* block(page, `Organization: ${prose(describeOrganization(results, accountNames(results)))}`, '');
  yield* block(page, `Source: ${prose(describeSource(results))}`, '');
  yield `Accounts: ${accountsText(results)}`;
  for (const it of otherAccounts(results, shownAccounts)) yield* block(page, it, margin, 'dim');
  yield* ['', ...block(page, whatItSays, '')];
  const told = { page, answers: answersOf(results), names: accountNames(results) };
  for (const it of frameworkRows(results, policySet)) yield* section(it, told);
}

/** What each row is told with. */
interface Told {
  readonly page: Page;
  readonly answers: Answers;
  readonly names: ReadonlyMap<string, string>;
}

function* section({ framework, rows }: FrameworkRows, told: Told): Generator<string> {
  const { page } = told;
  yield '';
  yield page.paint('bold', prose(framework.title));
  yield* block(page, prose(framework.note), '', 'dim');
  const counts = verdictCounts(rows).map(([label, count]) => `${count} ${label}`);
  yield `${counted(rows.length, 'control')}: ${counts.join(', ')}`;
  yield '';
  const verdictWidth = Math.max(...rows.map((it) => verdictLabels[it.verdict].length));
  const idWidth = Math.max(...rows.map((it) => prose(it.control.id).length));
  for (const row of rows) yield* rowLines(row, told, verdictWidth, idWidth);
}

function* rowLines(row: ControlRow, told: Told, verdictWidth: number, idWidth: number): Generator<string> {
  const { page } = told;
  const { control, verdict, reason } = row;
  const label = page.paint(looks[verdict], padded(verdictLabels[verdict], verdictWidth));
  const profile = profileOf(control);
  const came = evaluationsText(row);
  const title = `${prose(control.title)}${profile === '' ? '' : ` (${profile})`}${came === '' ? '' : `: ${came}`}`;
  const indent = ' '.repeat(margin.length + verdictWidth + 2 + idWidth + 2);
  const [first = '', ...more] = block(page, title, indent);
  yield `${margin}${label}  ${padded(prose(control.id), idWidth)}  ${first.slice(indent.length)}`;
  yield* more;
  const decided = decidedBy(row, told);
  for (const why of decided.slice(0, shownPolicies)) yield* block(page, why, indent, 'dim');
  const left = decided.length - shownPolicies;
  if (left > 0) yield* block(page, `and ${counted(left, 'more policy', 'more policies')}`, indent, 'dim');
  for (const why of [reason ?? '', evidenceText(row, told)])
    if (why !== '') yield* block(page, prose(why), indent, 'dim');
}

const looks: Readonly<Record<ControlVerdict, Look>> = {
  NON_COMPLIANT: 'red',
  INSUFFICIENT_DATA: 'yellow',
  WAIVED: 'dim',
  ATTESTED: 'cyan',
  COMPLIANT: 'green',
  NOT_APPLICABLE: 'dim',
  NOT_ASKED: 'dim',
  MANUAL: 'dim',
  INHERITED: 'dim',
};

/** By policy: the resources that are to be fixed or accepted, or what could not be read. */
function decidedBy(row: ControlRow, { answers, names }: Told): readonly string[] {
  return decidingOf(row, answers).map(({ policyId, came, targets, gaps }) => {
    const where = listed([...new Set(targets.map((it) => targetName(it, names)))], shownTargets);
    const missing = listed(gaps.map(gapName), shownTargets);
    return prose(`${policyId} ${came}: ${where}${missing === '' ? '' : `; not read: ${missing}`}`);
  });
}

function targetName(target: Target, names: ReadonlyMap<string, string>): string {
  if (standsForAccount(target)) return accountLabel(target.accountId, names);
  return target.type === 'account' ? accountLabel(target.id, names) : (target.arn ?? describeTarget(target, names));
}

function evidenceText(row: ControlRow, { answers }: Told): string {
  const calls = evidenceCalls(row, answers);
  return calls.length === 0 ? '' : `Evidence: answers of ${listed(calls, shownCalls)}`;
}
