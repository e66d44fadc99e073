import type * as ec2 from '@aws-sdk/client-ec2';
import { times, upTo } from '../../plan/range.js';
import { inEachRegion } from '../../plan/rule.js';
import { operation } from '../service.js';
import { ec2Service, quota } from './services.js';

/**
 * Reads have a bucket of 100 calls that fills by 20 a second, each API its own.
 * Source: https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
const reads = (name: string) => quota(name, 20, 100);

export const ec2Operations = {
  'ec2:DescribeVpcs': operation(
    ec2Service,
    {
      action: 'ec2:DescribeVpcs',
      purpose: 'The VPCs of each Region, where a policy asks for their flow logs',
      quota: reads('ec2-vpcs'),
      plan: inEachRegion('read', ({ inputs, regions }) => times(inputs.chosen.vpc, regions)),
    },
    (m, client, input: ec2.DescribeVpcsCommandInput, o) => client.send(new m.DescribeVpcsCommand(input), o),
  ),
  'ec2:DescribeFlowLogs': operation(
    ec2Service,
    {
      action: 'ec2:DescribeFlowLogs',
      purpose: 'What of their traffic is logged, where to, and whether it arrives',
      quota: reads('ec2-flow-logs'),
      plan: inEachRegion('read', ({ inputs, regions }) => upTo(times(inputs.chosen.vpc, regions).atMost)),
    },
    (m, client, input: ec2.DescribeFlowLogsCommandInput, o) => client.send(new m.DescribeFlowLogsCommand(input), o),
  ),
} as const;
