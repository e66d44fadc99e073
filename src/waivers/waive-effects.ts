import { endOfCauses } from '../model/finding-groups.js';
import type { Evaluation } from '../model/results.js';

/** Whether the waiver of a cause speaks of an account, too. */
export type Covers = (waiverId: string, accountId: string) => boolean;

/**
 * Marks what follows from a waived cause: it is one finding, and so it is accepted as one, in the accounts that the
 * waiver speaks of. Only the end of the chain of causes counts, as in reports.
 */
export function withEffects(evaluations: readonly Evaluation[], covers: Covers): readonly Evaluation[] {
  const failing = new Map(evaluations.filter((it) => it.outcome === 'NON_COMPLIANT').map((it) => [it.fingerprint, it]));
  return evaluations.map((it) => {
    if (it.outcome !== 'NON_COMPLIANT' || it.causedBy === undefined || it.waiver !== undefined) return it;
    const cause = endOfCauses(it, failing);
    if (cause.waiver === undefined || !covers(cause.waiver.id, it.target.accountId)) return it;
    return { ...it, waiver: { ...cause.waiver, via: cause.fingerprint } };
  });
}
