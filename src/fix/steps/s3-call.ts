import type { Command, Word } from '../command.js';

export interface BucketPlace {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

/** A call about a bucket, which S3 refuses where the bucket is another account's. */
export function s3(operation: string, { name, accountId, region }: BucketPlace, ...words: readonly Word[]): Command {
  return {
    words: ['s3api', operation, '--region', region, '--bucket', name, '--expected-bucket-owner', accountId, ...words],
  };
}
