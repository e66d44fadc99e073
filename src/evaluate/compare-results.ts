import type { Evaluation, Outcome, Results, Target } from '../model/results.js';
import { byPlace } from '../text/order.js';

/** One policy on one target, in two runs. */
export interface ChangedVerdict {
  readonly policyId: string;
  readonly target: Target;
  readonly before: Outcome;
  readonly after: Outcome;
  /** Of a finding that is one in both runs: ids of the assertions that fail now and did not, and the other way round. */
  readonly nowFail?: readonly string[];
  readonly noLongerFail?: readonly string[];
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
    else {
      const { policyId, target, message } = it;
      const verdict = { policyId, target, before: other.outcome, after: it.outcome };
      if (other.outcome !== it.outcome) changed.push({ ...verdict, message });
      else if (it.outcome === 'NON_COMPLIANT') changed.push(...otherAssertions(verdict, other, it));
    }
  }
  const onlyBefore = before.evaluations.filter((it) => !later.has(it.fingerprint)).toSorted(byPlace);
  return { changed, onlyBefore, onlyAfter };
}

/** A finding that stays one, over other assertions. */
function otherAssertions(
  verdict: Omit<ChangedVerdict, 'message'>,
  before: Evaluation,
  after: Evaluation,
): readonly ChangedVerdict[] {
  const [then, now] = [before, after].map(failingIn);
  const nowFail = [...(now ?? [])].filter((id) => then?.has(id) !== true);
  const noLongerFail = [...(then ?? [])].filter((id) => now?.has(id) !== true);
  if (nowFail.length === 0 && noLongerFail.length === 0) return [];
  return [{ ...verdict, nowFail, noLongerFail, message: after.message }];
}

function failingIn({ reasons }: Evaluation): ReadonlySet<string> {
  return new Set(reasons.filter((it) => it.unknown !== true && it.assert !== 'when').map((it) => it.assert));
}
