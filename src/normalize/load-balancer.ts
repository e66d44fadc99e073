import type { LoadBalancerLogging } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { optionalText } from './text.js';

/** DescribeLoadBalancerAttributes' answer for a Classic Load Balancer, as far as it is used. */
export interface RawClassicAttributes {
  readonly AccessLog?:
    | { readonly Enabled?: boolean | undefined; readonly S3BucketName?: string | undefined }
    | undefined;
}

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_AccessLog.html */
export function normalizeClassicAttributes(raw: RawClassicAttributes): LoadBalancerLogging {
  const { Enabled, S3BucketName } = required(raw.AccessLog, 'AccessLog');
  return required(Enabled, 'AccessLog.Enabled')
    ? { bucket: required(optionalText(S3BucketName), 'AccessLog.S3BucketName') }
    : {};
}

interface Attribute {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/**
 * The same of an Application or a Network Load Balancer.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
 */
export function normalizeAttributes(all: readonly Attribute[]): LoadBalancerLogging {
  const valueOf = (key: string): string => {
    const value = all.find((it) => it.Key === key)?.Value;
    return required(optionalText(value), key);
  };
  return valueOf('access_logs.s3.enabled') === 'true' ? { bucket: valueOf('access_logs.s3.bucket') } : {};
}
