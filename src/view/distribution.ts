import { ABSENT, ViewList, type Value } from '../expression/index.js';
import type { Distribution, DistributionLogging } from '../model/inventory.js';
import { optional, orAbsent, required, texts } from './convert.js';
import { fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';

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
    deliveries: observed(['logs:DescribeDeliverySources', 'logs:DescribeDeliveries'], (it) =>
      required(it.deliveries, new ViewList([]), texts),
    ),
    realTimeSamplingRate: observed(
      ['cloudfront:GetDistributionConfig', 'cloudfront:GetRealtimeLogConfig'],
      logging((it) => optional(it.realTimeSampling, (rate) => rate)),
    ),
  }),
};
