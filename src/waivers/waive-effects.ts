import type { Evaluation } from '../model/results.js';

/**
 * Marks what follows from a waived cause: it is one finding, and so it is accepted as one. Only the end of the chain
 * of causes counts, as in reports; a circle of causes has none.
 */
export function withFollowers(evaluations: readonly Evaluation[]): readonly Evaluation[] {
  const failing = new Map(evaluations.filter((it) => it.outcome === 'NON_COMPLIANT').map((it) => [it.fingerprint, it]));
  return evaluations.map((it) => {
    if (it.outcome !== 'NON_COMPLIANT' || it.causedBy === undefined || it.waiver !== undefined) return it;
    const cause = endOfChain(it, failing);
    if (cause?.waiver === undefined) return it;
    return { ...it, waiver: { ...cause.waiver, via: cause.fingerprint } };
  });
}

function endOfChain(evaluation: Evaluation, failing: ReadonlyMap<string, Evaluation>): Evaluation | undefined {
  const seen = new Set<string>();
  let at = evaluation;
  while (at.causedBy !== undefined) {
    if (seen.has(at.fingerprint)) return undefined;
    seen.add(at.fingerprint);
    const next = failing.get(at.causedBy);
    if (next === undefined) break;
    at = next;
  }
  return at;
}
