import type { Evaluation, Reason, Severity, Waiver as AcceptedBy } from '../model/results.js';
import { compareText } from '../policy/index.js';
import { coversReason } from './count-accepted.js';
import type { Waiver } from './waiver.js';

/**
 * A NON_COMPLIANT evaluation with the waivers that accept it, or some of its assertions; the rest of it is as it was,
 * but for the severity of one that is waived in part: that is the worst of what is left of it. It is waived as a whole when a waiver of the whole policy is there, or when each of its assertions that does not
 * hold is waived. Of several waivers the one that holds longest counts.
 */
export function marked(evaluation: Evaluation, accepting: readonly Waiver[]): Evaluation {
  if (accepting.length === 0) return evaluation;
  const ofAssertions = accepting.filter((it) => it.assert !== undefined);
  const byReason = evaluation.reasons.map((reason) =>
    lastsLongest(ofAssertions.filter((it) => coversReason(it.assert ?? [], reason))),
  );
  const reasons = evaluation.reasons.map((reason, index) => {
    const waiver = byReason[index];
    return waiver === undefined ? reason : { ...reason, waiver: waiver.id };
  });
  const whole = lastsLongest(accepting.filter((it) => it.assert === undefined)) ?? wholeOf(byReason);
  if (whole !== undefined) return { ...evaluation, reasons, waiver: acceptedBy(whole) };
  // What could not be read may fail as well, and is not accepted.
  const left = worstOf(reasons.filter((it) => it.waiver === undefined));
  return { ...evaluation, reasons, severity: left ?? evaluation.severity };
}

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

/** Undefined where the reasons do not say: all assertions of the policy have its own severity then. */
function worstOf(reasons: readonly Reason[]): Severity | undefined {
  return severities.find((severity) => reasons.some((it) => it.severity === severity));
}

/** All assertions waived one by one: it is a finding again when the first of these waivers ends. */
function wholeOf(byReason: readonly (Waiver | undefined)[]): Waiver | undefined {
  const all = byReason.filter((it) => it !== undefined);
  if (all.length === 0 || all.length < byReason.length) return undefined;
  return all.toSorted((a, b) => compareText(a.expires, b.expires) || compareText(a.id, b.id))[0];
}

function lastsLongest(waivers: readonly Waiver[]): Waiver | undefined {
  return waivers.toSorted((a, b) => compareText(b.expires, a.expires) || compareText(a.id, b.id))[0];
}

function acceptedBy(waiver: Waiver): AcceptedBy {
  const { id, reason, owner, expires, approvedBy, ticket, compensatingControl, file, line } = waiver;
  return {
    id,
    reason,
    owner,
    expires,
    approvedBy,
    ...(ticket === undefined ? {} : { ticket }),
    ...(compensatingControl === undefined ? {} : { compensatingControl }),
    file,
    line,
  };
}

/** An evaluation without what an earlier run marked on it. */
export function unmarked(evaluation: Evaluation): Evaluation {
  if (evaluation.waiver === undefined && evaluation.reasons.every((it) => it.waiver === undefined)) return evaluation;
  const { waiver: _, ...rest } = evaluation;
  const severity = worstOf(rest.reasons.filter((it) => it.unknown !== true)) ?? rest.severity;
  return { ...rest, severity, reasons: rest.reasons.map(unmarkedReason) };
}

function unmarkedReason(reason: Reason): Reason {
  const { waiver: _, ...rest } = reason;
  return rest;
}
