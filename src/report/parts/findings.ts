import type { Evaluation, PolicySummary, Results, Waiver } from '../../model/results.js';
import { byTarget, byText, severityRank } from '../../text/order.js';

/** One thing to be fixed, and what follows from it. */
export interface Finding {
  readonly evaluation: Evaluation;
  readonly policy: PolicySummary;
  /** Ids of the accounts that it touches, its own included; sorted. An owner that is not known is left out. */
  readonly accounts: readonly string[];
  /** How many NON_COMPLIANT evaluations lead to it, itself included. */
  readonly evaluations: number;
}

/** A NON_COMPLIANT evaluation that a waiver accepts. */
export interface Accepted {
  readonly evaluation: Evaluation;
  readonly waiver: Waiver;
  /** The waiver is of its cause. */
  readonly follows: boolean;
}

export interface Causes {
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** How many NON_COMPLIANT evaluations a waiver accepts, their own or that of their cause. */
  readonly waived: number;
  /** These, in the order of the results. */
  readonly accepted: readonly Accepted[];
}

/**
 * Groups NON_COMPLIANT evaluations by what is to be fixed: `causedBy` is followed to its end. An evaluation whose
 * cause is not among the results, or does not fail there, is a finding of its own, so that nothing that fails can
 * drop out of a report. Throws when an evaluation names a policy that the results do not hold.
 */
export function causesOf(results: Results): Causes {
  const policies = new Map(results.policies.map((policy) => [policy.id, policy]));
  const failing = results.evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');
  const byFingerprint = new Map(failing.map((it) => [it.fingerprint, it]));
  const groups = new Map<Evaluation, Evaluation[]>();
  const accepted: Accepted[] = [];
  for (const evaluation of failing) {
    const cause = causeOf(evaluation, byFingerprint);
    const waiver = evaluation.waiver ?? cause.waiver;
    if (waiver !== undefined) {
      const follows = evaluation.waiver === undefined || evaluation.waiver.via !== undefined;
      accepted.push({ evaluation, waiver, follows });
      continue;
    }
    const group = groups.get(cause);
    if (group === undefined) groups.set(cause, [evaluation]);
    else group.push(evaluation);
  }
  const findings = [...groups].map(([cause, group]) => {
    const policy = policies.get(cause.policyId);
    if (policy === undefined) throw new Error(`The results hold no policy ${cause.policyId}, yet an evaluation of it.`);
    return { evaluation: cause, policy, accounts: accountsOf([cause, ...group]), evaluations: group.length };
  });
  return { findings: findings.toSorted(worstFirst), waived: accepted.length, accepted };
}

/** The findings of the results, worst first, each with the accounts that it touches. */
export function findingsOf(results: Results): readonly Finding[] {
  return causesOf(results).findings;
}

/** Where the chain of causes ends. In a circle, which only a broken file has, at the smallest fingerprint. */
function causeOf(evaluation: Evaluation, byFingerprint: ReadonlyMap<string, Evaluation>): Evaluation {
  const chain = [evaluation];
  for (let at = evaluation; at.causedBy !== undefined;) {
    const next = byFingerprint.get(at.causedBy);
    if (next === undefined) return at;
    const seenAt = chain.indexOf(next);
    if (seenAt >= 0) {
      const [smallest = next] = chain.slice(seenAt).toSorted((a, b) => byText(a.fingerprint, b.fingerprint));
      return smallest;
    }
    chain.push(next);
    at = next;
  }
  return chain.at(-1) ?? evaluation;
}

function accountsOf(evaluations: readonly Evaluation[]): readonly string[] {
  const ids = new Set(evaluations.map((it) => it.target.accountId));
  ids.delete('unknown');
  return [...ids].toSorted();
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    severityRank(a.evaluation.severity) - severityRank(b.evaluation.severity) ||
    byText(a.evaluation.policyId, b.evaluation.policyId) ||
    byTarget(a.evaluation.target, b.evaluation.target) ||
    byText(a.evaluation.fingerprint, b.evaluation.fingerprint)
  );
}
