import { listed } from '../parts/accounts.js';
import { accountLabel, describeTarget } from '../parts/describe.js';
import type { Finding } from '../parts/findings.js';
import { byText } from '../../text/order.js';
import { failingParagraphs, waivedAssertions } from '../parts/failing-message.js';
import { prose, visible } from '../../text/printable.js';
import { block, labelled, margin, padded, type Page } from './page.js';
import { outcomeMarks, severityLooks } from './paint.js';
import { counted } from '../../text/plural.js';

const inner = `${margin}  `;
const shownAccounts = 4;

/** Findings of one policy and severity, which stand together: the policy once, each finding, what to do once. */
export function findingEntries(
  page: Page,
  findings: readonly Finding[],
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { severity } = first.evaluation;
  const sign = `${outcomeMarks.NON_COMPLIANT.sign} ${padded(severity, 9)}`;
  const count = findings.length > 1 ? page.paint('dim', ` · ${findings.length} findings`) : '';
  return [
    `${margin}${page.paint(severityLooks[severity], sign)} ${page.paint('bold', visible(first.policy.id))}${count}`,
    ...findings.flatMap((finding) => {
      const entry = findingEntry(page, finding, names);
      return findings.length > 1 ? bulleted(entry) : entry;
    }),
    ...(findings.every(({ evaluation }) => evaluation.fix !== undefined)
      ? []
      : labelled(page, 'Fix', prose(first.policy.remediation.text), inner, 9)),
  ];
}

/** A bullet in the indent of the first line. */
function bulleted([first = '', ...rest]: readonly string[]): readonly string[] {
  return [first.replace(inner, `${margin}• `), ...rest];
}

/** Splits findings, which are sorted, into runs of one policy and severity. */
export function inRuns(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const runs: Finding[][] = [];
  for (const finding of findings) {
    const run = runs.at(-1);
    const { policyId, severity } = finding.evaluation;
    const last = run?.[0]?.evaluation;
    if (run !== undefined && last?.policyId === policyId && last.severity === severity) run.push(finding);
    else runs.push([finding]);
  }
  return runs;
}

/** One finding: where, why, whom it touches. */
function findingEntry(page: Page, finding: Finding, names: ReadonlyMap<string, string>): readonly string[] {
  const { evaluation, accounts } = finding;
  const { target } = evaluation;
  const messages = failingParagraphs(evaluation).map(prose);
  const message = messages.join(' ');
  const waived = waivedAssertions(evaluation);
  const where = describeTarget(target, names);
  const arn = prose(target.arn ?? '');
  const touched = accounts.map((id) => accountLabel(id, names));
  return [
    ...(message.startsWith(where) ? [] : block(page, where, inner)),
    ...(message.includes(arn) ? [] : block(page, arn, inner, 'dim')),
    ...messages.flatMap((it) => block(page, it, inner)),
    ...(waived.length > 0 ? labelled(page, 'Waived', prose(waived.join(', ')), inner, 9) : []),
    ...(evaluation.fix === undefined ? [] : labelled(page, 'Fix', prose(evaluation.fix), inner, 9)),
    ...(accounts.length > 1
      ? labelled(page, 'Touches', `${accounts.length} accounts: ${listed(touched, shownAccounts)}`, inner, 9)
      : []),
  ];
}

/** What was not shown one by one: `12 more findings: 8 high kms-key-rotates and 4 low log-bucket-logs-access`. */
export function moreFindings(page: Page, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { evaluation } of findings) {
    const key = `${evaluation.severity} ${visible(evaluation.policyId)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const groups = [...counts]
    .toSorted(([a, x], [b, y]) => y - x || byText(a, b))
    .map(([key, count]) => `${count} ${key}`);
  const text = `${counted(findings.length, 'more finding')}: ${listed(groups, 8, 'group')}. All are in results.json and report.md.`;
  return ['', ...block(page, text, margin)];
}
