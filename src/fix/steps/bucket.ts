import { jsonWord, placeholderName, type Placeholder } from '../command.js';
import type { FixContext } from '../context.js';
import { hclName } from '../hcl.js';
import type { Open, Step } from '../step.js';
import { encryption } from './bucket-encryption.js';
import { whyNoRetention } from './deliverers.js';
import { failing, numberParam } from './failing.js';
import { lifecycleStep } from './lifecycle.js';
import { bucketBlocksPublicAccess } from './public-access.js';
import { s3, type BucketPlace } from './s3-call.js';
import { bucketTags } from './tags.js';

function accessLogBucket({ accountId, region }: BucketPlace): Placeholder {
  return {
    placeholder: placeholderName('ACCESS_LOG_BUCKET', accountId, region),
    meaning: `another bucket of account ${accountId} in ${region}, whose policy lets logging.s3.amazonaws.com write, and which has no default retention`,
  };
}

/** The step for a finding of a log bucket; undefined: its policy document, or a person, has to do with it. */
export function bucketStep(open: Open, bucket: BucketPlace, context: FixContext): Step | undefined {
  switch (open.policy.id) {
    case 'log-bucket-is-not-public':
    case 'log-bucket-blocks-public-access':
      return bucketBlocksPublicAccess(open, bucket, context);
    case 'log-bucket-is-versioned':
      return failing(open).has('recoverable') ? undefined : versioning(open, bucket);
    case 'log-bucket-resists-deletion':
      // Rules that erase noncurrent versions would still do so.
      return context.bucket(bucket.name)?.lifecycleRules.state === 'absent' ? versioning(open, bucket) : undefined;
    case 'log-bucket-logs-access':
      return failing(open).has('target') ? undefined : accessLogging(open, bucket);
    case 'log-bucket-retains-logs':
    case 'log-bucket-keeps-logs-at-hand':
      return lifecycleStep(open, bucket, context);
    case 'log-bucket-is-locked':
      return objectLock(open, bucket, context);
    case 'log-bucket-encrypts-with-kms':
      return encryption(open, bucket, context);
    case 'log-bucket-is-tagged':
      return bucketTags(open, bucket, context);
    default:
      return undefined;
  }
}

function versioning(open: Open, bucket: BucketPlace): Step {
  return {
    stage: 'protection',
    accountId: bucket.accountId,
    region: bucket.region,
    fixes: [open],
    what: `Bucket ${bucket.name} keeps earlier versions of what is overwritten or deleted.`,
    commands: [s3('put-bucket-versioning', bucket, '--versioning-configuration', 'Status=Enabled')],
    rollback: [s3('put-bucket-versioning', bucket, '--versioning-configuration', 'Status=Suspended')],
    cost: 'storage of earlier versions; a lifecycle rule for noncurrent versions bounds it',
    notes: ['A versioned bucket can be suspended, and never becomes unversioned again.'],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_s3_bucket_versioning', hclName('bucket', bucket.name)],
        attributes: { bucket: bucket.name },
        blocks: [{ kind: 'versioning_configuration', labels: [], attributes: { status: 'Enabled' } }],
      },
    ],
  };
}

function accessLogging(open: Open, bucket: BucketPlace): Step {
  const target = accessLogBucket(bucket);
  const status = { LoggingEnabled: { TargetBucket: target, TargetPrefix: `${bucket.name}/` } };
  return {
    stage: 'protection',
    accountId: bucket.accountId,
    region: bucket.region,
    fixes: [open],
    what: `Bucket ${bucket.name} has server access logs.`,
    commands: [s3('put-bucket-logging', bucket, '--bucket-logging-status', jsonWord(status))],
    rollback: [s3('put-bucket-logging', bucket, '--bucket-logging-status', '{}')],
    cost: 'storage of the access logs',
    notes: ['The other bucket must have no Object Lock with a default retention: S3 could not deliver to it.'],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_s3_bucket_logging', hclName('bucket', bucket.name)],
        attributes: { bucket: bucket.name, target_bucket: target, target_prefix: `${bucket.name}/` },
      },
    ],
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html */
function objectLock(open: Open, bucket: BucketPlace, context: FixContext): Step | undefined {
  // Only a versioned bucket can have Object Lock, and a replica or a denial may be what is meant.
  const versions = context.bucket(bucket.name)?.versioning;
  const accepted = (open.group.root.params ?? open.policy.params)['by'];
  const isAccepted = !Array.isArray(accepted) || accepted.includes('governance-lock');
  if (versions?.state !== 'known' || versions.value.status !== 'Enabled' || !isAccepted) return undefined;
  // The call would put the weaker mode in its place, and the way back could not shorten what was locked meanwhile.
  const before = context.bucket(bucket.name)?.objectLock;
  if (before === undefined || before.state === 'unknown') return undefined;
  if (before.state === 'known' && before.value.mode === 'COMPLIANCE') return undefined;
  if (whyNoRetention(bucket.name, context) !== undefined) return undefined;
  const days = numberParam(open, 'minDays', 365);
  const lock = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: days } } };
  const formerDays = before.state === 'known' ? before.value.days : undefined;
  const former =
    formerDays === undefined
      ? { ObjectLockEnabled: 'Enabled' }
      : { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: formerDays } } };
  return {
    stage: 'limits',
    accountId: bucket.accountId,
    region: bucket.region,
    fixes: [open],
    what: `New log files in bucket ${bucket.name} are locked for ${days} days.`,
    commands: [s3('put-object-lock-configuration', bucket, '--object-lock-configuration', jsonWord(lock))],
    rollback: [s3('put-object-lock-configuration', bucket, '--object-lock-configuration', jsonWord(former))],
    cost: 'none for the lock; what is locked is stored and charged until it ends',
    notes: [
      'Object Lock itself can never be turned off again; the rollback sets only the default retention as it was.',
      'AWS Config and server access logs cannot be delivered to a bucket with a default retention: give them another one first.',
    ],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_s3_bucket_object_lock_configuration', hclName('bucket', bucket.name)],
        attributes: { bucket: bucket.name },
        blocks: [
          {
            kind: 'rule',
            labels: [],
            attributes: {},
            blocks: [{ kind: 'default_retention', labels: [], attributes: { mode: 'GOVERNANCE', days } }],
          },
        ],
      },
    ],
  };
}
