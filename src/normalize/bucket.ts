import type {
  AccessLogging,
  AclGrant,
  BucketEncryption,
  BucketNotification,
  BucketVersioning,
  ObjectLock,
  PublicAccessBlock,
  ReplicationRule,
} from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** No Status: versioning was never enabled. */
export function normalizeVersioning(raw: {
  readonly Status?: string | undefined;
  readonly MFADelete?: string | undefined;
}): BucketVersioning {
  return { status: raw.Status ?? 'Unversioned', mfaDelete: raw.MFADelete === 'Enabled' };
}

export interface RawPublicAccessBlock {
  readonly BlockPublicAcls?: boolean | undefined;
  readonly IgnorePublicAcls?: boolean | undefined;
  readonly BlockPublicPolicy?: boolean | undefined;
  readonly RestrictPublicBuckets?: boolean | undefined;
}

/** S3 leaves out what was never set, which is off; where there is a configuration, something was set. */
export function normalizePublicAccessBlock(raw: RawPublicAccessBlock | undefined): PublicAccessBlock {
  const block = required(raw, 'PublicAccessBlockConfiguration');
  required(
    block.BlockPublicAcls ?? block.IgnorePublicAcls ?? block.BlockPublicPolicy ?? block.RestrictPublicBuckets,
    'each setting of PublicAccessBlockConfiguration',
  );
  return {
    blockPublicAcls: block.BlockPublicAcls ?? false,
    ignorePublicAcls: block.IgnorePublicAcls ?? false,
    blockPublicPolicy: block.BlockPublicPolicy ?? false,
    restrictPublicBuckets: block.RestrictPublicBuckets ?? false,
  };
}

export interface RawObjectLock {
  readonly ObjectLockEnabled?: string | undefined;
  readonly Rule?:
    | {
        readonly DefaultRetention?:
          | {
              readonly Mode?: string | undefined;
              readonly Days?: number | undefined;
              readonly Years?: number | undefined;
            }
          | undefined;
      }
    | undefined;
}

export function normalizeObjectLock(raw: RawObjectLock | undefined): ObjectLock {
  const lock = required(raw, 'ObjectLockConfiguration');
  const retention = lock.Rule?.DefaultRetention;
  const enabled = required(lock.ObjectLockEnabled, 'ObjectLockEnabled') === 'Enabled';
  if (retention === undefined) return { enabled };
  const days = retention.Days ?? (retention.Years === undefined ? undefined : retention.Years * 365);
  return { enabled, mode: required(retention.Mode, 'Mode'), days: required(days, 'Days or Years') };
}

export interface RawEncryption {
  readonly Rules?:
    | readonly {
        readonly ApplyServerSideEncryptionByDefault?:
          | { readonly SSEAlgorithm?: string | undefined; readonly KMSMasterKeyID?: string | undefined }
          | undefined;
        readonly BucketKeyEnabled?: boolean | undefined;
        readonly BlockedEncryptionTypes?: object | undefined;
      }[]
    | undefined;
}

/**
 * A rule may say no more than which encryption it blocks, as that with keys of the writer: then each object is encrypted
 * as in any bucket, with a key of S3's.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionRule.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
 */
export function normalizeEncryption(raw: RawEncryption | undefined): BucketEncryption {
  const { Rules: rules = [] } = required(raw, 'ServerSideEncryptionConfiguration');
  const first = required(rules[0], 'Rules');
  const rule = rules.find((it) => it.ApplyServerSideEncryptionByDefault !== undefined) ?? first;
  if (rule.ApplyServerSideEncryptionByDefault === undefined && rule.BlockedEncryptionTypes !== undefined) {
    return { sseAlgorithm: 'AES256', bucketKeyEnabled: false };
  }
  const byDefault = required(rule.ApplyServerSideEncryptionByDefault, 'ApplyServerSideEncryptionByDefault');
  return defined({
    sseAlgorithm: required(byDefault.SSEAlgorithm, 'SSEAlgorithm'),
    kmsMasterKeyId: optionalText(byDefault.KMSMasterKeyID),
    bucketKeyEnabled: rule.BucketKeyEnabled ?? false,
  });
}

export interface RawLogging {
  readonly TargetBucket?: string | undefined;
  readonly TargetPrefix?: string | undefined;
}

export function normalizeAccessLogging(raw: RawLogging): AccessLogging {
  return { targetBucket: required(raw.TargetBucket, 'TargetBucket'), targetPrefix: raw.TargetPrefix ?? '' };
}

export interface RawGrant {
  readonly Grantee?:
    | { readonly Type?: string | undefined; readonly ID?: string | undefined; readonly URI?: string | undefined }
    | undefined;
  readonly Permission?: string | undefined;
}

/**
 * Display names and e-mail addresses are people's, and not taken over.
 *
 * @param ownerId canonical user id of the bucket's owner
 */
