import { known, type Absent, type KnownValue } from '../../model/known.js';
import type { Aws } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import { S3Failure } from './s3-failure.js';

/**
 * The Region that a bucket is in; absent when there is no such bucket.
 *
 * @param region to ask in
 * @throws S3Failure when that cannot be told
 */
export async function findBucketRegion(
  aws: Aws,
  session: Session,
  region: string,
  bucket: string,
): Promise<KnownValue<string> | Absent> {
  const place = { region, resource: bucket };
  const found = await aws.tryCall(session, 's3:HeadBucket', { Bucket: bucket }, place, (output) => output.BucketRegion);
  if ('failure' in found) throw new S3Failure(found.failure);
  return found.it.state === 'known' ? known(found.it.value ?? region) : { state: 'absent' };
}
