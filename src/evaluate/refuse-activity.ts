import { UsageError } from '../model/errors.js';
import type { EffectivePolicy } from '../policy/index.js';

/** A policy that judges events says nothing of a state: asked of one, it would hold everywhere. */
export function refuseActivity(policies: readonly EffectivePolicy[]): void {
  const found = policies.filter((it) => it.activity !== undefined && it.disabled === undefined).map((it) => it.id);
  if (found.length === 0) return;
  const [first = ''] = found;
  const many = found.length === 1 ? `Policy ${first} judges` : `${first} and ${found.length - 1} more policies judge`;
  throw new UsageError(
    `${many} events of the logs, and a scan reads the state.`,
    'Ask it with: trailproof activity. Leave it out of the packs and folders of this run.',
  );
}
