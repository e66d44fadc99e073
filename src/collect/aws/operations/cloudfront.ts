import type * as cloudfront from '@aws-sdk/client-cloudfront';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { upTo } from '../../plan/range.js';
import { inAccounts, type PlanFigures } from '../../plan/rule.js';
import { operation } from '../service.js';
import { cloudfrontService, logsService, quota } from './services.js';

/** CloudFront publishes no rates for its API; most accounts have few distributions. */
const reads = quota('cloudfront-reads', 10, 10);

/** So many distributions of an account are reckoned with. */
const distributionsInAccount = 25;

const once = ({ inputs }: PlanFigures) => upTo(inputs.chosen.distribution.atMost);
const forEach = ({ inputs }: PlanFigures) => upTo(inputs.chosen.distribution.atMost * distributionsInAccount);
const xml = (root: string) => ({ is: 'xml', roots: [root] }) as const;

export const cloudfrontOperations = {
  'cloudfront:ListDistributions': operation(
    cloudfrontService,
    {
      action: 'cloudfront:ListDistributions',
      purpose: 'The CloudFront distributions of accounts, where a policy asks for their logs',
      quota: reads,
      body: xml('DistributionList'),
      plan: inAccounts(({ inputs }) => inputs.chosen.distribution),
    },
    (m, client, input: cloudfront.ListDistributionsCommandInput, o) =>
      client.send(new m.ListDistributionsCommand(input), o),
  ),
  'cloudfront:GetDistributionConfig': operation(
    cloudfrontService,
    {
      action: 'cloudfront:GetDistributionConfig',
      purpose: 'Whether they have standard logging (legacy) and real-time logs',
      quota: reads,
      absentWhen: ['NoSuchDistribution'],
      body: xml('DistributionConfig'),
      plan: inAccounts(forEach),
    },
    (m, client, input: cloudfront.GetDistributionConfigCommandInput, o) =>
      client.send(new m.GetDistributionConfigCommand(input), o),
  ),
  'cloudfront:GetRealtimeLogConfig': operation(
    cloudfrontService,
    {
      action: 'cloudfront:GetRealtimeLogConfig',
      purpose: 'How many of the requests are in real-time logs',
      quota: reads,
      absentWhen: ['NoSuchRealtimeLogConfig'],
      body: xml('GetRealtimeLogConfigResult'),
      plan: inAccounts(forEach),
    },
    (m, client, input: cloudfront.GetRealtimeLogConfigCommandInput, o) =>
      client.send(new m.GetRealtimeLogConfigCommand(input), o),
  ),
  // Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
  'logs:DescribeDeliverySources': operation(
    logsService,
    {
      action: 'logs:DescribeDeliverySources',
      purpose: 'Which distributions have standard logging (v2), which CloudWatch Logs delivers',
      quota: quota('logs-delivery-sources', 5, 5),
      plan: inAccounts(once),
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
      plan: inAccounts(once),
    },
    (m, client, input: logs.DescribeDeliveriesCommandInput, o) =>
      client.send(new m.DescribeDeliveriesCommand(input), o),
  ),
} as const;
