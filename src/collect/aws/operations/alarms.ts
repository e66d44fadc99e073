import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type * as sns from '@aws-sdk/client-sns';
import { aboutResources, forEachNamed } from '../../plan/rule.js';
import { upTo } from '../../plan/range.js';
import { operation } from '../service.js';
import { cloudwatchService, logsService, quota, snsService } from './services.js';

/** So many topics the alarms of a log group have at most, or nearly: each of the fifteen subjects one. */
const topicsPerLogGroup = 15;

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
  'sns:GetTopicAttributes': operation(
    snsService,
    {
      action: 'sns:GetTopicAttributes',
      purpose: 'Whether anyone is subscribed to the topics that these alarms tell',
      quota: quota('sns-reads', 30, 30),
      absentWhen: ['NotFound', 'NotFoundException'],
      plan: aboutResources('anywhere', ({ onePerTrail }) => upTo(onePerTrail.atMost * topicsPerLogGroup)),
    },
    (m, client, input: sns.GetTopicAttributesCommandInput, o) => client.send(new m.GetTopicAttributesCommand(input), o),
  ),
} as const;
