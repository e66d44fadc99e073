import { ABSENT, type Value } from '../expression/index.js';
import type { Bucket, Distribution, DistributionLogging } from '../model/inventory.js';
import { namesOf } from '../model/resource-kinds.js';
import { accessLogFields } from './access-log-fields.js';
import { optional, orAbsent, required } from './convert.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';
import type { World } from './world.js';

const listed = (show: (it: Distribution) => Value): Field<Distribution> =>
  observed(['cloudfront:ListDistributions'], show);

const logging = (show: (it: DistributionLogging) => Value) => (it: Distribution) => required(it.logging, ABSENT, show);

export const distributionShape: Shape<Distribution> = {
  type: 'Distribution',
  label: (it) => it.arn,
  cause: (it, field) => ({ targetType: 'distribution', id: it.arn, field }),
  fields: fields<Distribution>({
    arn: listed((it) => it.arn),
    name: listed((it) => it.name),
    accountId: listed((it) => it.accountId),
    enabled: listed((it) => it.isEnabled),
    loggingBucket: observed(
      ['cloudfront:GetDistributionConfig'],
      logging((it) => orAbsent(it.bucket)),
    ),
    ...accessLogFields<Distribution>('distribution', ['cloudfront:GetDistributionConfig']),
    loggingBucketOwnership: derived(
      (it, world) => {
        const bucket = loggingBucketOf(it, world);
        const calls = ['s3:GetBucketOwnershipControls'];
        return [
          evidenceOf(it, ['cloudfront:GetDistributionConfig']),
          bucket === undefined ? [] : evidenceOf(bucket, calls),
        ];
      },
      (it, world) => {
        const bucket = loggingBucketOf(it, world);
        return bucket?.owner.state !== 'known' ? ABSENT : required(bucket.objectOwnership, 'ObjectWriter', (is) => is);
      },
    ),
    realTimeSamplingRate: observed(
      ['cloudfront:GetDistributionConfig', 'cloudfront:GetRealtimeLogConfig'],
      logging((it) => optional(it.realTimeSampling, (rate) => rate)),
    ),
  }),
};

/** The bucket of standard logging (legacy), where it was read: policies on buckets of other logs ask for it. */
function loggingBucketOf(it: Distribution, { lookup }: World): Bucket | undefined {
  if (it.logging.state !== 'known' || it.logging.value.bucket === undefined) return undefined;
  const [name] = namesOf('distribution', it, 'other-log-bucket');
  return name?.state === 'known' ? lookup.named('other-log-bucket', name.value) : undefined;
}
