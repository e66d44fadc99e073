import type { Inventory } from '../../src/model/inventory.js';
import type { Known } from '../../src/model/known.js';
import type { BuiltMember } from './moto-organization.js';

/** What an inventory says of a member's trail, bucket and key; `none`: there is none, `?`: it is not known. */
export interface ObservedMember {
  readonly entered: unknown;
  readonly isLogging: unknown;
  readonly isMultiRegion: unknown;
  readonly validates: unknown;
  readonly key: unknown;
  readonly keyState: unknown;
  readonly rotates: unknown;
  readonly bucketOwner: unknown;
  readonly versioning: unknown;
  readonly isPublic: unknown;
  readonly expiresAfterDays: unknown;
  readonly logsAccessTo: unknown;
}

export function observedMember(inventory: Inventory, member: BuiltMember): ObservedMember {
  const account = inventory.accounts.find((it) => it.id === member.accountId);
  const trail = inventory.trails.find((it) => it.arn === member.trailArn);
  const bucket = inventory.buckets.find((it) => it.name === member.bucket);
  const key = inventory.keys.find((it) => it.arn === member.keyArn);
  return {
    entered: show(account?.ownTrails, (arns) => arns.join(' ')),
    isLogging: show(trail?.status, (it) => it.isLogging),
    isMultiRegion: show(trail?.description, (it) => it.isMultiRegionTrail),
    validates: show(trail?.description, (it) => it.logFileValidationEnabled),
    key: show(trail?.description, (it) => it.kmsKeyId ?? 'none'),
    keyState: show(key?.metadata, (it) => it.keyState),
    rotates: show(key?.rotation, (it) => it.enabled),
    bucketOwner: show(bucket?.owner, (it) => it.accountId),
    versioning: show(bucket?.versioning, (it) => it.status),
    isPublic: show(bucket?.policyStatus, (it) => it.isPublic),
    expiresAfterDays: show(bucket?.lifecycleRules, (rules) => rules.map((rule) => rule.expirationDays)),
    logsAccessTo: show(bucket?.accessLogging, (it) => it.targetBucket),
  };
}

function show<T>(it: Known<T> | undefined, value: (it: T) => unknown): unknown {
  if (it === undefined) return 'not in the inventory';
  if (it.state === 'known') return value(it.value);
  return it.state === 'absent' ? 'none' : '?';
}
