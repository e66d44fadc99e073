import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { upTo } from '../../plan/range.js';
import { aboutResources, forEachNamed } from '../../plan/rule.js';
import { operation } from '../service.js';
import { cloudwatchService, logsService, quota } from './services.js';

/** No quota is published. */
const muteRuleReads = quota('cloudwatch-mute-rules', 3, 3);

/**
 * Where CloudWatch does not know the operation there can be no mute rules.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html (InvalidAction)
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html (UnknownOperationException)
 */
const noMuteRules = ['InvalidAction', 'UnknownOperationException'];

export const alarmOperations = {
  'logs:DescribeMetricFilters': operation(
    logsService,
    {
      action: 'logs:DescribeMetricFilters',
      purpose: 'Which events in the log groups that trails send to are counted',
      quota: quota('logs-metric-filters', 5, 5),
      absentWhen: ['ResourceNotFoundException'],
      plan: forEachNamed,
      notRecorded: 'AWS Config does not record metric filters, and without them no alarm can be judged.',
    },
    (m, client, input: logs.DescribeMetricFiltersCommandInput, o) =>
      client.send(new m.DescribeMetricFiltersCommand(input), o),
  ),
  'logs:DescribeSubscriptionFilters': operation(
    logsService,
    {
      action: 'logs:DescribeSubscriptionFilters',
      purpose: 'Where these log groups send events on',
      quota: quota('logs-subscription-filters', 5, 5),
      absentWhen: ['ResourceNotFoundException'],
      plan: forEachNamed,
      notRecorded: 'AWS Config does not record subscription filters.',
    },
    (m, client, input: logs.DescribeSubscriptionFiltersCommandInput, o) =>
      client.send(new m.DescribeSubscriptionFiltersCommand(input), o),
  ),
  'cloudwatch:DescribeAlarms': operation(
    cloudwatchService,
    {
      action: 'cloudwatch:DescribeAlarms',
      purpose: 'The alarms on what these metric filters count',
      quota: quota('cloudwatch-describe-alarms', 9, 9),
      plan: forEachNamed,
    },
    (m, client, input: cloudwatch.DescribeAlarmsCommandInput, o) => client.send(new m.DescribeAlarmsCommand(input), o),
  ),
  'cloudwatch:ListAlarmMuteRules': operation(
    cloudwatchService,
    {
      action: 'cloudwatch:ListAlarmMuteRules',
      purpose: 'Whether such alarms are muted at times',
      quota: muteRuleReads,
      absentWhen: noMuteRules,
      plan: forEachNamed,
      notRecorded: 'AWS Config does not record alarm mute rules.',
    },
    (m, client, input: cloudwatch.ListAlarmMuteRulesCommandInput, o) =>
      client.send(new m.ListAlarmMuteRulesCommand(input), o),
  ),
  'cloudwatch:GetAlarmMuteRule': operation(
    cloudwatchService,
    {
      action: 'cloudwatch:GetAlarmMuteRule',
      purpose: 'Which alarms a mute rule mutes, and when',
      quota: muteRuleReads,
      absentWhen: ['ResourceNotFoundException', 'ResourceNotFound', ...noMuteRules],
      plan: aboutResources('anywhere', ({ onePerTrail }) => upTo(onePerTrail.atMost * 16)),
      notRecorded: 'AWS Config does not record alarm mute rules.',
    },
    (m, client, input: cloudwatch.GetAlarmMuteRuleCommandInput, o) =>
      client.send(new m.GetAlarmMuteRuleCommand(input), o),
  ),
} as const;
