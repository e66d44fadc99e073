import type { Inventory } from '../../model/inventory.js';
import { isNamedByResources } from '../../model/resource-kinds.js';
import type { Evaluation, Gap, Results } from '../../model/results.js';
import { stillFindable } from './still-findable.js';

/** What became of an earlier finding. */
export type FindingStatus =
  | { readonly is: 'evaluated' }
  /** This run could not tell; `instead` is what it says where the finding was. */
  | { readonly is: 'open'; readonly instead: Evaluation | undefined }
  | { readonly is: 'closed'; readonly reason: string };

/**
 * Tells the status of earlier findings. None is dropped unless it was evaluated anew, or there is a reason to state: its
 * account is gone or out of scope, its policy is not evaluated, or its target no longer exists, and all
 * that could have named it was read.
 */
export function findingStatuses(
  results: Results,
  inventory: Inventory,
  sourceBefore: string,
): (finding: Evaluation) => FindingStatus {
  const byFingerprint = new Map(results.evaluations.map((it) => [it.fingerprint, it]));
  const unknownByTarget = new Map(
    results.evaluations.filter(isOpen).map((it) => [`${it.policyId} ${it.target.arn ?? it.target.id}`, it]),
  );
  const policies = new Set(results.policies.map(({ id }) => id));
  const accounts = new Map(inventory.accounts.map((account) => [account.id, account]));
  const unreadable = new Set(results.coverage.accounts.unreadable.map(({ id }) => id));
  const failed = results.gaps.filter(isFailure);
  const accountsWithGaps = new Set(failed.map(({ accountId }) => accountId));
  const isFindable = stillFindable(inventory, sourceBefore === results.run.source);
  return (finding) => {
    const { policyId, target, fingerprint } = finding;
    const disabled = results.disabled?.find((it) => it.policyId === policyId && it.accounts.includes(target.accountId));
    if (disabled !== undefined) {
      const { reason, file, line } = disabled;
      return { is: 'closed', reason: `policy ${policyId} is disabled (${file}:${line}): ${reason}` };
    }
    if (!policies.has(policyId)) return { is: 'closed', reason: `policy ${policyId} is no longer evaluated` };
    const now = byFingerprint.get(fingerprint);
    if (now !== undefined) return isOpen(now) ? { is: 'open', instead: now } : { is: 'evaluated' };
    const unknown = unknownByTarget.get(`${policyId} ${target.arn ?? target.id}`);
    if (unknown !== undefined) return { is: 'open', instead: unknown };
    // What resources name may be in an account that is out of scope, or of no organization.
    if (isNamedByResources(target.type) && !isFindable(target)) return { is: 'open', instead: undefined };
    const account = accounts.get(target.accountId);
    if (account?.outOfScope !== undefined)
      return { is: 'closed', reason: `account ${target.accountId} is out of scope: ${account.outOfScope}` };
    if (account === undefined && target.accountId !== 'unknown') {
      const mayBeUnlisted = unreadable.has('unknown');
      if (mayBeUnlisted) return { is: 'open', instead: undefined };
      return { is: 'closed', reason: `account ${target.accountId} has left the organization` };
    }
    const mayHideThere = unreadable.has(target.accountId) || accountsWithGaps.has(target.accountId);
    if (mayHideThere || !isFindable(target)) return { is: 'open', instead: undefined };
    return { is: 'closed', reason: 'its target no longer exists' };
  };
}

function isOpen({ outcome }: Evaluation): boolean {
  return outcome === 'INSUFFICIENT_DATA';
}

/** What was tried and failed. What nobody asked for, or AWS Config never records, hides nothing that was seen before. */
function isFailure({ reason }: Gap): boolean {
  return reason === 'access-denied' || reason === 'throttled' || reason === 'error';
}
