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
import { evaluationsText } from './evaluations-text.js';
import {
  frameworkRows,
  verdictCounts,
  verdictLabels,
  type ControlRow,
  type ControlVerdict,
  type FrameworkRows,
} from './rows.js';

const shownTargets = 3;

/** The same rows for a terminal: the verdict, the control, and what decides it where something is to be done. */
export function frameworkText(results: Results, options: ReportOptions = {}): Iterable<string> {
  return asLogLines(lines(results, options));
}

function* lines(results: Results, { policySet, columns, color }: ReportOptions): Generator<string> {
  const page = pageOf(columns, color);
  const { accounts } = results.coverage;
  const names = accountNames(results);
  if (isSample(results)) yield* [...block(page, sampleNote, ''), ''];
  yield* block(page, `Organization: ${prose(describeOrganization(results, names))}`, '');
  yield* block(page, `Source: ${prose(describeSource(results))}`, '');
  yield `Accounts: ${accounts.evaluated} of ${accounts.listed} evaluated, ${accounts.unreadable.length} not readable`;
  for (const it of frameworkRows(results, policySet)) yield* section(it, page, names);
}

type Names = ReadonlyMap<string, string>;

function* section({ framework, rows }: FrameworkRows, page: Page, names: Names): Generator<string> {
  yield '';
  yield page.paint('bold', prose(framework.title));
  const counts = verdictCounts(rows).map(([label, count]) => `${count} ${label}`);
  yield `${counted(rows.length, 'control')}: ${counts.join(', ')}`;
  yield '';
  const verdictWidth = Math.max(...rows.map((it) => verdictLabels[it.verdict].length));
  const idWidth = Math.max(...rows.map((it) => prose(it.control.id).length));
  for (const row of rows) yield* rowLines(row, page, { verdictWidth, idWidth }, names);
}

interface Widths {
  readonly verdictWidth: number;
  readonly idWidth: number;
}

function* rowLines(row: ControlRow, page: Page, { verdictWidth, idWidth }: Widths, names: Names): Generator<string> {
  const { control, verdict, reason } = row;
  const label = page.paint(looks[verdict], padded(verdictLabels[verdict], verdictWidth));
  const level = control.level === undefined ? '' : ` (L${control.level})`;
  const came = evaluationsText(row);
  const title = `${prose(control.title)}${level}${came === '' ? '' : `: ${came}`}`;
  const indent = ' '.repeat(margin.length + verdictWidth + 2 + idWidth + 2);
  const [first = '', ...more] = block(page, title, indent);
  yield `${margin}${label}  ${padded(prose(control.id), idWidth)}  ${first.slice(indent.length)}`;
  yield* more;
  for (const why of [...decidedBy(row, names), reason ?? ''].map(prose))
    if (why !== '') yield* block(page, why, indent, 'dim');
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

/** By policy, the resources that are to be fixed, read or accepted; of what holds, the other formats name the evidence. */
function decidedBy({ verdict, deciding }: ControlRow, names: Names): readonly string[] {
  if (verdict !== 'NON_COMPLIANT' && verdict !== 'INSUFFICIENT_DATA' && verdict !== 'WAIVED') return [];
  const byPolicy = new Map<string, Set<string>>();
  for (const { policyId, target } of deciding) {
    const targets = byPolicy.get(policyId) ?? new Set();
    byPolicy.set(policyId, targets.add(targetLabel(target, names)));
  }
  return [...byPolicy].map(([policyId, targets]) => `${policyId}: ${listed([...targets], shownTargets)}`);
}

function targetLabel(target: Target, names: Names): string {
  if (target.type === 'account') return accountLabel(target.id, names);
  return target.arn ?? describeTarget(target, names);
}
