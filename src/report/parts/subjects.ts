import type { Evaluation, PolicySummary, Results } from '../../model/results.js';
import { byPlace } from '../../text/order.js';
import { prose, visible } from '../../text/printable.js';
import { failingMessage, unwaivedReasons } from './failing-message.js';
import { findingsOf } from './findings.js';

/** An evaluation as other systems are told of it, one by one. */
export interface Subject {
  /** Of a finding, with the worst severity of what follows from it. */
  readonly evaluation: Evaluation;
  readonly policy: PolicySummary;
  /** Ids of the other accounts that a finding touches, sorted. */
  readonly touched: readonly string[];
}

/**
 * Every evaluation but those that fail, or are waived, for a cause elsewhere: the cause is told, with the accounts that it
 * touches. By account, target and policy.
 */
export function subjectsOf(results: Results): readonly Subject[] {
  const findings = new Map(findingsOf(results).map((it) => [it.evaluation.fingerprint, it]));
  const fingerprints = new Set(results.evaluations.map((it) => it.fingerprint));
  const policies = new Map(results.policies.map((it) => [it.id, it]));
  return results.evaluations.toSorted(byPlace).flatMap((evaluation): Subject[] => {
    const policy = policies.get(evaluation.policyId);
    if (policy === undefined) throw new Error(`The results hold no policy ${evaluation.policyId}.`);
    const { outcome, waiver, target } = evaluation;
    if (outcome !== 'NON_COMPLIANT') return [{ evaluation, policy, touched: [] }];
    if (waiver !== undefined) {
      const isTold = waiver.via !== undefined && fingerprints.has(waiver.via);
      return isTold ? [] : [{ evaluation, policy, touched: [] }];
    }
    const finding = findings.get(evaluation.fingerprint);
    if (finding === undefined) return [];
    const touched = finding.accounts.filter((it) => it !== target.accountId);
    return [{ evaluation: finding.evaluation, policy, touched }];
  });
}

/** What is said of a subject, in one line. */
export function subjectMessage({ evaluation }: Subject): string {
  return prose(failingMessage(evaluation)) || evaluation.outcome;
}

/** Why it came out so, and what sets it apart: its reasons, the waiver, that it is of an earlier run. One line each. */
export function subjectDetails({ evaluation }: Subject): readonly string[] {
  const { waiver, carriedForward } = evaluation;
  const accepted =
    waiver === undefined
      ? []
      : [`Waived by ${waiver.id} until ${waiver.expires}, owner ${waiver.owner}: ${waiver.reason}`];
  const earlier =
    carriedForward === undefined ? [] : [`Not evaluated again in this run; last seen on ${carriedForward.lastSeen}.`];
  const reasons = unwaivedReasons(evaluation).map((it) => it.message);
  return [...new Set([...accepted, ...earlier, ...reasons].map(prose))].filter((it) => it !== '');
}

/** A name or id in one line of visible characters, and never empty. */
export function shown(text: string | undefined, otherwise: string): string {
  const name = text === undefined ? '' : visible(text);
  return name.trim() === '' ? otherwise : name;
}
