import type { Bucket, Trail } from '../model/inventory.js';
import { doubt, fromKnown, someHold, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** How the log and digest files of a bucket are encrypted. */
export interface LogEncryption {
  /** With a KMS key: those of one trail, at least. */
  readonly usesKms: Tri<boolean>;
  /**
   * Notes that AWS Config did not record whether a replication rule takes in what such a key encrypts, and returns the
   * gap's id. Undefined for an inventory that was read live: one of an earlier version, which did not keep it, is judged
   * as that version did, by its rules alone.
   */
  readonly unrecorded: (() => string) | undefined;
}

/**
 * Whether a KMS key encrypts log files in a bucket: that of a trail, or that of the bucket, which S3 uses where a writer
 * asks for no encryption of its own; CloudTrail does not say whether it asks.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
 *
 * @param trails those that may deliver there
 * @param byDefault notes that the bucket's own key may encrypt them, and returns the id of that gap
 */
export function usesKms(
  { name, encryption }: Pick<Bucket, 'name' | 'encryption'>,
  trails: readonly Pick<Trail, 'description'>[],
  byDefault: () => string,
): Tri<boolean> {
  const ofTrails = trails.map(({ description }) =>
    fromKnown(description, false, (it) => it.s3BucketName === name && it.kmsKeyId !== undefined),
  );
  const hasDefaultKey = fromKnown(encryption, false, (it) => it.sseAlgorithm.startsWith('aws:kms'));
  const ofBucket =
    hasDefaultKey.state === 'known' ? (hasDefaultKey.value ? doubt([byDefault()]) : sure(false)) : hasDefaultKey;
  return someHold([...ofTrails, ofBucket]);
}
