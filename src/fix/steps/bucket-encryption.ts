import { jsonWord, placeholderName, type Placeholder } from '../command.js';
import type { FixContext } from '../context.js';
import { hclName } from '../hcl.js';
import type { Open, Step } from '../step.js';
import { s3, type BucketPlace } from './s3-call.js';
import { receivesAccessLogs } from './deliverers.js';

/**
 * Default encryption with a KMS key. A delivery that names no key of its own uses it, so that its policy comes first.
 * Undefined where S3 delivers server access logs, which it cannot to such a bucket:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function encryption(open: Open, bucket: BucketPlace, context: FixContext): Step | undefined {
  const before = context.bucket(bucket.name)?.encryption;
  if (before === undefined || before.state === 'unknown' || receivesAccessLogs(bucket.name, context)) return undefined;
  const { accountId, region, name } = bucket;
  const key: Placeholder = {
    placeholder: placeholderName('KMS_KEY_ARN', accountId, region),
    meaning: `the ARN of a symmetric key in ${region}, whose policy lets CloudTrail encrypt and the readers of the logs decrypt`,
  };
  const rule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key },
    BucketKeyEnabled: true,
  };
  return {
    stage: 'destinations',
    accountId,
    region,
    fixes: [open],
    what: `Bucket ${name} encrypts with a KMS key what is delivered without one.`,
    commands: [
      s3('put-bucket-encryption', bucket, '--server-side-encryption-configuration', jsonWord({ Rules: [rule] })),
    ],
    // S3 then encrypts with its own keys again, as it did before.
    rollback: [s3('delete-bucket-encryption', bucket)],
    cost: 'the key by the month, and its requests, which the Bucket Key makes few',
    notes: [
      'Where the policy of the key does not let CloudTrail, and whatever else delivers there, encrypt, deliveries fail: see that the next one arrives.',
      'What lies in the bucket keeps its encryption. The key must be kept as long as what was encrypted meanwhile.',
    ],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_s3_bucket_server_side_encryption_configuration', hclName('bucket', name)],
        attributes: { bucket: name },
        blocks: [
          {
            kind: 'rule',
            labels: [],
            attributes: { bucket_key_enabled: true },
            blocks: [
              {
                kind: 'apply_server_side_encryption_by_default',
                labels: [],
                attributes: { sse_algorithm: 'aws:kms', kms_master_key_id: key },
              },
            ],
          },
        ],
      },
    ],
  };
}
