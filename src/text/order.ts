import type { Evidence } from '../model/inventory.js';
import type { Evaluation, Outcome, Severity, Target } from '../model/results.js';

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

export const outcomes: readonly Outcome[] = ['COMPLIANT', 'NON_COMPLIANT', 'INSUFFICIENT_DATA', 'NOT_APPLICABLE'];

/** 0 for critical, 4 for informational. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Compares by UTF-16 code units: the same on every machine, whatever its locale. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether texts stand in that order already, each once. */
export function isAscending(texts: readonly string[]): boolean {
  for (let at = 1; at < texts.length; at += 1) {
    if ((texts[at - 1] ?? '') >= (texts[at] ?? '')) return false;
  }
  return true;
}

/** By account, Region, type and id. */
export function byTarget(a: Target, b: Target): number {
  return byText(a.accountId, b.accountId) || byText(a.region, b.region) || byText(a.type, b.type) || byText(a.id, b.id);
}

type Judged = Pick<Evaluation, 'policyId' | 'target' | 'fingerprint'>;

/** By account, target and policy: the order of every list of evaluations and of what became of them. */
export function byPlace(a: Judged, b: Judged): number {
  return byTarget(a.target, b.target) || byText(a.policyId, b.policyId) || byText(a.fingerprint, b.fingerprint);
}

export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return byText(a.id, b.id);
}

/** Trails, stores, keys: what an ARN names. */
export function byArn(a: { readonly arn: string }, b: { readonly arn: string }): number {
  return byText(a.arn, b.arn);
}

type Placed = Pick<Evidence, 'accountId' | 'region' | 'call' | 'item' | 'resource' | 'id'>;

/** The order of evidence and gaps in an inventory. */
export function byRecord(a: Placed, b: Placed): number {
  for (const key of ['accountId', 'region', 'call', 'item', 'resource', 'id'] as const) {
    const order = byText(a[key] ?? '', b[key] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
