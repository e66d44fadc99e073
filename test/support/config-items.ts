import type { Bucket, Inventory, Key, LifecycleRule, Trail } from '../../src/model/inventory.js';
import type { Known } from '../../src/model/known.js';
import { alwaysEnabledRegions } from '../../src/model/identifiers.js';
import type { SnapshotItem, WorldRecorder } from './fake-aws/index.js';

/** When the items that are made here were captured. */
export const CAPTURED = '2026-11-20T22:00:00.000Z';

type ItemParts = Partial<SnapshotItem> & Pick<SnapshotItem, 'resourceType' | 'resourceId'>;

/** A configuration item as a snapshot holds it; account ids are those of documentation. */
export function anItem(it: ItemParts): SnapshotItem {
  return {
    awsAccountId: '111122223333',
    awsRegion: 'us-east-1',
    ARN: `arn:aws:example:us-east-1:111122223333:${it.resourceId}`,
    configurationItemCaptureTime: CAPTURED,
    configurationItemStatus: 'OK',
    configuration: {},
    supplementaryConfiguration: {},
    tags: {},
    ...it,
  };
}

/** The items, with those that are meant as they are changed. */
export function changed(
  items: readonly SnapshotItem[] | undefined,
  isMeant: (item: SnapshotItem) => boolean,
  change: (item: SnapshotItem) => Partial<SnapshotItem>,
): SnapshotItem[] {
  return (items ?? []).map((item) => (isMeant(item) ? merged(item, change(item)) : item));
}

function merged(item: SnapshotItem, parts: Partial<SnapshotItem>): SnapshotItem {
  return { ...item, ...parts };
}

/** What AWS Config would have recorded of an inventory: trails, buckets, keys, Block Public Access and recorders. */
export function itemsOf(inventory: Inventory): SnapshotItem[] {
  return [
    ...inventory.trails.flatMap(trailItem),
    ...inventory.buckets.flatMap(bucketItem),
    ...inventory.keys.flatMap(keyItem),
    ...inventory.accounts.flatMap((account) => blockItem(account.id, account.publicAccessBlock)),
    ...inventory.accounts.flatMap((account) => recorderItems(account.id, inventory.partition)),
  ];
}

function trailItem({ arn, name, accountId, homeRegion, description, insightSelectors }: Trail): SnapshotItem[] {
  if (description.state !== 'known') return [];
  const it = description.value;
  return [
    anItem({
      resourceType: 'AWS::CloudTrail::Trail',
      resourceId: name,
      ARN: arn,
      awsAccountId: accountId,
      awsRegion: homeRegion,
      configuration: {
        name,
        trailARN: arn,
        homeRegion,
        s3BucketName: it.s3BucketName,
        s3KeyPrefix: it.s3KeyPrefix,
        snsTopicARN: it.snsTopicArn,
        includeGlobalServiceEvents: it.includeGlobalServiceEvents,
        isMultiRegionTrail: it.isMultiRegionTrail,
        isOrganizationTrail: it.isOrganizationTrail,
        logFileValidationEnabled: it.logFileValidationEnabled,
        kmsKeyId: it.kmsKeyId,
        cloudWatchLogsLogGroupArn:
          it.cloudWatchLogsLogGroupArn === undefined ? undefined : `${it.cloudWatchLogsLogGroupArn}:*`,
        cloudWatchLogsRoleArn: it.cloudWatchLogsRoleArn,
        hasCustomEventSelectors: false,
        hasInsightSelectors: insightSelectors.state !== 'known' || insightSelectors.value.length > 0,
      },
      supplementaryConfiguration: { Tags: [] },
    }),
  ];
}

const aclGroups: Readonly<Record<string, string>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'AllUsers',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'AuthenticatedUsers',
  'http://acs.amazonaws.com/groups/s3/LogDelivery': 'LogDelivery',
};

const aclPermissions: Readonly<Record<string, string>> = {
  FULL_CONTROL: 'FullControl',
  READ: 'Read',
  WRITE: 'Write',
  READ_ACP: 'ReadAcp',
  WRITE_ACP: 'WriteAcp',
};

function tagsOf({ tags }: Bucket): Readonly<Record<string, unknown>> {
  return tags?.state === 'known' ? { BucketTaggingConfiguration: { tagSets: [{ tags: tags.value }] } } : {};
}

