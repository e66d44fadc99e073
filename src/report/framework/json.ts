import type { Attestation, Results } from '../../model/results.js';
import { byId } from '../../text/order.js';
import { jsonPieces } from '../parts/json-lines.js';
import type { ReportOptions } from '../options.js';
import { frameworkRows } from './rows.js';

const expanded: ReadonlySet<string> = new Set([
  '',
  '.accounts',
  '.accounts.evaluatedAccounts',
  '.accounts.unreadable',
  '.accounts.outOfScope',
  '.frameworks',
  '.frameworks[]',
  '.frameworks[].controls',
]);

/** The same rows for other programs, valid against `schema/framework-report.v1.json`. */
export function frameworkJson(results: Results, { policySet }: ReportOptions = {}): Iterable<string> {
  const { tool, run, organization, coverage } = results;
  const { listed, evaluated, unreadable, outOfScope } = coverage.accounts;
  const { evaluatedAccounts } = coverage;
  const frameworks = frameworkRows(results, policySet).map(({ framework, rows }) => ({
    id: framework.id,
    title: framework.title,
    note: framework.note,
    controls: rows.map(({ control, verdict, reason, policies, counts, deciding, attestations }) => ({
      id: control.id,
      title: control.title,
      ...(control.level === undefined ? {} : { level: control.level }),
      ...(control.assessment === undefined ? {} : { assessment: control.assessment }),
      verdict,
      ...(reason === undefined ? {} : { reason }),
      counts,
      ...(attestations.length === 0 ? {} : { attestations: attestations.map(withoutControls) }),
      policies: policies.map((it) => it.id),
      evaluations: deciding.map((it) => it.fingerprint),
      evidence: [...new Set(deciding.flatMap((it) => it.evidence))].toSorted(),
    })),
  }));
  const accounts = {
    listed,
    evaluated,
    ...(evaluatedAccounts === undefined ? {} : { evaluatedAccounts: evaluatedAccounts.toSorted(byId) }),
    unreadable: unreadable.toSorted(byId),
    outOfScope: outOfScope.toSorted(byId),
  };
  const { capturedAt, source, interrupted } = run;
  return jsonPieces(
    { schemaVersion: '1', tool, capturedAt, source, interrupted, organization, accounts, frameworks },
    expanded,
  );
}

/** It stands under the control that it is about. */
function withoutControls({ id, statement, owner, evidence, expires, isExpired }: Attestation) {
  return { id, statement, owner, ...(evidence === undefined ? {} : { evidence }), expires, isExpired };
}
