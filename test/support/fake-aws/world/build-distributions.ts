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

/** What a delivery goes to. */
export interface Destination {
  readonly type: 'S3' | 'CWL' | 'FH';
  /** of the bucket, log group or stream */
  readonly arn: string;
  /** that has the delivery destination; missing: the one that logs */
  readonly accountId?: string;
}

/** A delivery from a source, with its destination where that is of the same account. */
export function deliveryTo(
  source: string,
  id: string,
  { type, arn: destinationResourceArn, accountId: owner }: Destination,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): Pick<WorldDeliveries, 'deliveries' | 'destinations'> {
  const arn = `arn:aws:logs:${region}:${owner ?? accountId}:delivery-destination:${source}`;
  const configuration = { deliveryDestinationConfiguration: { destinationResourceArn } };
  const destination = { name: source, arn, deliveryDestinationType: type, ...configuration };
  return {
    deliveries: [{ id, deliverySourceName: source, deliveryDestinationArn: arn, deliveryDestinationType: type }],
    destinations: owner === undefined || owner === accountId ? [destination] : [],
  };
}

/** CloudWatch Logs delivers the access logs of a distribution, as it does for standard logging (v2). */
export function deliversAccessLogs(
  { accountId, arn }: WorldDistribution,
  source: Partial<WorldDeliveries['sources'][number]> = {},
  to: Destination = { type: 'S3', arn: 'arn:aws:s3:::logs' },
): WorldDeliveries {
  const { name = 'access-logs' } = source;
  return {
    accountId,
    region: 'us-east-1',
    sources: [{ name, resourceArns: [arn], service: 'cloudfront', logType: 'ACCESS_LOGS', ...source }],
    ...deliveryTo(name, 'a1b2c3d4', to, { accountId, region: 'us-east-1' }),
  };
}
