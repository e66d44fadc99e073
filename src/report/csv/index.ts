import type { Evaluation, PolicySummary, Results } from '../../model/results.js';
import { byPlace } from '../../text/order.js';
import { prose } from '../../text/printable.js';
import { accountNames } from '../parts/accounts.js';
import type { ReportOptions } from '../options.js';
import { controlLabels } from '../parts/remediation.js';
import { resourceLabel } from '../parts/resource.js';
import { csvLine } from './line.js';

interface Row {
  readonly source: string;
  readonly evaluation: Evaluation;
  readonly policy: PolicySummary | undefined;
  readonly accountName: string;
}

/** The columns, in their order. Columns are only ever added, at the end. */
const columns: Readonly<Record<string, (row: Row) => string>> = {
  outcome: ({ evaluation }) => evaluation.outcome,
  severity: ({ evaluation }) => evaluation.severity,
  policy: ({ evaluation }) => evaluation.policyId,
  title: ({ policy }) => policy?.title ?? '',
  account: ({ evaluation }) => evaluation.target.accountId,
  account_name: ({ accountName }) => accountName,
  region: ({ evaluation }) => evaluation.target.region,
  type: ({ evaluation }) => evaluation.target.type,
  resource: ({ evaluation }) => resourceLabel(evaluation.target),
  resource_id: ({ evaluation }) => evaluation.target.arn ?? evaluation.target.id,
  message: ({ evaluation }) => prose(evaluation.message),
  controls: ({ policy }) => controlLabels(policy?.controls ?? []).join('; '),
  waiver: ({ evaluation }) => evaluation.waiver?.id ?? '',
  waiver_owner: ({ evaluation }) => evaluation.waiver?.owner ?? '',
  waiver_expires: ({ evaluation }) => evaluation.waiver?.expires ?? '',
  caused_by: ({ evaluation }) => evaluation.causedBy ?? '',
  last_seen: ({ evaluation }) => evaluation.carriedForward?.lastSeen ?? '',
  evidence: ({ evaluation }) => evaluation.evidence.join(' '),
  gaps: ({ evaluation }) => evaluation.gaps.join(' '),
  fingerprint: ({ evaluation }) => evaluation.fingerprint,
  incident_key: ({ evaluation }) => evaluation.incident?.key ?? '',
  incident_count: ({ evaluation }) => String(evaluation.incident?.count ?? ''),
  first_at: ({ evaluation }) => evaluation.incident?.firstAt ?? '',
  last_at: ({ evaluation }) => evaluation.incident?.lastAt ?? '',
  source: ({ source }) => source,
};

/**
 * Every evaluation as a line of CSV (RFC 4180, UTF-8), whatever its outcome, so that the whole population can be counted
 * in a spreadsheet; the first line names the columns. A text that a spreadsheet would take for a formula is preceded by
 * an apostrophe.
 */
export function* csv(results: Results, _options: ReportOptions = {}): Generator<string> {
  const policies = new Map(results.policies.map((policy) => [policy.id, policy]));
  const names = accountNames(results);
  yield csvLine(Object.keys(columns));
  for (const evaluation of results.evaluations.toSorted(byPlace)) {
    const accountName = names.get(evaluation.target.accountId) ?? '';
    const row = { source: results.run.source, evaluation, policy: policies.get(evaluation.policyId), accountName };
    yield csvLine(Object.values(columns).map((read) => read(row)));
  }
}
