import type { CompiledPolicy } from '../../policy/index.js';
import { callsOf } from './load-policies.js';

/**
 * The calls of a run that reads more than these policies need: undefined for all of a plain run. That leaves out what
 * costs the most calls, such as the recorders of AWS Config, so that a policy that asks for them adds them.
 */
export async function callsForMore(policies: readonly CompiledPolicy[]): Promise<ReadonlySet<string> | undefined> {
  const { callsWith } = await import('../../collect/index.js');
  return callsWith(callsOf(policies));
}
