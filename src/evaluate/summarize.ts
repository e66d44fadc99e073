import { joinAlike } from '../model/alike-findings.js';
import { groupFindings } from '../model/finding-groups.js';
import type { Evaluation, Summary } from '../model/results.js';
import { byText, outcomes, severities, severityRank } from '../text/order.js';

/**
 * Counts. A finding is what NON_COMPLIANT evaluations that no waiver accepts have as their cause, and is as bad as the
 * worst of them; the same deviation in several accounts is one.
 */
export function summarize(evaluations: readonly Evaluation[]): Summary {
  const failing = evaluations.filter((it) => it.outcome === 'NON_COMPLIANT' && it.waiver === undefined);
  const findings = joinAlike(groupFindings(evaluations, severityRank), byText);
  const affected = new Set(failing.map((it) => it.target.accountId));
  affected.delete('unknown');
  return {
    byOutcome: countBy(outcomes, evaluations, (it) => it.outcome),
    findings: findings.length,
    bySeverity: countBy(severities, findings, (it) => it.severity),
    accountsAffected: affected.size,
  };
}

function countBy<K extends string, T>(
  keys: readonly K[],
  counted: readonly T[],
  keyOf: (it: T) => K,
): Record<K, number> {
  // Object.fromEntries() forgets which keys it was given.
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const it of counted) counts[keyOf(it)] += 1;
  return counts;
}
