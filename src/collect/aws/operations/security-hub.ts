import type * as securityhub from '@aws-sdk/client-securityhub';
import { times } from '../../plan/range.js';
import { inEachRegion } from '../../plan/rule.js';
import { operation } from '../service.js';
import { quota, securityhubService } from './services.js';

export const securityHubOperations = {
  'securityhub:DescribeHub': operation(
    securityhubService,
    {
      action: 'securityhub:DescribeHub',
      purpose: 'Whether Security Hub CSPM is enabled in each Region, where a policy asks for it',
      // Source: https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
      quota: quota('securityhub', 10, 30),
      // The code is that of an account that may not call, too; the message tells them apart: "Account 111122223333 is
      // not subscribed to AWS Security Hub".
      absentWhen: [{ code: 'InvalidAccessException', says: /is not subscribed to AWS Security Hub/i }],
      plan: inEachRegion('read', ({ inputs, regions }) => times(inputs.chosen['security-hub'], regions)),
    },
    (m, client, input: securityhub.DescribeHubCommandInput, o) => client.send(new m.DescribeHubCommand(input), o),
  ),
} as const;
