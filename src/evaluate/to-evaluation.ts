import type { Evaluation, Gap, Reason, Severity, Target } from '../model/results.js';
import type { CompiledPolicy, Decision } from '../policy/index.js';
import { fingerprintOf } from './fingerprint.js';
import { severityRank } from './order.js';

/** What a decision is in the results. */
export function toEvaluation(
  policy: CompiledPolicy,
  target: Target,
  decision: Decision,
  partition: string,
  gapOf: (id: string) => Gap | undefined,
): Evaluation {
  return {
    policyId: policy.id,
    outcome: decision.outcome,
    severity: severityOf(policy, decision),
    target,
    message: messageOf(policy, decision, gapOf),
    reasons: reasonsOf(decision),
    evidence: evidenceOf(decision),
    gaps: decision.gaps,
    fingerprint: fingerprintOf(policy.id, partition, target),
  };
}

/** The policy's, or the worst of the assertions that fail. */
function severityOf(policy: CompiledPolicy, decision: Decision): Severity {
  const failing = decision.assertions.filter((it) => it.result === 'fails').map((it) => it.severity);
  return failing.toSorted((a, b) => severityRank(a) - severityRank(b))[0] ?? policy.document.severity;
}

function messageOf(policy: CompiledPolicy, decision: Decision, gapOf: (id: string) => Gap | undefined): string {
  switch (decision.outcome) {
    case 'COMPLIANT': {
      return `Holds: ${policy.document.title}.`;
    }
    case 'NON_COMPLIANT': {
      return decision.assertions
        .filter((it) => it.result === 'fails')
        .map((it) => it.message ?? '')
        .join(' ');
    }
    case 'NOT_APPLICABLE': {
      const because = (decision.when?.because ?? []).map(({ expr, value }) => `${expr} is ${value}`);
      return `Does not apply: ${because.join(', ')}.`;
    }
    case 'INSUFFICIENT_DATA': {
      return `Not known: ${policy.document.title}. ${describeGaps(decision.gaps, gapOf)}`;
    }
  }
}

const shownGaps = 3;

function describeGaps(ids: readonly string[], gapOf: (id: string) => Gap | undefined): string {
  const gaps = ids.flatMap((id) => gapOf(id) ?? []);
  const shown = gaps.slice(0, shownGaps).map((gap) => {
    const region = gap.region === 'global' ? '' : `, ${gap.region}`;
    return `${gap.call} in account ${gap.accountId}${region} (${gap.reason.replaceAll('-', ' ')})`;
  });
  const more = gaps.length > shownGaps ? ` and ${gaps.length - shownGaps} more` : '';
  return shown.length === 0 ? 'What decides could not be read.' : `Could not be read: ${shown.join('; ')}${more}.`;
}

function reasonsOf(decision: Decision): Reason[] {
  const when = decision.when === undefined ? [] : [{ assert: 'when', message: '', because: decision.when.because }];
  const decisive = decision.assertions.filter((it) => decision.outcome !== 'NON_COMPLIANT' || it.result !== 'holds');
  return [
    ...(decision.outcome === 'NON_COMPLIANT' || decision.outcome === 'COMPLIANT' ? [] : when),
    ...decisive.map((it) => {
      const because = it.explanation?.because ?? [];
      if (it.result === 'fails') return { assert: it.id, message: it.message ?? '', because };
      if (it.result === 'holds') return { assert: it.id, message: 'holds', because };
      const reason = { assert: it.id, message: 'not known', because };
      // In a finding it is told apart from what fails, which alone a waiver can accept.
      return decision.outcome === 'NON_COMPLIANT' ? Object.assign(reason, { unknown: true as const }) : reason;
    }),
  ];
}

function evidenceOf(decision: Decision): string[] {
  const ids = new Set<string>();
  for (const { object, field } of decision.reads) {
    for (const id of object.evidence(field)) ids.add(id);
  }
  return [...ids].toSorted();
}
