import type { Dimension, Presence } from './space.js';

const ofVpc = new Set(['aws:sourcevpc', 'aws:sourcevpce', 'aws:vpcsourceip']);

/**
 * Whether AWS can send such a request: one through a VPC endpoint has the keys of the VPC, all of them, and no
 * aws:SourceIp; any other has none of them.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function isPossible(dimensions: readonly Dimension[], request: readonly number[]): boolean {
  let vpc: Presence = 'unknown';
  let hasSourceIp = false;
  for (const [index, { name, presence }] of dimensions.entries()) {
    const key = name.toLowerCase();
    const state = presence?.[request[index] ?? 0] ?? 'unknown';
    if (key === 'aws:sourceip') hasSourceIp = state === 'present';
    if (!ofVpc.has(key) || state === 'unknown') continue;
    if (vpc !== 'unknown' && vpc !== state) return false;
    vpc = state;
  }
  return !(vpc === 'present' && hasSourceIp);
}
