import type { KeyGrant, KeyMetadata, KeyRotation, LogGroupDetails } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText, optionalTime } from './text.js';

/** DescribeKey's KeyMetadata, as far as it is used. */
export interface RawKeyMetadata {
  readonly Arn?: string | undefined;
  readonly KeyState?: string | undefined;
  readonly KeyManager?: string | undefined;
  readonly Origin?: string | undefined;
  readonly KeySpec?: string | undefined;
  readonly KeyUsage?: string | undefined;
  readonly MultiRegion?: boolean | undefined;
  readonly DeletionDate?: Date | undefined;
}

/** A member that is lacking opens only what needs it: an answer without the state tells nothing of the key. */
export function normalizeKeyMetadata(raw: RawKeyMetadata): KeyMetadata {
  return defined({
    keyState: required(raw.KeyState, 'KeyState'),
    keyManager: optionalText(raw.KeyManager),
    origin: optionalText(raw.Origin),
    keySpec: optionalText(raw.KeySpec),
    keyUsage: optionalText(raw.KeyUsage),
    // Keys made before multi-Region keys came lack it.
    multiRegion: raw.MultiRegion ?? false,
    deletionDate: optionalTime(raw.DeletionDate, 'DeletionDate'),
  });
}

/** GetKeyRotationStatus' answer, as far as it is used. */
export interface RawKeyRotation {
  readonly KeyRotationEnabled?: boolean | undefined;
  readonly RotationPeriodInDays?: number | undefined;
  readonly NextRotationDate?: Date | undefined;
}

export function normalizeKeyRotation(raw: RawKeyRotation): KeyRotation {
  return defined({
    enabled: required(raw.KeyRotationEnabled, 'KeyRotationEnabled'),
    periodInDays: raw.RotationPeriodInDays,
    nextRotationDate: optionalTime(raw.NextRotationDate, 'NextRotationDate'),
  });
}

/** An item of ListGrants, as far as it is used. */
export interface RawGrantOfKey {
  readonly GrantId?: string | undefined;
  readonly GranteePrincipal?: string | undefined;
  readonly GranteeServicePrincipal?: string | undefined;
  readonly Operations?: readonly string[] | undefined;
  readonly Constraints?: object | undefined;
}

export function normalizeKeyGrant(raw: RawGrantOfKey): KeyGrant {
  return {
    id: required(raw.GrantId, 'GrantId'),
    grantee: required(raw.GranteePrincipal ?? raw.GranteeServicePrincipal, 'GranteePrincipal'),
    operations: required(raw.Operations, 'Operations').toSorted(),
    isConstrained: Object.values(raw.Constraints ?? {}).some((it) => it !== undefined),
  };
}

/** An item of DescribeLogGroups, as far as it is used. */
export interface RawLogGroup {
  readonly logGroupName?: string | undefined;
  readonly retentionInDays?: number | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly logGroupClass?: string | undefined;
  readonly deletionProtectionEnabled?: boolean | undefined;
}

export function normalizeLogGroup(raw: RawLogGroup): LogGroupDetails {
  return defined({
    // 0 and absent both mean that events never expire.
    retentionInDays: raw.retentionInDays === 0 ? undefined : raw.retentionInDays,
    kmsKeyId: optionalText(raw.kmsKeyId),
    // Log groups had no classes before 2023: those are of the standard one.
    logGroupClass: raw.logGroupClass ?? 'STANDARD',
    deletionProtectionEnabled: raw.deletionProtectionEnabled,
  });
}
