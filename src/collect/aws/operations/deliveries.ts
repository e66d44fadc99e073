import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { times, upTo } from '../../plan/range.js';
import type { PlanRule } from '../../plan/rule.js';
import { operation } from '../service.js';
import { logsService, quota } from './services.js';

/** Once where CloudFront is set up, and in each Region for load balancers; each only where there is one. */
const whereSomethingLogs: PlanRule = ({ inputs, regions }) => {
  const { distribution, 'load-balancer': loadBalancer } = inputs.chosen;
  return {
    calls: upTo(distribution.atMost + times(loadBalancer, regions).atMost),
    where: 'read',
    regions: loadBalancer.atMost > 0 ? 'each-enabled' : 'one',
  };
};

/**
 * What CloudWatch Logs delivers for other services.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html
 */
export const deliveryOperations = {
  'logs:DescribeDeliverySources': operation(
    logsService,
    {
      action: 'logs:DescribeDeliverySources',
      purpose: 'Which distributions and load balancers have access logs that CloudWatch Logs delivers',
      quota: quota('logs-delivery-sources', 5, 5),
      plan: whereSomethingLogs,
    },
    (m, client, input: logs.DescribeDeliverySourcesCommandInput, o) =>
      client.send(new m.DescribeDeliverySourcesCommand(input), o),
  ),
  'logs:DescribeDeliveries': operation(
    logsService,
    {
      action: 'logs:DescribeDeliveries',
      purpose: 'Whether it delivers them anywhere',
      quota: quota('logs-deliveries', 5, 5),
      plan: whereSomethingLogs,
    },
    (m, client, input: logs.DescribeDeliveriesCommandInput, o) =>
      client.send(new m.DescribeDeliveriesCommand(input), o),
  ),
  'logs:DescribeDeliveryDestinations': operation(
    logsService,
    {
      action: 'logs:DescribeDeliveryDestinations',
      purpose: 'Which bucket, log group or stream they go to',
      quota: quota('logs-delivery-destinations', 5, 5),
      plan: whereSomethingLogs,
    },
    (m, client, input: logs.DescribeDeliveryDestinationsCommandInput, o) =>
      client.send(new m.DescribeDeliveryDestinationsCommand(input), o),
  ),
} as const;
