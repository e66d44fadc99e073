import type * as kms from '@aws-sdk/client-kms';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { forEachKey, forEachKeyAndTopic, forEachLogGroup } from '../../plan/rule.js';
import { operation } from '../service.js';
import { kmsService, logsService, quota } from './services.js';

const kmsReads = quota('kms-reads', 100, 100);

export const destinationOperations = {
  'kms:DescribeKey': operation(
    kmsService,
    {
      action: 'kms:DescribeKey',
      purpose: 'State and kind of the keys that encrypt logs, and names of those of topics',
      quota: kmsReads,
      absentWhen: ['NotFoundException'],
      plan: forEachKeyAndTopic,
    },
    (m, client, input: kms.DescribeKeyCommandInput, o) => client.send(new m.DescribeKeyCommand(input), o),
  ),
  'kms:GetKeyRotationStatus': operation(
    kmsService,
    {
      action: 'kms:GetKeyRotationStatus',
      purpose: 'Their rotation',
      quota: kmsReads,
      absentWhen: ['UnsupportedOperationException'],
      plan: forEachKey,
      notRecorded: 'AWS Config records that a key rotates, and not how often.',
    },
    (m, client, input: kms.GetKeyRotationStatusCommandInput, o) =>
      client.send(new m.GetKeyRotationStatusCommand(input), o),
  ),
  'kms:GetKeyPolicy': operation(
    kmsService,
    {
      action: 'kms:GetKeyPolicy',
      purpose: 'Who may use the keys, also those of the topics that alarms notify',
      quota: kmsReads,
      plan: forEachKeyAndTopic,
    },
    (m, client, input: kms.GetKeyPolicyCommandInput, o) => client.send(new m.GetKeyPolicyCommand(input), o),
  ),
  'kms:ListGrants': operation(
    kmsService,
    {
      action: 'kms:ListGrants',
      purpose: 'Who else may use the keys: grants do not show in key policies',
      quota: kmsReads,
      plan: forEachKey,
      notRecorded: 'AWS Config does not record the grants of keys.',
    },
    (m, client, input: kms.ListGrantsCommandInput, o) => client.send(new m.ListGrantsCommand(input), o),
  ),
  'logs:DescribeLogGroups': operation(
    logsService,
    {
      action: 'logs:DescribeLogGroups',
      purpose: 'Retention and key of the log groups that trails send to',
      quota: quota('logs-describe', 5, 5),
      plan: forEachLogGroup,
      notRecorded: 'AWS Config does not record log groups.',
    },
    (m, client, input: logs.DescribeLogGroupsCommandInput, o) => client.send(new m.DescribeLogGroupsCommand(input), o),
  ),
} as const;
