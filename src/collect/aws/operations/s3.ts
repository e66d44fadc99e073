import type * as s3 from '@aws-sdk/client-s3';
import type * as s3control from '@aws-sdk/client-s3-control';
import { times, upTo, type Range } from '../../plan/range.js';
import {
  aboutResources,
  bucketsAskedEverywhere,
  forEachAccessPoint,
  forEachBucket,
  forEachBucketAndItsLogs,
  type PlanFigures,
} from '../../plan/rule.js';
import { operation } from '../service.js';
import { s3Service, s3controlService, quota } from './services.js';

/**
 * The document that answers, by its root element: the one that AWS writes, and after it the one that moto does, a
 * server that imitates AWS.
 */
const xml = (...roots: readonly string[]) => ({ is: 'xml', roots }) as const;

const s3Reads = quota('s3-reads', 100, 100);

export const s3Operations = {
  's3:HeadBucket': operation(
    s3Service,
    {
      action: 's3:ListBucket',
      purpose: 'Which account and Region a log bucket is in, or that it does not exist',
      quota: s3Reads,
      absentWhen: ['NoSuchBucket', 'NotFound'],
      body: { is: 'none' },
      plan: aboutResources('anywhere', searches),
    },
    (m, client, input: s3.HeadBucketCommandInput, o) => client.send(new m.HeadBucketCommand(input), o),
  ),
  's3:ListBuckets': operation(
    s3Service,
    {
      action: 's3:ListAllMyBuckets',
      purpose: "The owner of a log bucket, where the trail's ARNs do not show it",
      quota: s3Reads,
      body: xml('ListAllMyBucketsResult'),
      plan: aboutResources('anywhere', ({ trails, buckets, inputs }) =>
        upTo(
          trails.atMost +
            buckets.atMost * inputs.listedForBuckets +
            Math.min(buckets.atMost, bucketsAskedEverywhere) * (inputs.mayBeEntered + 1),
        ),
      ),
    },
    (m, client, input: s3.ListBucketsCommandInput, o) => client.send(new m.ListBucketsCommand(input), o),
  ),
  's3:GetBucketPolicy': operation(
    s3Service,
    {
      action: 's3:GetBucketPolicy',
      purpose: 'Who may reach the logs',
      quota: s3Reads,
      absentWhen: ['NoSuchBucketPolicy'],
      // The policy itself, as it was put there.
      body: { is: 'json' },
      plan: forEachBucketAndItsLogs,
    },
    (m, client, input: s3.GetBucketPolicyCommandInput, o) => client.send(new m.GetBucketPolicyCommand(input), o),
  ),
  's3:GetBucketPolicyStatus': operation(
    s3Service,
    {
      action: 's3:GetBucketPolicyStatus',
      purpose: 'Whether S3 considers the bucket policy public',
      quota: s3Reads,
      absentWhen: ['NoSuchBucketPolicy'],
      body: xml('PolicyStatus'),
      plan: forEachBucket,
      notRecorded: "AWS Config records a bucket's policy, and not S3's verdict on whether it is public.",
    },
    (m, client, input: s3.GetBucketPolicyStatusCommandInput, o) =>
      client.send(new m.GetBucketPolicyStatusCommand(input), o),
  ),
  's3:GetBucketAcl': operation(
    s3Service,
    {
      action: 's3:GetBucketAcl',
      purpose: 'Grants to everyone',
      quota: s3Reads,
      body: xml('AccessControlPolicy'),
      plan: forEachBucketAndItsLogs,
    },
    (m, client, input: s3.GetBucketAclCommandInput, o) => client.send(new m.GetBucketAclCommand(input), o),
  ),
  's3:GetBucketOwnershipControls': operation(
    s3Service,
    {
      action: 's3:GetBucketOwnershipControls',
      purpose: 'Whether access control lists count',
      quota: s3Reads,
      absentWhen: ['OwnershipControlsNotFoundError'],
      body: xml('OwnershipControls'),
      plan: forEachBucketAndItsLogs,
      notRecorded: 'AWS Config does not record who owns the objects of a bucket.',
    },
    (m, client, input: s3.GetBucketOwnershipControlsCommandInput, o) =>
      client.send(new m.GetBucketOwnershipControlsCommand(input), o),
  ),
  's3:GetPublicAccessBlock': operation(
    s3Service,
    {
      action: 's3:GetBucketPublicAccessBlock',
      purpose: 'Block Public Access of a log bucket',
      quota: s3Reads,
      absentWhen: ['NoSuchPublicAccessBlockConfiguration'],
      body: xml('PublicAccessBlockConfiguration'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetPublicAccessBlockCommandInput, o) =>
      client.send(new m.GetPublicAccessBlockCommand(input), o),
  ),
  's3:GetBucketVersioning': operation(
    s3Service,
    {
      action: 's3:GetBucketVersioning',
      purpose: 'Versioning and MFA delete',
      quota: s3Reads,
      body: xml('VersioningConfiguration', 'GetBucketVersioningResponse'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetBucketVersioningCommandInput, o) =>
      client.send(new m.GetBucketVersioningCommand(input), o),
  ),
  's3:GetObjectLockConfiguration': operation(
    s3Service,
    {
      action: 's3:GetBucketObjectLockConfiguration',
      purpose: 'What keeps a log from being erased',
      quota: s3Reads,
      absentWhen: ['ObjectLockConfigurationNotFoundError', 'ObjectLockConfigurationNotFound'],
      body: xml('ObjectLockConfiguration'),
      plan: forEachBucketAndItsLogs,
    },
    (m, client, input: s3.GetObjectLockConfigurationCommandInput, o) =>
      client.send(new m.GetObjectLockConfigurationCommand(input), o),
  ),
  's3:GetBucketEncryption': operation(
    s3Service,
    {
      action: 's3:GetEncryptionConfiguration',
      purpose: 'Default encryption and its key',
      quota: s3Reads,
      absentWhen: ['ServerSideEncryptionConfigurationNotFoundError'],
      body: xml('ServerSideEncryptionConfiguration'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetBucketEncryptionCommandInput, o) =>
      client.send(new m.GetBucketEncryptionCommand(input), o),
  ),
  's3:GetBucketLifecycleConfiguration': operation(
    s3Service,
    {
      action: 's3:GetLifecycleConfiguration',
      purpose: 'When logs expire',
      quota: s3Reads,
      absentWhen: ['NoSuchLifecycleConfiguration'],
      body: xml('LifecycleConfiguration'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetBucketLifecycleConfigurationCommandInput, o) =>
      client.send(new m.GetBucketLifecycleConfigurationCommand(input), o),
  ),
  's3:GetBucketLogging': operation(
    s3Service,
    {
      action: 's3:GetBucketLogging',
      purpose: 'Server access logging',
      quota: s3Reads,
      body: xml('BucketLoggingStatus'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetBucketLoggingCommandInput, o) => client.send(new m.GetBucketLoggingCommand(input), o),
  ),
  's3:GetBucketReplication': operation(
    s3Service,
    {
      action: 's3:GetReplicationConfiguration',
      purpose: 'Replicas of the logs',
      quota: s3Reads,
      absentWhen: ['ReplicationConfigurationNotFoundError'],
      body: xml('ReplicationConfiguration'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetBucketReplicationCommandInput, o) =>
      client.send(new m.GetBucketReplicationCommand(input), o),
  ),
  's3:GetBucketNotificationConfiguration': operation(
    s3Service,
    {
      action: 's3:GetBucketNotification',
      purpose: 'Who is notified of new logs',
      quota: s3Reads,
      body: xml('NotificationConfiguration', 'GetBucketNotificationResponse'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetBucketNotificationConfigurationCommandInput, o) =>
      client.send(new m.GetBucketNotificationConfigurationCommand(input), o),
  ),
  's3:GetBucketRequestPayment': operation(
    s3Service,
    {
      action: 's3:GetBucketRequestPayment',
      purpose: 'Whether requesters pay: CloudTrail cannot deliver to such a bucket',
      quota: s3Reads,
      body: xml('RequestPaymentConfiguration'),
      plan: forEachBucketAndItsLogs,
    },
    (m, client, input: s3.GetBucketRequestPaymentCommandInput, o) =>
      client.send(new m.GetBucketRequestPaymentCommand(input), o),
  ),
  's3:GetBucketTagging': operation(
    s3Service,
    {
      action: 's3:GetBucketTagging',
      purpose: 'The tags of a log bucket, where a policy asks',
      quota: s3Reads,
      absentWhen: ['NoSuchTagSet'],
      body: xml('Tagging'),
      plan: forEachBucket,
    },
    (m, client, input: s3.GetBucketTaggingCommandInput, o) => client.send(new m.GetBucketTaggingCommand(input), o),
  ),
  's3control:GetPublicAccessBlock': operation(
    s3controlService,
    {
      action: 's3:GetAccountPublicAccessBlock',
      purpose: 'Block Public Access of an account that owns a log bucket',
      quota: s3Reads,
      absentWhen: ['NoSuchPublicAccessBlockConfiguration'],
      body: xml('PublicAccessBlockConfiguration'),
      plan: forEachBucket,
      notRecorded: "An account's Block Public Access is looked for only where it owns a log bucket.",
    },
    (m, client, input: s3control.GetPublicAccessBlockCommandInput, o) =>
      client.send(new m.GetPublicAccessBlockCommand(input), o),
  ),
  's3control:ListAccessPoints': operation(
    s3controlService,
    {
      action: 's3:ListAccessPoints',
      purpose: 'Access points of a log bucket, where its policy leaves access to them or a policy asks for them',
      quota: s3Reads,
      body: xml('ListAccessPointsResult', 'ListAccessPointsResponse'),
      plan: forEachBucket,
      notRecorded: 'Access points are asked for live alone.',
    },
    (m, client, input: s3control.ListAccessPointsCommandInput, o) =>
      client.send(new m.ListAccessPointsCommand(input), o),
  ),
  's3control:GetAccessPoint': operation(
    s3controlService,
    {
      action: 's3:GetAccessPoint',
      purpose: 'Block Public Access of such an access point',
      quota: s3Reads,
      body: xml('GetAccessPointResult'),
      plan: forEachAccessPoint,
      notRecorded: 'Access points are asked for live alone.',
    },
    (m, client, input: s3control.GetAccessPointCommandInput, o) => client.send(new m.GetAccessPointCommand(input), o),
  ),
  's3control:GetAccessPointPolicyStatus': operation(
    s3controlService,
    {
      action: 's3:GetAccessPointPolicyStatus',
      purpose: 'Whether S3 considers the policy of such an access point public',
      quota: s3Reads,
      absentWhen: ['NoSuchAccessPointPolicy'],
      body: xml('GetAccessPointPolicyStatusResult'),
      plan: forEachAccessPoint,
      notRecorded: 'Access points are asked for live alone.',
    },
    (m, client, input: s3control.GetAccessPointPolicyStatusCommandInput, o) =>
      client.send(new m.GetAccessPointPolicyStatusCommand(input), o),
  ),
  's3control:ListMultiRegionAccessPoints': operation(
    s3controlService,
    {
      action: 's3:ListMultiRegionAccessPoints',
      purpose:
        'Multi-Region access points of a log bucket, where its policy leaves access to them or a policy asks for them',
      quota: s3Reads,
      body: xml('ListMultiRegionAccessPointsResult', 'ListMultiRegionAccessPointsResponse'),
      plan: forEachBucket,
      notRecorded: 'Access points are asked for live alone.',
    },
    (m, client, input: s3control.ListMultiRegionAccessPointsCommandInput, o) =>
      client.send(new m.ListMultiRegionAccessPointsCommand(input), o),
  ),
  's3control:GetMultiRegionAccessPointPolicyStatus': operation(
    s3controlService,
    {
      action: 's3:GetMultiRegionAccessPointPolicyStatus',
      purpose: 'Whether S3 considers the policy of such a Multi-Region access point public',
      quota: s3Reads,
      absentWhen: ['NoSuchMultiRegionAccessPointPolicy'],
      body: xml('GetMultiRegionAccessPointPolicyStatusResult'),
      plan: forEachAccessPoint,
      notRecorded: 'Access points are asked for live alone.',
    },
    (m, client, input: s3control.GetMultiRegionAccessPointPolicyStatusCommandInput, o) =>
      client.send(new m.GetMultiRegionAccessPointPolicyStatusCommand(input), o),
  ),
} as const;

/** Ids of accounts that a bucket's name can hold: it has at most 63 characters. */
const idsInName = 4;
/** A trail names accounts by its own ARN and by those of its key, log group and topic. */
const arnsOfTrail = 4;

/**
 * The accounts that may own a bucket are asked one after the other, until one says that it does; of a few, all are. The
 * owner is asked about the bucket of its access logs, too.
 */
function searches({ inputs, trails, buckets, regions }: PlanFigures): Range {
  return {
    atLeast: buckets.atLeast,
    atMost:
      arnsOfTrail * trails.atMost +
      buckets.atMost * (inputs.namedForBuckets + idsInName + 1) +
      Math.min(buckets.atMost, bucketsAskedEverywhere) * (inputs.mayBeEntered + 1) +
      // One bucket for the flow logs of an account is reckoned with, one for its distributions, and one for the load
      // balancers of a Region.
      (inputs.chosen.vpc.atMost +
        inputs.chosen.distribution.atMost +
        times(inputs.chosen['load-balancer'], regions).atMost) *
        (inputs.namedForBuckets + idsInName + 1),
  };
}
