import { joinAlike, type AlikeFindings } from '../../model/alike-findings.js';
import { groupFindings } from '../../model/finding-groups.js';
import type { Evaluation, PolicySummary, Results, Waiver } from '../../model/results.js';
import { byTarget, byText, severityRank } from '../../text/order.js';

/** One thing to be fixed, and what follows from it. */
export interface Finding {
  /** With the worst severity of what follows from it. */
  readonly evaluation: Evaluation;
  readonly policy: PolicySummary;
  /** Ids of the accounts that it touches, its own included; sorted. An owner that is not known is left out. */
  readonly accounts: readonly string[];
  /** How many NON_COMPLIANT evaluations lead to it, itself included. */
  readonly evaluations: number;
  /** The same deviation in other accounts, each to be fixed at its own place. */
  readonly alike: readonly Evaluation[];
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
 * The findings of the results, and what waivers accept. Throws when an evaluation names a policy that the results do not
 * hold.
 */
export function causesOf(results: Results): Causes {
  const findings = described(results, joinAlike(groupFindings(results.evaluations, severityRank), byText));
  const accepted = results.evaluations.flatMap((evaluation): Accepted[] => {
    const { outcome, waiver } = evaluation;
    if (outcome !== 'NON_COMPLIANT' || waiver === undefined) return [];
    return [{ evaluation, waiver, follows: waiver.via !== undefined }];
  });
  return { findings, waived: accepted.length, accepted };
}

/** The findings of the results, worst first, one for each cause: also those that are alike each at its own place. */
export function findingsOf(results: Results): readonly Finding[] {
  const found = eachAtItsPlace.get(results) ?? findEach(results);
  eachAtItsPlace.set(results, found);
  return found;
}

/** Several parts of a report ask for them. */
const eachAtItsPlace = new WeakMap<Results, readonly Finding[]>();

const none: readonly Evaluation[] = [];

function findEach(results: Results): readonly Finding[] {
  const groups = groupFindings(results.evaluations, severityRank);
  return described(
    results,
    groups.map(({ root, members, severity }): AlikeFindings => ({ root, members, severity, alike: none })),
  );
}

function described(results: Results, groups: readonly AlikeFindings[]): readonly Finding[] {
  const policies = new Map(results.policies.map((policy) => [policy.id, policy]));
  const findings = groups.map(({ root, members, severity, alike }) => {
    const policy = policies.get(root.policyId);
    if (policy === undefined) throw new Error(`The results hold no policy ${root.policyId}, yet an evaluation of it.`);
    return {
      evaluation: root.severity === severity ? root : { ...root, severity },
      policy,
      accounts: accountsOf(members.length === 1 && members[0] === root ? members : [root, ...members]),
      evaluations: members.length,
      alike,
    };
  });
  return findings.toSorted(worstFirst);
}

function accountsOf(evaluations: readonly Evaluation[]): readonly string[] {
  const [first, second] = evaluations;
  if (first !== undefined && second === undefined && first.target.accountId !== 'unknown')
    return [first.target.accountId];
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
