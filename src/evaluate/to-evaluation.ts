import { outOfRange } from '../expression/index.js';
import type { Evaluation, Gap, Reason, Severity, Target } from '../model/results.js';
import type { CompiledPolicy, Decision } from '../policy/index.js';
import { fingerprintOf } from './fingerprint.js';
import type { SharedParts } from './shared-parts.js';
import { severityRank } from '../text/order.js';

/** What a decision is in the results. */
export function toEvaluation(
  policy: CompiledPolicy,
  target: Target,
  decision: Decision,
  partition: string,
  gapOf: (id: string) => Gap | undefined,
  parts: SharedParts,
): Evaluation {
  const message = parts.of(messageOf(policy, decision, gapOf));
  // Its reasons hold the message of a finding: where that is new, so are they.
  const isOwn = decision.outcome === 'NON_COMPLIANT' && parts.wasNew;
  const reasons = reasonsOf(policy, decision, parts);
  return {
    policyId: policy.id,
    outcome: decision.outcome,
    severity: severityOf(policy, decision),
    target,
    message,
    reasons: isOwn ? reasons : parts.of(reasons),
    evidence: evidenceOf(decision, parts),
    gaps: decision.gaps.length === 0 ? none : parts.of(decision.gaps),
    fingerprint: fingerprintOf(policy.id, partition, target),
  };
}

const none: readonly string[] = [];

/** The policy's, or the worst of the assertions that fail. */
function severityOf(policy: CompiledPolicy, decision: Decision): Severity {
  if (decision.outcome !== 'NON_COMPLIANT') return policy.document.severity;
  let worst: Severity | undefined;
  for (const { result, severity } of decision.assertions) {
    if (result !== 'fails') continue;
    if (worst === undefined || severityRank(severity) < severityRank(worst)) worst = severity;
  }
  return worst ?? policy.document.severity;
}

function messageOf(policy: CompiledPolicy, decision: Decision, gapOf: (id: string) => Gap | undefined): string {
  switch (decision.outcome) {
    case 'COMPLIANT': {
      return holds(policy);
    }
    case 'NON_COMPLIANT': {
      const messages = decision.assertions.filter((it) => it.result === 'fails').map((it) => it.message ?? '');
      // One is the text of its reason: joined it would be a copy.
      return messages.length === 1 ? (messages[0] ?? '') : messages.join(' ');
    }
    case 'NOT_APPLICABLE': {
      const because = (decision.when?.because ?? []).map(({ expr, value }) => `${expr} is ${value}`);
      return `Does not apply: ${because.join(', ')}.`;
    }
    case 'INSUFFICIENT_DATA': {
      return `Not known: ${policy.document.title}. ${whyUnknown(decision, gapOf)}`;
    }
  }
}

/** The same for each target, and most of what is said. */
function holds({ document }: CompiledPolicy): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const text = `Holds: ${document.title}.`;
  texts.set(document, text);
  return text;
}

const texts = new WeakMap<CompiledPolicy['document'], string>();

/** What could not be read; where everything was, the part that cannot be computed. */
function whyUnknown(decision: Decision, gapOf: (id: string) => Gap | undefined): string {
  if (decision.gaps.length > 0) return describeGaps(decision.gaps, gapOf);
  const explanations = [decision.when, ...decision.assertions.map((it) => it.explanation)];
  const parts = explanations.flatMap((it) => it?.because ?? []).filter((it) => it.value === outOfRange);
  const named = [...new Set(parts.map((it) => it.expr))].join(', ');
  return `${named === '' ? 'A value' : named} is out of range: it lies beyond what numbers, times and durations hold. Change the parameter or the policy.`;
}

const shownGaps = 3;

/** What was refused by where it was asked; what no call could have told says so itself. */
export function describeGaps(ids: readonly string[], gapOf: (id: string) => Gap | undefined): string {
  const gaps = ids.flatMap((id) => gapOf(id) ?? []);
  if (gaps.length === 0) return 'What decides could not be read.';
  const shown = gaps.slice(0, shownGaps);
  const unread = shown
    .filter((gap) => gap.reason !== 'unsupported')
    .map((gap) => {
      const region = gap.region === 'global' ? '' : `, ${gap.region}`;
      return `${gap.call} in account ${gap.accountId}${region} (${gap.reason.replaceAll('-', ' ')})`;
    });
  const untold = shown.filter((gap) => gap.reason === 'unsupported').map((gap) => gap.message);
  const more = gaps.length > shownGaps ? [`And ${gaps.length - shownGaps} more could not be read.`] : [];
  return [...(unread.length === 0 ? [] : [`Could not be read: ${unread.join('; ')}.`]), ...untold, ...more].join(' ');
}

function reasonsOf(policy: CompiledPolicy, decision: Decision, parts: SharedParts): Reason[] {
  const when = decision.when === undefined ? [] : [{ assert: 'when', message: '', because: decision.when.because }];
  // A waiver of one assertion leaves the finding the severity of the others.
  const isMixed = policy.assertions.some((it) => it.severity !== policy.document.severity);
  const isFinding = decision.outcome === 'NON_COMPLIANT';
  const decisive = decision.assertions.filter((it) => !isFinding || it.result !== 'holds');
  // What map() gives has no spare room: results keep it.
  const reasons = decisive.map((it) => {
    const reason = reasonOf(it, parts);
    if (!isFinding) return reason;
    // In a finding what is not known is told apart from what fails, which alone a waiver can accept.
    const unknown = it.result === 'unknown' ? { unknown: true as const } : {};
    return Object.assign(reason, unknown, isMixed ? { severity: it.severity } : {});
  });
  if (isFinding || decision.outcome === 'COMPLIANT' || when.length === 0) return reasons;
  return [...when, ...reasons];
}

function reasonOf(
  { id, result, message = '', explanation }: Decision['assertions'][number],
  parts: SharedParts,
): Reason {
  const text = { holds: 'holds', fails: message, unknown: 'not known' }[result];
  return { assert: id, message: text, because: parts.of(explanation?.because ?? []) };
}

function evidenceOf(decision: Decision, parts: SharedParts): readonly string[] {
  // Many fields rest on the same list.
  const lists: (readonly string[])[] = [];
  for (const { object, field } of decision.reads) {
    const list = object.evidence(field);
    if (list.length > 0 && !lists.includes(list)) lists.push(list);
  }
  return lists.length === 0 ? none : parts.evidenceOf(lists);
}
