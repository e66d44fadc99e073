import type { Evaluation, Outcome, Results, Target } from '../model/results.js';
import { byPlace } from '../text/order.js';

/** One policy on one target, in two runs. */
export interface ChangedVerdict {
  readonly policyId: string;
  readonly target: Target;
  readonly before: Outcome;
  readonly after: Outcome;
  /** What the later run says of it. */
  readonly message: string;
}

/** What became of verdicts from one run to the next. */
export interface ResultsDifference {
  readonly changed: readonly ChangedVerdict[];
  /** Only in the first: a target or policy that is no longer there. */
  readonly onlyBefore: readonly Evaluation[];
  /** Only in the second. */
  readonly onlyAfter: readonly Evaluation[];
}

/** Compares two runs verdict by verdict; the same policy on the same target has the same fingerprint in both. */
export function compareResults(before: Results, after: Results): ResultsDifference {
  const earlier = new Map(before.evaluations.map((it) => [it.fingerprint, it]));
  const later = new Set(after.evaluations.map((it) => it.fingerprint));
  const changed: ChangedVerdict[] = [];
  const onlyAfter: Evaluation[] = [];
  for (const it of after.evaluations.toSorted(byPlace)) {
    const other = earlier.get(it.fingerprint);
    if (other === undefined) onlyAfter.push(it);
    else if (other.outcome !== it.outcome) {
      const { policyId, target, message } = it;
      changed.push({ policyId, target, before: other.outcome, after: it.outcome, message });
    }
  }
  const onlyBefore = before.evaluations.filter((it) => !later.has(it.fingerprint)).toSorted(byPlace);
  return { changed, onlyBefore, onlyAfter };
}
