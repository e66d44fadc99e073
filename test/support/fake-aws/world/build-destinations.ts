import type { LogGroup, MetricFilter, SubscriptionFilter } from '@aws-sdk/client-cloudwatch-logs';
import type { GetKeyRotationStatusResponse, KeyMetadata } from '@aws-sdk/client-kms';
import type { Grant } from '@aws-sdk/client-s3';
import { managementAccountId } from './build-accounts.js';
import type { WorldBucket, WorldKey, WorldLogGroup, WorldTopic } from './resources.js';

/** S3's 64 hex digits that stand for an account in ACLs; made up from its id. */
export function canonicalUserId(accountId: string): string {
  return accountId.repeat(6).slice(0, 64).padEnd(64, 'a');
}

/** A bucket as S3 makes it since 2023: Block Public Access on, ACLs off, encrypted with S3's key, unversioned. */
export function aBucket(parts: { readonly [K in keyof WorldBucket]?: WorldBucket[K] } = {}): WorldBucket {
  const accountId = parts.accountId ?? managementAccountId;
  const owner: Grant = {
    Grantee: { Type: 'CanonicalUser', ID: canonicalUserId(accountId) },
    Permission: 'FULL_CONTROL',
  };
  return {
    name: 'example-trail-logs',
    accountId,
    region: 'us-east-1',
    createdAt: new Date('2024-03-01T09:30:00Z'),
    policy: null,
    policyIsPublic: false,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    versioning: null,
    mfaDelete: null,
    objectLock: null,
    encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
    lifecycle: null,
    logging: null,
    grants: [owner],
    ownership: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
    replication: null,
    notifications: {},
    payer: 'BucketOwner',
    accessPoints: [],
    ...parts,
  };
}

/** What a test states of a key: members as DescribeKey names them, and what the other calls give. */
export interface KeyParts extends Partial<Omit<KeyMetadata, 'Arn' | 'AWSAccountId'>> {
  readonly accountId?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly aliases?: readonly string[];
  readonly rotation?: GetKeyRotationStatusResponse | null;
  readonly policy?: string;
  readonly grants?: WorldKey['grants'];
  readonly sharedWith?: readonly string[];
}

/** A symmetric customer managed key, enabled, without rotation, as CreateKey makes it. */
export function aKey(parts: KeyParts = {}): WorldKey {
  const { accountId = managementAccountId, region = 'us-east-1', partition = 'aws', ...rest } = parts;
  const { aliases = [], rotation, policy, grants = [], sharedWith = [], ...members } = rest;
  const { KeyId: id = '1234abcd-12ab-34cd-56ef-1234567890ab' } = members;
  const arn = `arn:${partition}:kms:${region}:${accountId}:key/${id}`;
  const metadata: KeyMetadata = {
    CreationDate: new Date('2024-03-01T09:40:00Z'),
    Enabled: (members.KeyState ?? 'Enabled') === 'Enabled',
    Description: '',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
    ...members,
    AWSAccountId: accountId,
    KeyId: id,
    Arn: arn,
  };
  return {
    arn,
    accountId,
    region,
    metadata,
    aliases,
    rotation: rotation === undefined ? defaultRotation(metadata) : rotation,
    policy: policy ?? rootKeyPolicy(partition, accountId),
    grants,
    sharedWith,
  };
}

/** AWS managed keys always rotate; asymmetric keys, HMAC keys, imported and external material cannot. */
function defaultRotation(metadata: KeyMetadata): GetKeyRotationStatusResponse | null {
  if (metadata.KeyManager === 'AWS') return { KeyRotationEnabled: true };
  if (metadata.KeySpec !== 'SYMMETRIC_DEFAULT' || metadata.Origin !== 'AWS_KMS') return null;
  return { KeyRotationEnabled: false };
}

function rootKeyPolicy(partition: string, accountId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });
}

/** What a test states of a log group: members as DescribeLogGroups names them. */
export interface LogGroupParts extends Omit<LogGroup, 'arn' | 'logGroupArn'> {
  readonly accountId?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly metricFilters?: readonly MetricFilter[];
  readonly subscriptionFilters?: readonly SubscriptionFilter[];
}

/** A log group that keeps its events for ever, as CreateLogGroup makes it. */
export function aLogGroup(parts: LogGroupParts = {}): WorldLogGroup {
  const { accountId = managementAccountId, region = 'us-east-1', partition = 'aws', ...rest } = parts;
  const { metricFilters = [], subscriptionFilters = [], ...members } = rest;
  const { logGroupName: name = 'cloudtrail' } = members;
  const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
  const details: LogGroup = {
    creationTime: Date.parse('2024-03-01T09:50:00Z'),
    metricFilterCount: metricFilters.length,
    storedBytes: 1024,
    logGroupClass: 'STANDARD',
    deletionProtectionEnabled: false,
    ...members,
    logGroupName: name,
    arn: `${logGroupArn}:*`,
    logGroupArn,
  };
  return { accountId, region, name, details, metricFilters, subscriptionFilters };
}

/** What a test states of a topic: attributes as GetTopicAttributes names them, and who subscribes. */
export interface TopicParts {
  readonly name?: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly subscriptions?: WorldTopic['subscriptions'];
  readonly filters?: NonNullable<WorldTopic['filters']>;
  readonly goneSubscriptions?: NonNullable<WorldTopic['goneSubscriptions']>;
}

/** A topic without encryption, with one subscriber by e-mail who has confirmed. */
export function aTopic(parts: TopicParts = {}): WorldTopic {
  const { name = 'trail', accountId = managementAccountId, region = 'us-east-1', partition = 'aws' } = parts;
  const arn = `arn:${partition}:sns:${region}:${accountId}:${name}`;
  return {
    arn,
    accountId,
    attributes: {
      Owner: accountId,
      Policy: defaultTopicPolicy(arn, accountId),
      DisplayName: '',
      ...parts.attributes,
    },
    subscriptions: parts.subscriptions ?? [aSubscription({ SubscriptionArn: `${arn}:1a2b3c4d`, Owner: accountId })],
    ...(parts.filters === undefined ? {} : { filters: parts.filters }),
    ...(parts.goneSubscriptions === undefined ? {} : { goneSubscriptions: parts.goneSubscriptions }),
  };
}

/** What SNS gives a new topic: whoever acts for the owner's account. */
function defaultTopicPolicy(Resource: string, owner: string): string {
  const Action = ['SNS:GetTopicAttributes', 'SNS:Subscribe', 'SNS:ListSubscriptionsByTopic', 'SNS:Publish'];
  const Condition = { StringEquals: { 'AWS:SourceOwner': owner } };
  const statement = {
    Sid: '__default_statement_ID',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action,
    Resource,
    Condition,
  };
  return JSON.stringify({ Version: '2008-10-17', Id: '__default_policy_ID', Statement: [statement] });
}

/** A subscription by e-mail that waits to be confirmed. */
export function aSubscription(
  parts: Partial<WorldTopic['subscriptions'][number]> = {},
): WorldTopic['subscriptions'][number] {
  return {
    SubscriptionArn: 'PendingConfirmation',
    Owner: managementAccountId,
    Protocol: 'email',
    Endpoint: 'someone@example.com',
    ...parts,
  };
}
