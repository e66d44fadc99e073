import { parseArn } from '../../model/identifiers.js';
import { resourceKinds } from '../../model/resource-kinds.js';
import type { Target } from '../../model/results.js';

/**
 * The part of a target's id that tells it from others of its type in its account and Region: `main` for
 * `arn:aws:cloudtrail:eu-central-1:111111111111:trail/main`. An id that is no ARN, or an ARN of another place, is
 * given back whole, so that two targets never share a name within one account, Region and type.
 */
export function resourceName(target: Target): string {
  const { service, prefix } = resourceKinds[target.type].arn;
  const arn = parseArn(target.id);
  if (arn === undefined || arn.service !== service || !arn.resource.startsWith(prefix)) return target.id;
  const here =
    (arn.accountId === '' || arn.accountId === target.accountId) && (arn.region === '' || arn.region === target.region);
  const name = arn.resource.slice(prefix.length);
  return here && name !== '' ? name : target.id;
}

/** What people call the target: its name, else what {@link resourceName} makes of its id. Raw: not yet safe to print. */
export function resourceLabel(target: Target): string {
  return target.name === undefined || target.name === '' ? resourceName(target) : target.name;
}

/** The target's place, for resources that are neither an account nor an organization. */
export function isInAccount(target: Target): boolean {
  return target.type !== 'account' && target.type !== 'organization';
}
