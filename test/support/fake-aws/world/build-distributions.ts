import type { WorldDeliveries, WorldDistribution } from './resources.js';

/** What a test states of a distribution. */
export interface DistributionParts extends Partial<Omit<WorldDistribution, 'arn'>> {
  readonly accountId: string;
}

/** A distribution without logs. */
export function aDistribution({
  accountId,
  id = `E${accountId.slice(0, 8)}`,
  ...parts
}: DistributionParts): WorldDistribution {
  const arn = `arn:aws:cloudfront::${accountId}:distribution/${id}`;
  return { accountId, id, arn, isEnabled: true, bucket: null, realTimeConfigs: [null], ...parts };
}

/** CloudWatch Logs delivers the access logs of a distribution, as it does for standard logging (v2). */
export function deliversAccessLogs(
  { accountId, arn }: WorldDistribution,
  source: Partial<WorldDeliveries['sources'][number]> = {},
): WorldDeliveries {
  const name = 'access-logs';
  return {
    accountId,
    region: 'us-east-1',
    sources: [{ name, resourceArns: [arn], service: 'cloudfront', logType: 'ACCESS_LOGS', ...source }],
    deliveries: [{ id: 'a1b2c3d4', deliverySourceName: name, deliveryDestinationType: 'S3' }],
  };
}
