import type { Evaluation, Summary } from '../model/results.js';
import { outcomes, severities } from '../text/order.js';

/** Counts. A finding is a NON_COMPLIANT evaluation that is not waived and has no cause elsewhere. */
export function summarize(evaluations: readonly Evaluation[]): Summary {
  const failing = evaluations.filter((it) => it.outcome === 'NON_COMPLIANT' && it.waiver === undefined);
  const findings = failing.filter((it) => it.causedBy === undefined);
  const affected = new Set(failing.map((it) => it.target.accountId));
  affected.delete('unknown');
  return {
    byOutcome: countBy(outcomes, evaluations, (it) => it.outcome),
    findings: findings.length,
    bySeverity: countBy(severities, findings, (it) => it.severity),
    accountsAffected: affected.size,
  };
}

function countBy<K extends string>(
  keys: readonly K[],
  evaluations: readonly Evaluation[],
  keyOf: (it: Evaluation) => K,
): Record<K, number> {
  // Object.fromEntries() forgets which keys it was given.
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const it of evaluations) counts[keyOf(it)] += 1;
  return counts;
}