function bucketItem(bucket: Bucket): SnapshotItem[] {
  if (bucket.owner.state !== 'known') return [];
  const { accountId, region } = bucket.owner.value;
  const grants = valueOf(bucket.acl) ?? [];
  const logging = valueOf(bucket.accessLogging);
  const versioning = valueOf(bucket.versioning);
  const lock = valueOf(bucket.objectLock);
  const encryption = valueOf(bucket.encryption);
  const rules = valueOf(bucket.lifecycleRules) ?? [];
  const replication = valueOf(bucket.replication) ?? [];
  const block = valueOf(bucket.publicAccessBlock);
  return [
    anItem({
      resourceType: 'AWS::S3::Bucket',
      resourceId: bucket.name,
      ARN: bucket.arn,
      awsAccountId: accountId,
      awsRegion: region,
      configuration: { name: bucket.name, owner: { id: 'owner', displayName: null }, creationDate: CAPTURED },
      supplementaryConfiguration: {
        AccessControlList: JSON.stringify({
          grantSet: null,
          grantList: grants.map((grant) => ({
            grantee: aclGroups[grant.grantee] ?? { id: grant.grantee, displayName: null },
            permission: aclPermissions[grant.permission],
          })),
          owner: { id: 'owner', displayName: null },
          isRequesterCharged: false,
        }),
        BucketPolicy: { policyText: valueOf(bucket.policy) ?? null },
        BucketLoggingConfiguration: {
          destinationBucketName: logging?.targetBucket ?? null,
          logFilePrefix: logging?.targetPrefix ?? null,
        },
        BucketVersioningConfiguration: {
          status: versioning?.status === 'Unversioned' ? 'Off' : (versioning?.status ?? 'Off'),
          isMfaDeleteEnabled: versioning?.mfaDelete === true ? true : null,
        },
        BucketNotificationConfiguration: { configurations: {} },
        IsRequesterPaysEnabled: valueOf(bucket.requesterPays) ?? false,
        ...tagsOf(bucket),
        ...(block === undefined ? {} : { PublicAccessBlockConfiguration: block }),
        ...(lock === undefined
          ? {}
          : {
              ObjectLockConfiguration: {
                objectLockEnabled: lock.enabled ? 'Enabled' : null,
                rule: lock.mode === undefined ? null : { defaultRetention: { mode: lock.mode, days: lock.days } },
              },
            }),
        ...(encryption === undefined
          ? {}
          : {
              ServerSideEncryptionConfiguration: {
                rules: [
                  {
                    applyServerSideEncryptionByDefault: {
                      sseAlgorithm: encryption.sseAlgorithm,
                      kmsMasterKeyID: encryption.kmsMasterKeyId ?? null,
                    },
                    bucketKeyEnabled: encryption.bucketKeyEnabled,
                  },
                ],
              },
            }),
        ...(rules.length === 0 ? {} : { BucketLifecycleConfiguration: { rules: rules.map(lifecycleRule) } }),
        ...(replication.length === 0
          ? {}
          : {
              BucketReplicationConfiguration: {
                roleARN: `arn:aws:iam::${accountId}:role/replication`,
                rules: Object.fromEntries(
                  replication.map((rule, index) => [
                    `rule-${index}`,
                    {
                      status: rule.isEnabled ? 'Enabled' : 'Disabled',
                      prefix: rule.prefix,
                      destinationConfig: {
                        bucketARN: rule.destinationBucketArn,
                        account: rule.destinationAccountId ?? null,
                      },
                    },
                  ]),
                ),
              },
            }),
      },
    }),
  ];
}

function lifecycleRule(rule: LifecycleRule): object {
  return {
    id: rule.id,
    status: rule.isEnabled ? 'Enabled' : 'Disabled',
    prefix: null,
    filter: { predicate: { type: 'LifecyclePrefixPredicate', prefix: rule.prefix } },
    expirationInDays: rule.expirationDays ?? -1,
    expirationDate: rule.expirationDate ?? null,
    expiredObjectDeleteMarker: false,
    noncurrentVersionExpirationInDays: rule.noncurrentDays ?? -1,
    transitions: rule.transitionDays === undefined ? null : [{ days: rule.transitionDays, storageClass: 'GLACIER' }],
  };
}

function keyItem(key: Key): SnapshotItem[] {
  if (key.metadata.state !== 'known') return [];
  const it = key.metadata.value;
  const policy = valueOf(key.policy);
  const rotation = valueOf(key.rotation);
  return [
    anItem({
      resourceType: 'AWS::KMS::Key',
      resourceId: key.keyId,
      ARN: key.arn,
      awsAccountId: key.accountId,
      awsRegion: key.region,
      configuration: {
        keyId: key.keyId,
        arn: key.arn,
        awsaccountId: key.accountId,
        creationDate: 1_621_024_924_302,
        enabled: it.keyState === 'Enabled',
        keyState: it.keyState,
        keyManager: it.keyManager,
        keyUsage: it.keyUsage,
        origin: it.origin,
        keySpec: it.keySpec,
        customerMasterKeySpec: it.keySpec,
        multiRegion: it.multiRegion,
        deletionDate: it.deletionDate === undefined ? null : Date.parse(it.deletionDate),
      },
      supplementaryConfiguration: {
        ...(policy === undefined ? {} : { Policy: policy }),
        ...(rotation === undefined ? {} : { KeyRotationStatus: rotation.enabled }),
        Tags: [],
      },
    }),
  ];
}

function blockItem(accountId: string, block: Inventory['accounts'][number]['publicAccessBlock']): SnapshotItem[] {
  if (block.state !== 'known') return [];
  return [
    anItem({
      resourceType: 'AWS::S3::AccountPublicAccessBlock',
      resourceId: accountId,
      ARN: accountId,
      awsAccountId: accountId,
      configuration: { ...block.value },
    }),
  ];
}

/** A recorder in each Region that nobody can disable. */
export function recorderItems(
  accountId: string,
  partition = 'aws',
  parts: Readonly<Record<string, unknown>> = {},
): SnapshotItem[] {
  return alwaysEnabledRegions(partition).map((awsRegion) =>
    anItem({
      resourceType: 'AWS::Config::ConfigurationRecorder',
      resourceId: 'default',
      awsAccountId: accountId,
      awsRegion,
      ARN: `arn:aws:config:${awsRegion}:${accountId}:configuration-recorder/default/abc`,
      configuration: {
        Id: 'default',
        Name: 'default',
        Recording: true,
        RecordingGroup: { AllSupported: true, RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } },
        RecordingMode: { RecordingFrequency: 'CONTINUOUS' },
        ...parts,
      },
    }),
  );
}

/** A recorder as its own account describes it. */
export function aRecorder(it: Partial<WorldRecorder> & Pick<WorldRecorder, 'accountId'>): WorldRecorder {
  return {
    region: 'us-east-1',
    recording: true,
    description: { name: 'default', recordingGroup: { allSupported: true } },
    ...it,
  };
}

function valueOf<T>(it: Known<T>): T | undefined {
  return it.state === 'known' ? it.value : undefined;
}
