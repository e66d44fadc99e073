import { matchesWildcard } from '../protocol/wildcard.js';
import type { Denial, DenialEffect } from '../world/world.js';
import type { ServiceName } from './call.js';

/** The first denial that meets the call. */
export function findDenial(
  denials: readonly Denial[],
  action: string,
  region: string,
  resource: string | undefined,
): Denial | undefined {
  return denials.find(
    (denial) =>
      matchesWildcard(denial.action, action) &&
      (denial.regions === undefined || denial.regions.includes(region)) &&
      (denial.resources === undefined ||
        (resource !== undefined && denial.resources.some((pattern) => matchesWildcard(pattern, resource)))),
  );
}

export type Refusal = DenialEffect | 'no-session-policy';

/** AWS's sentence for a denied call (IAM user guide, "Access denied error messages"). */
export function denialMessage(
  service: ServiceName,
  principal: string,
  action: string,
  resource: string | undefined,
  refusal: Refusal,
): string {
  const isS3 = service === 's3' || service === 's3control';
  // S3 alone puts the resource into quotation marks.
  const on = resource === undefined ? '' : ` on resource: ${isS3 ? `"${resource}"` : resource}`;
  return `User: ${principal} is not authorized to perform: ${action}${on} ${reasons[refusal](action)}`;
}

const reasons: Readonly<Record<Refusal, (action: string) => string>> = {
  'no-identity-policy': (action) => `because no identity-based policy allows the ${action} action`,
  'no-session-policy': (action) => `because no session policy allows the ${action} action`,
  'identity-policy': () => 'with an explicit deny in an identity-based policy',
  'resource-policy': () => 'with an explicit deny in a resource-based policy',
  'service-control-policy': () => 'with an explicit deny in a service control policy',
  'resource-control-policy': () => 'with an explicit deny in a resource control policy',
};
