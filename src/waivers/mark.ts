import type { Evaluation, Reason, Severity, Waiver as AcceptedBy } from '../model/results.js';
import { coversReason } from './count-accepted.js';
import type { Waiver } from './waiver.js';
import { byText, severities } from '../text/order.js';

/**
 * A NON_COMPLIANT evaluation with the waivers that accept it, or some of its assertions. It is waived as a whole when
 * each of its assertions that does not hold is waived, by a waiver of that assertion or of the whole policy; one that is
 * not known cannot be accepted. What is waived in part has the severity of the worst that is left. Of several waivers
 * the one that holds longest counts.
 */
export function marked(evaluation: Evaluation, accepting: readonly Waiver[]): Evaluation {
  if (accepting.length === 0) return evaluation;
  const whole = lastsLongest(accepting.filter((it) => it.assert === undefined));
  const isKnown = evaluation.reasons.every((it) => it.unknown !== true);
  const byReason = evaluation.reasons.map((reason) => reasonWaiver(reason, accepting, isKnown ? undefined : whole));
  const reasons = evaluation.reasons.map((reason, index) => {
    const waiver = byReason[index];
    return waiver === undefined ? reason : { ...reason, waiver: waiver.id };
  });
  const waiver = isKnown ? (whole ?? wholeOf(byReason)) : undefined;
  if (waiver !== undefined) return { ...evaluation, reasons, waiver: acceptedBy(waiver) };
  // What could not be read may fail as well, and is not accepted.
  const left = worstOf(reasons.filter((it) => it.waiver === undefined));
  return { ...evaluation, reasons, severity: left ?? evaluation.severity };
}

/** The waiver that accepts one assertion: one that names it, else the one of the whole policy. */
function reasonWaiver(reason: Reason, accepting: readonly Waiver[], whole: Waiver | undefined): Waiver | undefined {
  const named = accepting.filter((it) => it.assert !== undefined && coversReason(it.assert, reason));
  return lastsLongest(named) ?? (reason.unknown === true ? undefined : whole);
}

/** Undefined where the reasons do not say: all assertions of the policy have its own severity then. */
function worstOf(reasons: readonly Reason[]): Severity | undefined {
  return severities.find((severity) => reasons.some((it) => it.severity === severity));
}

/** All assertions waived one by one: it is a finding again when the first of these waivers ends. */
function wholeOf(byReason: readonly (Waiver | undefined)[]): Waiver | undefined {
  const all = byReason.filter((it) => it !== undefined);
  if (all.length === 0 || all.length < byReason.length) return undefined;
  return all.toSorted((a, b) => byText(a.expires, b.expires) || byText(a.id, b.id))[0];
}

function lastsLongest(waivers: readonly Waiver[]): Waiver | undefined {
  return waivers.toSorted((a, b) => byText(b.expires, a.expires) || byText(a.id, b.id))[0];
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
