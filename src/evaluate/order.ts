import type { Severity, Target } from '../model/results.js';

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** 0 is the worst. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

interface Judged {
  readonly policyId: string;
  readonly target: Target;
}

/** By account, target and policy: the same inventory and policies give the same bytes. */
export function byTargetAndPolicy(a: Judged, b: Judged): number {
  return (
    compareText(a.target.accountId, b.target.accountId) ||
    compareText(a.target.type, b.target.type) ||
    compareText(a.target.id, b.target.id) ||
    compareText(a.target.region, b.target.region) ||
    compareText(a.policyId, b.policyId)
  );
}

/** The order of code units, which no locale changes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