export function normalizeGrant(raw: RawGrant, ownerId: string | undefined): AclGrant {
  const grantee = required(raw.Grantee, 'Grantee');
  const granteeType = required(grantee.Type, 'Grantee.Type');
  return {
    grantee:
      granteeType === 'AmazonCustomerByEmail' ? 'email' : required(grantee.URI ?? grantee.ID, 'Grantee.URI or ID'),
    granteeType,
    permission: required(raw.Permission, 'Permission'),
    ...(ownerId === undefined || granteeType !== 'CanonicalUser' ? {} : { isOwner: grantee.ID === ownerId }),
  };
}

interface RawReplicationFilter {
  readonly Prefix?: string | undefined;
  readonly Tag?: object | undefined;
  readonly And?: { readonly Prefix?: string | undefined; readonly Tags?: readonly object[] | undefined } | undefined;
}

export interface RawReplicationRule {
  readonly Status?: string | undefined;
  readonly Prefix?: string | undefined;
  readonly Filter?: RawReplicationFilter | undefined;
  readonly Destination?: { readonly Bucket?: string | undefined; readonly Account?: string | undefined } | undefined;
  readonly SourceSelectionCriteria?:
    | { readonly SseKmsEncryptedObjects?: { readonly Status?: string | undefined } | undefined }
    | undefined;
}

/** Objects that a KMS key encrypts are left out, unless the rule says otherwise. */
export function normalizeReplicationRule(raw: RawReplicationRule): ReplicationRule {
  const { Filter: filter } = raw;
  return defined({
    isEnabled: required(raw.Status, 'Status') === 'Enabled',
    prefix: filter?.And?.Prefix ?? filter?.Prefix ?? raw.Prefix ?? '',
    requiresTags: filter?.Tag !== undefined || (filter?.And?.Tags ?? []).length > 0,
    destinationBucketArn: required(raw.Destination?.Bucket, 'Destination.Bucket'),
    destinationAccountId: raw.Destination?.Account,
    replicatesKmsEncrypted: raw.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled',
  });
}

interface RawNotificationRule {
  readonly Events?: readonly string[] | undefined;
  readonly Filter?:
    | {
        readonly Key?:
          | {
              readonly FilterRules?:
                | readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[]
                | undefined;
            }
          | undefined;
      }
    | undefined;
}

interface RawNotificationsInFull {
  readonly TopicConfigurations?:
    | readonly ({ readonly TopicArn?: string | undefined } & RawNotificationRule)[]
    | undefined;
  readonly QueueConfigurations?:
    | readonly ({ readonly QueueArn?: string | undefined } & RawNotificationRule)[]
    | undefined;
  readonly LambdaFunctionConfigurations?:
    | readonly ({ readonly LambdaFunctionArn?: string | undefined } & RawNotificationRule)[]
    | undefined;
  readonly EventBridgeConfiguration?: object | undefined;
}

interface RawNotifications {
  readonly TopicConfigurations?: readonly { readonly TopicArn?: string | undefined }[] | undefined;
  readonly QueueConfigurations?: readonly { readonly QueueArn?: string | undefined }[] | undefined;
  readonly LambdaFunctionConfigurations?: readonly { readonly LambdaFunctionArn?: string | undefined }[] | undefined;
  readonly EventBridgeConfiguration?: object | undefined;
}

/** What each destination is told. */
export function normalizeBucketNotifications(raw: RawNotificationsInFull): BucketNotification[] {
  const one = (destination: string, it: RawNotificationRule): BucketNotification => ({
    destination,
    events: [...required(it.Events, 'Events')],
    prefix: filterIn(it, 'prefix'),
    suffix: filterIn(it, 'suffix'),
  });
  return [
    ...(raw.TopicConfigurations ?? []).map((it) => one(required(it.TopicArn, 'TopicArn'), it)),
    ...(raw.QueueConfigurations ?? []).map((it) => one(required(it.QueueArn, 'QueueArn'), it)),
    ...(raw.LambdaFunctionConfigurations ?? []).map((it) =>
      one(required(it.LambdaFunctionArn, 'LambdaFunctionArn'), it),
    ),
    ...(raw.EventBridgeConfiguration === undefined
      ? []
      : [{ destination: 'eventbridge', events: ['s3:ObjectCreated:*'], prefix: '', suffix: '' }]),
  ];
}

/** S3 writes the names of rules in either case. */
function filterIn({ Filter: filter }: RawNotificationRule, name: string): string {
  return filter?.Key?.FilterRules?.find((it) => it.Name?.toLowerCase() === name)?.Value ?? '';
}

/** ARNs, sorted; `eventbridge` when all events go to Amazon EventBridge. */
export function normalizeNotifications(raw: RawNotifications): string[] {
  const arns = [
    ...(raw.TopicConfigurations ?? []).map((it) => required(it.TopicArn, 'TopicArn')),
    ...(raw.QueueConfigurations ?? []).map((it) => required(it.QueueArn, 'QueueArn')),
    ...(raw.LambdaFunctionConfigurations ?? []).map((it) => required(it.LambdaFunctionArn, 'LambdaFunctionArn')),
    ...(raw.EventBridgeConfiguration === undefined ? [] : ['eventbridge']),
  ];
  return [...new Set(arns)].toSorted();
}
