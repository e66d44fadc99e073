import type { Inventory } from '../model/inventory.js';
import type { Evaluation, Target } from '../model/results.js';
import type { CompiledPolicy } from '../policy/index.js';
import { byText } from '../text/order.js';
import { fingerprintOf } from './fingerprint.js';

/**
 * The evaluation of a policy whose point is that there is a target, where there is none.
 *
 * @param unread the gaps for which there may be one all the same: then it is not known
 */
export function withoutTargets(policy: CompiledPolicy, inventory: Inventory, unread: readonly string[]): Evaluation {
  const target = wholeTarget(inventory);
  const gaps = [...new Set(unread)].toSorted(byText);
  const isKnown = gaps.length === 0;
  return {
    policyId: policy.id,
    outcome: isKnown ? 'NON_COMPLIANT' : 'INSUFFICIENT_DATA',
    severity: policy.document.severity,
    target,
    message: isKnown
      ? `There is no ${policy.target} at all, and this policy asks for one: ${policy.document.title}.`
      : `No ${policy.target} was found, but not everything could be read: ${policy.document.title}.`,
    reasons: [{ assert: 'on-no-targets', message: 'no target', because: [{ expr: 'targets', value: 0 }] }],
    evidence: [],
    gaps,
    fingerprint: fingerprintOf(policy.id, inventory.partition, target),
  };
}

/** The organization, or the single account of a run without one. */
function wholeTarget({ organization, caller }: Inventory): Target {
  return organization === null
    ? { type: 'account', id: caller.accountId, accountId: caller.accountId, region: 'global' }
    : { type: 'organization', id: organization.id, accountId: organization.managementAccountId, region: 'global' };
}
