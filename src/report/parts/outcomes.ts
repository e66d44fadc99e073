import type { Evaluation, Outcome, PolicySummary, Results } from '../../model/results.js';
import { byId } from '../../text/order.js';

/** How a policy's evaluations came out. */
export interface PolicyOutcomes {
  readonly policy: PolicySummary;
  /** Evaluations by outcome; NON_COMPLIANT without the waived ones. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** NON_COMPLIANT evaluations that carry a waiver. */
  readonly waived: number;
}

/** The outcomes of each policy, sorted by its id; a policy without a target has zeros. */
export function outcomesByPolicy(results: Results): readonly PolicyOutcomes[] {
  const byPolicy = evaluationsByPolicy(results);
  return results.policies.toSorted(byId).map((policy) => {
    const evaluations = byPolicy.get(policy.id) ?? [];
    const counts = { COMPLIANT: 0, NON_COMPLIANT: 0, INSUFFICIENT_DATA: 0, NOT_APPLICABLE: 0 };
    let waived = 0;
    for (const { outcome, waiver } of evaluations) {
      if (waiver === undefined) counts[outcome] += 1;
      else waived += 1;
    }
    return { policy, counts, waived };
  });
}

/** How many evaluations have the outcome, waived ones counted. */
export function countOf(results: Results, outcome: Outcome): number {
  return results.evaluations.filter((it) => it.outcome === outcome).length;
}

/** The evaluations of each policy that has any, in the order of the results. */
export function evaluationsByPolicy(results: Results): ReadonlyMap<string, readonly Evaluation[]> {
  const byPolicy = new Map<string, Evaluation[]>();
  for (const evaluation of results.evaluations) {
    const list = byPolicy.get(evaluation.policyId);
    if (list === undefined) byPolicy.set(evaluation.policyId, [evaluation]);
    else list.push(evaluation);
  }
  return byPolicy;
}
