import type { Bucket } from '../model/inventory.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/**
 * Why server access logs do not arrive, or prove nothing, though logging is on; undefined: nothing speaks against it.
 * S3 delivers them only to a bucket of the same account and Region without default Object Lock retention; a bucket that
 * logs into itself loses the record together with the logs.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 *
 * @param findBucket a bucket of the inventory by name; undefined: it was not read, and nothing is said of it
 */
export function accessLogProblem(
  { name, owner, accessLogging }: Bucket,
  findBucket: (name: string) => Bucket | undefined,
): Tri<string | undefined> {
  if (accessLogging.state === 'unknown') return doubt([accessLogging.gap]);
  if (accessLogging.state === 'absent') return sure(undefined);
  const { targetBucket } = accessLogging.value;
  if (targetBucket === name) return sure('they go into the log bucket itself');
  const target = findBucket(targetBucket);
  if (target === undefined) return sure(undefined);
  if (target.owner.state === 'absent') return sure(`bucket ${targetBucket} does not exist`);
  if (target.owner.state === 'unknown') return doubt([target.owner.gap]);
  if (owner.state === 'known') {
    const { accountId, region } = target.owner.value;
    if (accountId !== owner.value.accountId) return sure(`bucket ${targetBucket} belongs to account ${accountId}`);
    if (region !== owner.value.region) return sure(`bucket ${targetBucket} is in ${region}`);
  }
  if (target.objectLock.state === 'unknown') return doubt([target.objectLock.gap]);
  const isLocked = target.objectLock.state === 'known' && target.objectLock.value.mode !== undefined;
  return sure(isLocked ? `bucket ${targetBucket} has a default retention of Object Lock` : undefined);
}
