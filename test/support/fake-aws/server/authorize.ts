import type { ServiceError } from '../protocol/answer.js';
import type { Call, Operation } from '../services/call.js';
import { denialMessage, findDenial } from '../services/denial.js';
import { sessionAllows } from '../services/session-policy.js';
import { isRegionOn } from '../world/regions.js';
import type { Denial } from '../world/world.js';
import { failure } from './failures.js';

/** Why the caller may not make the call; undefined when it may. */
export function refusal(call: Call, operation: Operation): ServiceError | undefined {
  const { service, region, caller, index } = call;
  const account = index.accounts.get(caller.accountId);
  if (account === undefined || !isRegionOn(index.world, account, region)) {
    return failure(service, caller.isSession ? 'unknown-session' : 'unknown-token');
  }
  if (operation.action === null) return undefined;
  const { action } = operation;
  const resource = operation.resource?.(call);
  const denials = [...account.denials, ...(caller.role?.denials ?? [])].filter((it) => binds(call, it));
  // An explicit deny goes before a permission that is missing.
  const explicit = denials.filter((it) => it.effect !== 'no-identity-policy');
  const denial = findDenial(explicit, action, region, resource) ?? findDenial(denials, action, region, resource);
  if (denial !== undefined) {
    return failure(service, 'denied', denialMessage(service, caller.arn, action, resource, denial.effect));
  }
  if (caller.policy !== undefined && !sessionAllows(caller.policy, action)) {
    return failure(service, 'denied', denialMessage(service, caller.arn, action, resource, 'no-session-policy'));
  }
  return undefined;
}

/** Control policies never bind the management account. */
function binds(call: Call, denial: Denial): boolean {
  const isControlPolicy = denial.effect === 'service-control-policy' || denial.effect === 'resource-control-policy';
  return !isControlPolicy || call.index.world.organization?.managementAccountId !== call.caller.accountId;
}
