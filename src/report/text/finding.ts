import { counted, listed } from '../accounts.js';
import { accountLabel, describeTarget } from '../describe.js';
import type { Finding } from '../findings.js';
import { byText } from '../order.js';
import { prose, visible } from '../visible.js';
import { block, labelled, margin, padded, type Page } from './page.js';
import { outcomeMarks, severityLooks } from './paint.js';

const inner = `${margin}  `;
const shownAccounts = 4;

/** One finding: what, where, why, whom it touches, what to do. */
export function findingEntry(page: Page, finding: Finding, names: ReadonlyMap<string, string>): readonly string[] {
  const { evaluation, policy, accounts } = finding;
  const { target } = evaluation;
  const look = severityLooks[evaluation.severity];
  const head = `${page.paint(look, `${outcomeMarks.NON_COMPLIANT.sign} ${padded(evaluation.severity, 9)}`)} ${page.paint('bold', visible(policy.id))}`;
  const message = prose(evaluation.message);
  const where = describeTarget(target, names);
  const arn = prose(target.arn ?? '');
  const touched = accounts.map((id) => accountLabel(id, names));
  return [
    `${margin}${head}`,
    ...(message.startsWith(where) ? [] : block(page, where, inner)),
    ...(message.includes(arn) ? [] : block(page, arn, inner, 'dim')),
    ...block(page, message, inner),
    ...(accounts.length > 1
      ? labelled(page, 'Touches', `${accounts.length} accounts: ${listed(touched, shownAccounts)}`, inner, 9)
      : []),
    ...labelled(page, 'Fix', prose(policy.remediation.text), inner, 9),
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
