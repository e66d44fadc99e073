import type { Results } from '../../model/results.js';
import { csvLine } from '../csv/line.js';
import type { ReportOptions } from '../options.js';
import { frameworkRows } from './rows.js';

/** The same rows for a spreadsheet: RFC 4180, safe from formulas. */
export function* frameworkCsv(results: Results, { policySet }: ReportOptions = {}): Generator<string> {
  yield csvLine([
    'framework',
    'control',
    'title',
    'level',
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
    'source',
  ]);
  for (const { framework, rows } of frameworkRows(results, policySet)) {
    for (const { control, verdict, reason = '', policies, counts, deciding } of rows) {
      yield csvLine([
        framework.id,
        control.id,
        control.title,
        control.level === undefined ? '' : `${control.level}`,
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
        results.run.source,
      ]);
    }
  }
}
