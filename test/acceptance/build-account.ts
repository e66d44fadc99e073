import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand, EntityAlreadyExistsException, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, EnableKeyRotationCommand, KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { required } from '../../src/normalize/malformed-answer.js';
import type { MemberPlan } from './member-plans.js';

/** How SDK clients reach an account in moto. */
export interface Entrance {
  readonly accountId: string;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** Creates a key that rotates unless told otherwise, and returns its ARN. */
export async function buildKey(entrance: Entrance, plan: MemberPlan['key'] = {}): Promise<string> {
  const kms = new KMSClient(entrance);
  // moto's own default for KeyUsage is no value that KMS knows.
  const created = await kms.send(new CreateKeyCommand({ KeyUsage: 'ENCRYPT_DECRYPT', Description: 'Logs' }));
  // moto deletes by id alone, not by ARN.
  const KeyId = required(created.KeyMetadata?.KeyId, 'KeyMetadata.KeyId');
  if (plan.rotates !== false) await kms.send(new EnableKeyRotationCommand({ KeyId }));
  if (plan.isPendingDeletion === true) {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  }
  return required(created.KeyMetadata?.Arn, 'KeyMetadata.Arn');
}

/** Creates a log group that keeps its events for a year, and returns the ARN that a trail takes. */
export async function buildLogGroup(entrance: Entrance, logGroupName: string): Promise<string> {
  const logs = new CloudWatchLogsClient(entrance);
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 365 }));
  return `arn:aws:logs:${entrance.region}:${entrance.accountId}:log-group:${logGroupName}:*`;
}

const roleName = 'cloudtrail-logs';

/** Creates the role with which trails write to CloudWatch Logs, where it is not there yet, and returns its ARN. */
async function buildRole(entrance: Entrance): Promise<string> {
  const iam = new IAMClient(entrance);
  const trust = policyOf({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'sts:AssumeRole' });
  try {
    await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: trust }));
  } catch (error) {
    if (!(error instanceof EntityAlreadyExistsException)) throw error;
  }
  const PolicyDocument = policyOf({
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `arn:aws:logs:${entrance.region}:${entrance.accountId}:log-group:*`,
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: 'write-logs', PolicyDocument }));
  return `arn:aws:iam::${entrance.accountId}:role/${roleName}`;
}

/** A trail as it should be: in all Regions, with validation and key. */
export interface TrailParts {
  readonly name: string;
  readonly bucket: string;
  readonly keyArn: string;
  readonly logGroupArn: string;
  readonly isOrganizationTrail?: boolean;
}

/**
 * Creates a trail. moto wants its bucket in the trail's own account at that moment and remembers no more than the
 * name: a bucket is there for as long as this takes, and then in no account.
 */
export async function buildTrail(entrance: Entrance, parts: TrailParts, plan: MemberPlan['trail'] = {}): Promise<void> {
  const cloudtrail = new CloudTrailClient(entrance);
  const s3 = new S3Client({ ...entrance, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: parts.bucket }));
  await cloudtrail.send(
    new CreateTrailCommand({
      Name: parts.name,
      S3BucketName: parts.bucket,
      IsMultiRegionTrail: plan.isMultiRegion ?? true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: plan.validates ?? true,
      IsOrganizationTrail: parts.isOrganizationTrail ?? false,
      CloudWatchLogsLogGroupArn: parts.logGroupArn,
      CloudWatchLogsRoleArn: await buildRole(entrance),
      ...(plan.encrypts === false ? {} : { KmsKeyId: parts.keyArn }),
    }),
  );
  if (plan.isLogging !== false) await cloudtrail.send(new StartLoggingCommand({ Name: parts.name }));
  await s3.send(new DeleteBucketCommand({ Bucket: parts.bucket }));
}

/** Creates a log bucket: versioned, not public, with access logging into a bucket beside it. */
export async function buildBucket(entrance: Entrance, Bucket: string, plan: MemberPlan['bucket'] = {}): Promise<void> {
  if (plan.exists === false) return;
  const s3 = new S3Client({ ...entrance, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
  if (plan.isPublic === true) {
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: readableByAll(Bucket) }));
  } else {
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: everythingBlocked }));
  }
  if (plan.isVersioned !== false) {
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  if (plan.expiresAfterDays !== undefined) {
    const rule = { ID: 'expire', Status: 'Enabled' as const, Filter: { Prefix: '' } };
    const Rules = [{ ...rule, Expiration: { Days: plan.expiresAfterDays } }];
    await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  }
  if (plan.logsAccess !== false) await logAccess(s3, Bucket);
}

/** Sends the access logs of a bucket into a bucket beside it. */
export async function logAccess(s3: S3Client, Bucket: string): Promise<void> {
  const target = `${Bucket}-access`;
  await s3.send(new CreateBucketCommand({ Bucket: target }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: target, Policy: writableByLogging(target) }));
  const LoggingEnabled = { TargetBucket: target, TargetPrefix: 'access/' };
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
}

export const everythingBlocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
} as const;

function readableByAll(bucket: string): string {
  return policyOf({ Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` });
}

function writableByLogging(bucket: string): string {
  const Principal = { Service: 'logging.s3.amazonaws.com' };
  return policyOf({ Principal, Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/*` });
}

function policyOf(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}
