import type { Results } from '../../model/results.js';
import { csvLine } from '../csv/line.js';
import type { ReportOptions } from '../options.js';
import { listed } from '../parts/accounts.js';
import { answersOf, evidenceCalls } from './deciding.js';
import { frameworkRows } from './rows.js';

const shownAccounts = 20;

/** The same rows for a spreadsheet: RFC 4180, safe from formulas. */
export function* frameworkCsv(results: Results, { policySet }: ReportOptions = {}): Generator<string> {
  yield csvLine([
    'framework',
    'control',
    'title',
    'level',
    'assessment',
    'verdict',
    'reason',
    'pass',
    'fail',
    'unknown',
    'waived',
    'not_applicable',
    'policies',
    'deciding',
    'evidence',
    'evidence_calls',
    'accounts_listed',
    'accounts_evaluated',
    'accounts_not_readable',
    'accounts_left_out',
    'accounts_not_evaluated',
  ]);
  const answers = answersOf(results);
  const over = accountCells(results);
  for (const { framework, rows } of frameworkRows(results, policySet)) {
    for (const row of rows) {
      const { control, verdict, reason = '', policies, counts, deciding } = row;
      yield csvLine([
        framework.id,
        control.id,
        control.title,
        control.level === undefined ? '' : `${control.level}`,
        control.assessment ?? '',
        verdict,
        reason,
        `${counts.compliant}`,
        `${counts.nonCompliant}`,
        `${counts.insufficientData}`,
        `${counts.waived}`,
        `${counts.notApplicable}`,
        policies.map((it) => it.id).join(' '),
        deciding.map((it) => it.fingerprint).join(' '),
        [...new Set(deciding.flatMap((it) => it.evidence))].toSorted().join(' '),
        evidenceCalls(row, answers).join(' '),
        ...over,
      ]);
    }
  }
}

/** Each row says over which accounts its verdict was reached, as rows are copied without their head. */
function accountCells({ coverage: { accounts } }: Results): readonly string[] {
  const { listed: all, evaluated, unreadable, outOfScope } = accounts;
  const others = [...unreadable, ...outOfScope].map((it) => it.id).toSorted();
  return [`${all}`, `${evaluated}`, `${unreadable.length}`, `${outOfScope.length}`, listed(others, shownAccounts)];
}
