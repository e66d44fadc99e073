import type { Evidence, Results } from '../../model/results.js';
import type { ReportOptions } from '../options.js';
import { accountNames } from '../parts/accounts.js';
import { jsonPieces } from '../parts/json-lines.js';
import { subjectsOf } from '../parts/subjects.js';
import { complianceFinding } from './compliance-finding.js';

const expanded: ReadonlySet<string> = new Set(['']);

/**
 * Compliance Findings (class 2003) of the Open Cybersecurity Schema Framework 1.6.0, as one array with an event a line: a
 * pass, a fail or a warning for each evaluation, and a finding that others follow from once, with the accounts it touches.
 * https://schema.ocsf.io/1.6.0/classes/compliance_finding
 */
export function ocsf(results: Results, _options: ReportOptions = {}): Iterable<string> {
  const names = accountNames(results);
  const evidence = new Map<string, Evidence>(results.evidence.map((it) => [it.id, it]));
  const events = subjectsOf(results).map((it) => complianceFinding(it, { results, names, evidence }));
  return jsonPieces(events, expanded);
}
