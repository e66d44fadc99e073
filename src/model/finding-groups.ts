import type { Evaluation, Severity } from './results.js';

/** One finding: NON_COMPLIANT evaluations that no waiver accepts, and that have one cause. */
export interface FindingGroup {
  /** Where the cause is to be fixed. */
  readonly root: Evaluation;
  /** Not accepted by a waiver, in the order of the results; the root is among them. */
  readonly members: readonly Evaluation[];
  /** The worst among the members: what follows from a finding may be worse than the finding by itself. */
  readonly severity: Severity;
}

/** How much less bad one severity is than another: 0 the worst. */
type Rank = (severity: Severity) => number;

/**
 * Groups NON_COMPLIANT evaluations by what is to be fixed: `causedBy` is followed to its end. An evaluation whose cause is
 * not among the results, or does not fail there, is a finding of its own, so that nothing that fails can drop out of a
 * report. Where a waiver accepts the cause but not all that follows from it, the worst of the rest stands for the rest.
 */
export function groupFindings(evaluations: readonly Evaluation[], rank: Rank): readonly FindingGroup[] {
  const groups = grouped.get(evaluations) ?? groupsOf(evaluations, rank);
  grouped.set(evaluations, groups);
  return groups;
}

/** Counts and several reports ask for them, and nobody changes a list of evaluations. */
const grouped = new WeakMap<readonly Evaluation[], readonly FindingGroup[]>();

function groupsOf(evaluations: readonly Evaluation[], rank: Rank): readonly FindingGroup[] {
  const failing = evaluations.filter((it) => it.outcome === 'NON_COMPLIANT');
  // Few of them are the cause of others.
  const causes = new Set(failing.map((it) => it.causedBy));
  const byFingerprint = new Map(failing.filter((it) => causes.has(it.fingerprint)).map((it) => [it.fingerprint, it]));
  const groups: { readonly cause: Evaluation; readonly members: Evaluation[] }[] = [];
  const byCause = new Map<Evaluation, Evaluation[]>();
  for (const evaluation of failing) {
    if (evaluation.waiver !== undefined) continue;
    const cause = endOfCauses(evaluation, byFingerprint);
    const members = byCause.get(cause);
    if (members !== undefined) {
      members.push(evaluation);
      continue;
    }
    const group = { cause, members: [evaluation] };
    groups.push(group);
    // Most are alone.
    if (cause !== evaluation || causes.has(evaluation.fingerprint)) byCause.set(cause, group.members);
  }
  return groups.map(({ cause, members }) => {
    const worst = worstOf(members, rank);
    return { root: cause.waiver === undefined ? cause : worst, members, severity: worst.severity };
  });
}

/** Where the chain of causes ends. In a circle, which only a broken file has, at the smallest fingerprint. */
export function endOfCauses(evaluation: Evaluation, byFingerprint: ReadonlyMap<string, Evaluation>): Evaluation {
  if (evaluation.causedBy === undefined) return evaluation;
  const chain = [evaluation];
  for (let at = evaluation; at.causedBy !== undefined;) {
    const next = byFingerprint.get(at.causedBy);
    if (next === undefined) return at;
    const seenAt = chain.indexOf(next);
    if (seenAt >= 0) {
      return chain.slice(seenAt).reduce((least, it) => (it.fingerprint < least.fingerprint ? it : least), next);
    }
    chain.push(next);
    at = next;
  }
  return chain.at(-1) ?? evaluation;
}

/** Of several that are as bad the one with the smallest fingerprint, whatever their order. */
function worstOf(members: readonly Evaluation[], rank: Rank): Evaluation {
  return members.reduce((worst, it) => {
    const better = rank(it.severity) - rank(worst.severity);
    return better < 0 || (better === 0 && it.fingerprint < worst.fingerprint) ? it : worst;
  });
}
