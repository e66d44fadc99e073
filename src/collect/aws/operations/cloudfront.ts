import type * as cloudfront from '@aws-sdk/client-cloudfront';
import { upTo } from '../../plan/range.js';
import { inAccounts, type PlanFigures } from '../../plan/rule.js';
import { operation } from '../service.js';
import { cloudfrontService, quota } from './services.js';

/** CloudFront publishes no rates for its API; most accounts have few distributions. */
const reads = quota('cloudfront-reads', 10, 10);

/** So many distributions of an account are reckoned with. */
const distributionsInAccount = 25;

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
} as const;
