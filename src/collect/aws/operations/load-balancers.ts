import type * as elb from '@aws-sdk/client-elastic-load-balancing';
import type * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import { times, upTo } from '../../plan/range.js';
import { inEachRegion, type PlanFigures } from '../../plan/rule.js';
import { operation } from '../service.js';
import { elbService, elbv2Service, quota } from './services.js';

/**
 * Reads have a bucket of 40 calls that fills by 10 a second, one for each version of the API.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html
 */
const reads = (family: string) => quota(family, 10, 40);

/** So many load balancers of an account and Region are reckoned with. */
const loadBalancersInRegion = 10;

const once = ({ inputs, regions }: PlanFigures) => times(inputs.chosen['load-balancer'], regions);
const forEach = (figures: PlanFigures) => upTo(once(figures).atMost * loadBalancersInRegion);

/** Load balancers of both generations: AWS has an API for each. */
export const loadBalancerOperations = {
  'elbv2:DescribeLoadBalancers': operation(
    elbv2Service,
    {
      action: 'elasticloadbalancing:DescribeLoadBalancers',
      purpose: 'The load balancers of each Region, where a policy asks for their logs',
      quota: reads('elbv2-reads'),
      plan: inEachRegion('read', once),
    },
    (m, client, input: elbv2.DescribeLoadBalancersCommandInput, o) =>
      client.send(new m.DescribeLoadBalancersCommand(input), o),
  ),
  'elbv2:DescribeLoadBalancerAttributes': operation(
    elbv2Service,
    {
      action: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
      purpose: 'Whether they write access logs, and to which bucket',
      quota: reads('elbv2-reads'),
      absentWhen: ['LoadBalancerNotFoundException'],
      plan: inEachRegion('read', forEach),
    },
    (m, client, input: elbv2.DescribeLoadBalancerAttributesCommandInput, o) =>
      client.send(new m.DescribeLoadBalancerAttributesCommand(input), o),
  ),
  'elbv2:DescribeListeners': operation(
    elbv2Service,
    {
      action: 'elasticloadbalancing:DescribeListeners',
      purpose: 'Whether a Network Load Balancer has a TLS listener, whose requests alone it logs',
      quota: reads('elbv2-reads'),
      absentWhen: ['LoadBalancerNotFoundException'],
      plan: inEachRegion('read', forEach),
    },
    (m, client, input: elbv2.DescribeListenersCommandInput, o) => client.send(new m.DescribeListenersCommand(input), o),
  ),
  'elb:DescribeLoadBalancers': operation(
    elbService,
    {
      action: 'elasticloadbalancing:DescribeLoadBalancers',
      purpose: 'The Classic Load Balancers of each Region',
      quota: reads('elb-reads'),
      plan: inEachRegion('read', once),
    },
    (m, client, input: elb.DescribeLoadBalancersCommandInput, o) =>
      client.send(new m.DescribeLoadBalancersCommand(input), o),
  ),
  'elb:DescribeLoadBalancerAttributes': operation(
    elbService,
    {
      action: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
      purpose: 'Whether they write access logs, and to which bucket',
      quota: reads('elb-reads'),
      absentWhen: ['AccessPointNotFoundException'],
      plan: inEachRegion('read', forEach),
    },
    (m, client, input: elb.DescribeLoadBalancerAttributesCommandInput, o) =>
      client.send(new m.DescribeLoadBalancerAttributesCommand(input), o),
  ),
} as const;
