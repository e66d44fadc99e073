import { hash } from 'node:crypto';
import type { Target } from '../model/results.js';

/**
 * The identity of an evaluation across runs, sha256 in hex: of the policy and the target's place, never of names,
 * severities, messages, versions or order. Its preimage is fixed; a change would close and open every alert.
 */
export function fingerprintOf(policyId: string, partition: string, target: Target): string {
  const preimage = ['v1', policyId, partition, target.accountId, target.region, target.arn ?? target.id, ''];
  return hash('sha256', preimage.join('\n'), 'hex');
}
