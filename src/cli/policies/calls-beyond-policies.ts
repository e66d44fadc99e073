import type { CompiledPolicy } from '../../policy/index.js';
import { callsOf } from './load-policies.js';

/**
 * The calls of a run that reads more than these policies need: undefined for all of a plain run. That leaves out the
 * recorders of AWS Config, which cost the most calls, so that a policy that asks for them adds them.
 */
export async function callsForMore(policies: readonly CompiledPolicy[]): Promise<ReadonlySet<string> | undefined> {
  if (!callsOf(policies).has('config:DescribeConfigurationRecorders')) return undefined;
  const { everyCall } = await import('../../collect/index.js');
  return everyCall;
}
