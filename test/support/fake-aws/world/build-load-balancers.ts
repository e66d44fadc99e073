import { deliveryTo, type Destination } from './build-distributions.js';
import type { WorldDeliveries, WorldLoadBalancer } from './resources.js';

/** What a test states of a load balancer. */
export interface LoadBalancerParts extends Partial<Omit<WorldLoadBalancer, 'arn'>> {
  readonly accountId: string;
}

/** How ARNs of each kind begin. */
const kinds: Readonly<Record<string, string>> = { application: 'app/', network: 'net/', gateway: 'gwy/' };

/** An Application Load Balancer without access logs. */
export function aLoadBalancer({
  accountId,
  region = 'eu-central-1',
  type = 'application',
  name = 'web',
  ...parts
}: LoadBalancerParts): WorldLoadBalancer {
  const id = type === 'classic' ? name : `${kinds[type] ?? ''}${name}/1a2b3c4d`;
  const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${id}`;
  return { accountId, region, type, name, arn, bucket: null, protocols: [], ...parts };
}

/** CloudWatch Logs delivers its access logs. */
export function deliversLogsOf(
  { accountId, region, arn, type }: WorldLoadBalancer,
  source: Partial<WorldDeliveries['sources'][number]> = {},
  to: Destination = { type: 'S3', arn: 'arn:aws:s3:::access-logs' },
): WorldDeliveries {
  const name = 'access-logs';
  const logType = type === 'network' ? 'NLB_ACCESS_LOGS' : 'ALB_ACCESS_LOGS';
  return {
    accountId,
    region,
    sources: [{ name, resourceArns: [arn], service: 'elasticloadbalancing', logType, ...source }],
    ...deliveryTo(name, 'd4c3b2a1', to, { accountId, region }),
  };
}
