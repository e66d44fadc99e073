import type { Bucket, Inventory } from '../../model/inventory.js';
import { doubt, sure } from '../three-valued.js';
import type { Tri } from '../values.js';

/** Finds the log bucket that all ARNs with a beginning are objects of. */
export type FindLogBucket = (arnPrefix: string) => Bucket | undefined;

export function logBucketsOf(inventory: Inventory): FindLogBucket {
  const byName = new Map(inventory.buckets.map((bucket) => [bucket.name, bucket]));
  const start = `arn:${inventory.partition}:s3:::`;
  return (arnPrefix) => {
    if (!arnPrefix.startsWith(start)) return undefined;
    const end = arnPrefix.indexOf('/', start.length);
    // Without the slash, other buckets whose names go on may be meant, too.
    return end === -1 ? undefined : byName.get(arnPrefix.slice(start.length, end));
  };
}

/** What records access to a log bucket when no trail does; undefined when nothing is known to. */
export function accessRecordOf({ accessLogging }: Bucket): Tri<string | undefined> {
  switch (accessLogging.state) {
    case 'known':
      return sure(`server access logs in bucket ${accessLogging.value.targetBucket}`);
    case 'absent':
      return sure(undefined);
    case 'unknown':
      return doubt([accessLogging.gap]);
  }
}
