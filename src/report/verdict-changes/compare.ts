import type { Evaluation, Outcome, Results, Severity, Target } from '../../model/results.js';
import { byId, byPlace, byText } from '../../text/order.js';

/** What one set of policies says of a target. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly severity: Severity;
  /** Of a non-compliant target: the assertions that fail or are not known, sorted. */
  readonly assertions: readonly string[];
}

/** Undefined on one side: that set of policies asks nothing of the target there. */
export interface VerdictChange {
  readonly policyId: string;
  readonly target: Target;
  readonly before?: Verdict;
  readonly after?: Verdict;
}

/** A policy that only one of the sets has, with its outcomes. */
export interface LonePolicy {
  readonly id: string;
  readonly title: string;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
}

export interface VerdictChanges {
  /** Of policies that both have, by account, target and policy. */
  readonly changed: readonly VerdictChange[];
  /** How many verdicts of these stay as they were. */
  readonly unchanged: number;
  readonly added: readonly LonePolicy[];
  readonly removed: readonly LonePolicy[];
}

/** Which verdicts differ between two sets of policies on one inventory. */
export function verdictChanges(before: Results, after: Results): VerdictChanges {
  const idsBefore = new Set(before.policies.map((it) => it.id));
  const idsAfter = new Set(after.policies.map((it) => it.id));
  const old = new Map(before.evaluations.filter((it) => idsAfter.has(it.policyId)).map((it) => [it.fingerprint, it]));
  const now = new Map(after.evaluations.filter((it) => idsBefore.has(it.policyId)).map((it) => [it.fingerprint, it]));
  const all = new Map([...old, ...now]);
  const changed = [...all.values()].toSorted(byPlace).flatMap((it) => {
    const change = changeOf(it, old.get(it.fingerprint), now.get(it.fingerprint));
    return isChange(change) ? [change] : [];
  });
  return {
    changed,
    unchanged: all.size - changed.length,
    added: lonePolicies(after, idsBefore),
    removed: lonePolicies(before, idsAfter),
  };
}

function changeOf({ policyId, target }: Evaluation, before?: Evaluation, after?: Evaluation): VerdictChange {
  return {
    policyId,
    target,
    ...(before === undefined ? {} : { before: verdictOf(before) }),
    ...(after === undefined ? {} : { after: verdictOf(after) }),
  };
}

function verdictOf({ outcome, severity, reasons }: Evaluation): Verdict {
  const assertions = outcome === 'NON_COMPLIANT' ? reasons.map((it) => it.assert).toSorted(byText) : [];
  return { outcome, severity, assertions };
}

/** Severity tells of findings: of a target that complies it changes nothing. */
function isChange({ before, after }: VerdictChange): boolean {
  if (before === undefined || after === undefined) return true;
  if (before.outcome !== after.outcome) return true;
  if (before.outcome !== 'NON_COMPLIANT') return false;
  return before.severity !== after.severity || before.assertions.join('\n') !== after.assertions.join('\n');
}

function lonePolicies({ policies, evaluations }: Results, others: ReadonlySet<string>): readonly LonePolicy[] {
  return policies
    .filter((it) => !others.has(it.id))
    .map(({ id, title }) => {
      const outcomes: Partial<Record<Outcome, number>> = {};
      for (const it of evaluations) {
        if (it.policyId === id) outcomes[it.outcome] = (outcomes[it.outcome] ?? 0) + 1;
      }
      return { id, title, outcomes };
    })
    .toSorted(byId);
}
