import { endOfCauses } from '../model/finding-groups.js';
import type { Evaluation } from '../model/results.js';

/** The cause as those of its waivers accept it that speak of an account, too; undefined: of all accounts. */
export type AcceptedIn = (cause: Evaluation, accountId: string | undefined) => Evaluation;

/**
 * Marks what follows from a waived cause: it is one finding, and so it is accepted as one, in the accounts that its
 * waivers speak of: what an organization lacks, all of them lack. Only the end of the chain of causes counts, as in reports.
 */
export function withEffects(evaluations: readonly Evaluation[], acceptedIn: AcceptedIn): readonly Evaluation[] {
  const failing = new Map(evaluations.filter((it) => it.outcome === 'NON_COMPLIANT').map((it) => [it.fingerprint, it]));
  return evaluations.map((it) => {
    if (it.outcome !== 'NON_COMPLIANT' || it.causedBy === undefined || it.waiver !== undefined) return it;
    const cause = endOfCauses(it, failing);
    if (cause.waiver === undefined) return it;
    const { type, accountId } = it.target;
    const { waiver } = acceptedIn(cause, type === 'organization' ? undefined : accountId);
    return waiver === undefined ? it : { ...it, waiver: { ...waiver, via: cause.fingerprint } };
  });
}
