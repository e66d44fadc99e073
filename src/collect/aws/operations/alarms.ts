import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import { forEachNamed } from '../../plan/rule.js';
import { operation } from '../service.js';
import { cloudwatchService, logsService, quota } from './services.js';

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
} as const;
