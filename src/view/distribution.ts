import { ABSENT, ViewList, type Value } from '../expression/index.js';
import type { Bucket, Distribution, DistributionLogging } from '../model/inventory.js';
import { namesOf } from '../model/resource-kinds.js';
import { deliveriesArrive, loggingBucketExists } from '../facts/index.js';
import { fromTri, optional, orAbsent, required, texts } from './convert.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';
import type { World } from './world.js';

const listed = (show: (it: Distribution) => Value): Field<Distribution> =>
  observed(['cloudfront:ListDistributions'], show);

const logging = (show: (it: DistributionLogging) => Value) => (it: Distribution) => required(it.logging, ABSENT, show);

const deliveryCalls = ['logs:DescribeDeliverySources', 'logs:DescribeDeliveries', 'logs:DescribeDeliveryDestinations'];

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
    loggingBucketExists: derived(
      (it) => [evidenceOf(it, ['cloudfront:GetDistributionConfig', 's3:HeadBucket', 's3:ListBuckets'])],
      (it, world) => {
        const lacking = (): string => {
          const message = `Whether the bucket exists that distribution ${it.arn} logs to was not asked.`;
          const { accountId, region } = it;
          return world.note({ call: 's3:HeadBucket', accountId, region, resource: it.arn, reason: 'error', message });
        };
        return fromTri(loggingBucketExists(it.logging, lacking), (exists) => exists);
      },
    ),
    deliveriesArrive: derived(
      (it) => [evidenceOf(it, [...deliveryCalls, 's3:HeadBucket', 's3:ListBuckets', 'logs:DescribeLogGroups'])],
      (it, world) => {
        const lacking = (): string => {
          const message = `Where CloudWatch Logs delivers the access logs of distribution ${it.arn} was not asked.`;
          const { accountId, region } = it;
          const call = 'logs:DescribeDeliveryDestinations';
          return world.note({ call, accountId, region, resource: it.arn, reason: 'not-collected', message });
        };
        return fromTri(deliveriesArrive(it.deliveries, it.deliveryTargets, lacking), (arrive) => arrive);
      },
    ),
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
    deliveries: observed(['logs:DescribeDeliverySources', 'logs:DescribeDeliveries'], (it) =>
      required(it.deliveries, new ViewList([]), texts),
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
