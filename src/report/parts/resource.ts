import { parseArn } from '../../model/identifiers.js';
import type { Target, TargetType } from '../../model/results.js';

/** What people call a target's type, how its ARN names it, and its folder in a SARIF path. */
interface ResourceKind {
  readonly noun: string;
  readonly service: string;
  readonly type: string;
  /** What stands before the name in the ARN's resource part. */
  readonly arnPrefix: string;
}

const kinds: Readonly<Record<TargetType, ResourceKind>> = {
  organization: { noun: 'Organization', service: 'organizations', type: 'organization', arnPrefix: 'organization/' },
  account: { noun: 'Account', service: 'account', type: 'account', arnPrefix: 'account' },
  trail: { noun: 'Trail', service: 'cloudtrail', type: 'trail', arnPrefix: 'trail/' },
  'event-data-store': {
    noun: 'Event data store',
    service: 'cloudtrail',
    type: 'event-data-store',
    arnPrefix: 'eventdatastore/',
  },
  'log-bucket': { noun: 'Log bucket', service: 's3', type: 'bucket', arnPrefix: '' },
  'kms-key': { noun: 'KMS key', service: 'kms', type: 'key', arnPrefix: 'key/' },
  'log-group': { noun: 'Log group', service: 'logs', type: 'log-group', arnPrefix: 'log-group:' },
  topic: { noun: 'SNS topic', service: 'sns', type: 'topic', arnPrefix: '' },
  'config-recorder': {
    noun: 'Config recorder',
    service: 'config',
    type: 'recorder',
    arnPrefix: 'configuration-recorder/',
  },
};

export function resourceKind(type: TargetType): ResourceKind {
  return kinds[type];
}

/**
 * The part of a target's id that tells it from others of its type in its account and Region: `main` for
 * `arn:aws:cloudtrail:eu-central-1:111111111111:trail/main`. An id that is no ARN, or an ARN of another place, is
 * given back whole, so that two targets never share a name within one account, Region and type.
 */
export function resourceName(target: Target): string {
  const { service, arnPrefix } = kinds[target.type];
  const arn = parseArn(target.id);
  if (arn === undefined || arn.service !== service || !arn.resource.startsWith(arnPrefix)) return target.id;
  const here =
    (arn.accountId === '' || arn.accountId === target.accountId) && (arn.region === '' || arn.region === target.region);
  const name = arn.resource.slice(arnPrefix.length);
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
