import { UsageError } from '../../model/errors.js';
import type { Inventory } from '../../model/inventory.js';
import type { AccountReason, Evaluation, PolicySummary, Results } from '../../model/results.js';
import { fingerprintOf } from '../fingerprint.js';

/** Of the rule under which accounts that could not be read are findings themselves. */
export const readablePolicyId = 'account-is-readable';

/** The rule as a policy of the results; no file declares it. */
export function readablePolicy(targets: number): PolicySummary {
  return {
    id: readablePolicyId,
    title: 'The account can be read',
    severity: 'high',
    target: 'account',
    targets,
    controls: [],
    description: 'Trailproof can enter the account and list its trails.',
    rationale: 'What cannot be read cannot be evaluated: earlier findings stay open, and new ones stay unseen.',
    remediation: { text: 'Create the role that trailproof permissions prints, and let the caller assume it.' },
    params: {},
    source: 'builtin',
  };
}

/** A finding for each account that could not be read. Accounts that nobody listed have no id to find them by. */
export function unreadableAccounts(results: Results, { accounts, partition }: Inventory): Evaluation[] {
  if (results.policies.some(({ id }) => id === readablePolicyId)) {
    throw new UsageError(
      `A policy is called ${readablePolicyId}, the id under which --previous lists accounts that cannot be read.`,
      'Give the policy another id.',
    );
  }
  const gaps = new Set(results.gaps.map(({ id }) => id));
  const gapOf = new Map(accounts.flatMap(({ id, ownTrails: it }) => (it.state === 'unknown' ? [[id, it.gap]] : [])));
  return results.coverage.accounts.unreadable
    .filter(({ id }) => id !== 'unknown')
    .map((account) => {
      const gap = gapOf.get(account.id);
      return notReadable(account, gap !== undefined && gaps.has(gap) ? [gap] : [], partition);
    });
}

function notReadable({ id, name, reason }: AccountReason, gaps: readonly string[], partition: string): Evaluation {
  const target = { type: 'account', id, name, accountId: id, region: 'global' } as const;
  return {
    policyId: readablePolicyId,
    outcome: 'NON_COMPLIANT',
    severity: 'high',
    target,
    message: `Account ${id} could not be read: ${reason}. Its earlier findings stay open, and new ones stay unseen.`,
    reasons: [],
    evidence: [],
    gaps,
    fingerprint: fingerprintOf(readablePolicyId, partition, target),
  };
}
