import { parseArn } from '../../model/identifiers.js';
import { resourceKinds } from '../../model/resource-kinds.js';
import type { TargetType } from '../../model/results.js';

/** What makes and keeps resources of the logs, and undoes what is changed by hand. */
export type Manager =
  | 'control-tower'
  | 'landing-zone-accelerator'
  | 'account-factory-for-terraform'
  | 'customizations-for-control-tower'
  | 'stack-set';

/**
 * The names that each manager gives, at the beginning of a resource's own name. The accelerator's prefix can be set, and
 * is this one unless it is.
 * Sources: https://docs.aws.amazon.com/controltower/latest/userguide/shared-account-resources.html,
 * https://github.com/awslabs/landing-zone-accelerator-on-aws,
 * https://github.com/aws-ia/terraform-aws-control_tower_account_factory,
 * https://github.com/aws-solutions/aws-control-tower-customizations,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html
 */
const beginnings: readonly (readonly [Manager, RegExp])[] = [
  ['customizations-for-control-tower', /^(?:CustomControlTower|customcontroltower-|custom-control-tower-)/],
  ['account-factory-for-terraform', /^(?:aws-aft-|aft-|\/aws\/aft)/],
  ['control-tower', /^(?:aws-controltower[-/]|(?:StackSet-)?AWSControlTower)/],
  ['landing-zone-accelerator', /^(?:AWSAccelerator-|aws-accelerator-|\/?AWSAccelerator|aws-accelerator\/)/],
  // A resource without a name of its own is named after its stack, and the stack of a StackSet after that; S3 has small
  // letters only.
  ['stack-set', /^(?:StackSet|stackset)-/],
];

/** Who manages a resource of this name, as far as the name tells. */
export function managerOfName(name: string): Manager | undefined {
  return beginnings.find(([, pattern]) => pattern.test(name))?.[0];
}

/** What a target is known by. */
interface Named {
  readonly type: TargetType;
  readonly id: string;
  readonly arn?: string;
}

/** Who manages a target: accounts and organizations have names that their owners choose, and keys are given by id. */
export function managerOf({ type, id, arn }: Named): Manager | undefined {
  const kind = resourceKinds[type];
  if (kind.hasGivenName !== true) return undefined;
  const resource = parseArn(arn ?? id)?.resource ?? id;
  const { prefix } = kind.arn;
  return managerOfName(resource.startsWith(prefix) ? resource.slice(prefix.length) : resource);
}
