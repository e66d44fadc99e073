import { isAccountId, parseArn } from '../../model/identifiers.js';
import { isPlainName, placeholderName, type Command, type Placeholder } from '../command.js';
import { descriptionOf, type FixContext } from '../context.js';
import { hclName } from '../hcl.js';
import type { Open, Step } from '../step.js';
import { cfnName } from './destinations.js';

export function isAboutAlarms({ policy }: Open): boolean {
  return policy.id.startsWith('alarms-on-') && policy.source === 'builtin';
}

/** The metric filter and the alarm of a policy, on the one log group to which a trail of the account sends its events. */
export function alarmStep(open: Open, context: FixContext): Step | undefined {
  const recipe = open.policy.remediation.cli ?? '';
  const [, name] = /--filter-name (\w+)/.exec(recipe) ?? [];
  const [, pattern] = /--filter-pattern '([^']+)'/.exec(recipe) ?? [];
  const group = logGroupOf(open.group.root.target.accountId, context);
  if (name === undefined || pattern === undefined || group === undefined) return undefined;
  const { accountId, region } = group;
  const topic: Placeholder = {
    placeholder: placeholderName('TOPIC_ARN', accountId, region),
    meaning: `the ARN of an SNS topic of account ${accountId} in ${region}, with a subscription that someone confirmed`,
  };
  const metric = `metricName=${name},metricNamespace=CloudTrail,metricValue=1`;
  const put: readonly Command[] = [
    {
      words: [
        'logs',
        'put-metric-filter',
        '--region',
        region,
        '--log-group-name',
        group.name,
        '--filter-name',
        name,
        '--filter-pattern',
        pattern,
        '--metric-transformations',
        metric,
      ],
    },
    {
      words: [
        'cloudwatch',
        'put-metric-alarm',
        '--region',
        region,
        '--alarm-name',
        name,
        '--namespace',
        'CloudTrail',
        '--metric-name',
        name,
        '--statistic',
        'Sum',
        '--period',
        '300',
        '--evaluation-periods',
        '1',
        '--threshold',
        '1',
        '--comparison-operator',
        'GreaterThanOrEqualToThreshold',
        '--treat-missing-data',
        'notBreaching',
        '--alarm-actions',
        topic,
      ],
    },
  ];
  const label = hclName(accountId, region, group.name, name);
  return {
    stage: 'alarms',
    accountId,
    region,
    fixes: [open],
    what: `An alarm ${name} on the events in log group ${group.name}.`,
    commands: put,
    rollback: [
      { words: ['cloudwatch', 'delete-alarms', '--region', region, '--alarm-names', name] },
      {
        words: [
          'logs',
          'delete-metric-filter',
          '--region',
          region,
          '--log-group-name',
          group.name,
          '--filter-name',
          name,
        ],
      },
    ],
    cost: 'an alarm and a metric by the month',
    notes: ['Events over 256 KB reach no log group. An alarm with this name is replaced.'],
    terraform: [
      {
        kind: 'resource',
        labels: ['aws_cloudwatch_log_metric_filter', label],
        attributes: { name, log_group_name: group.name, pattern },
        blocks: [
          { kind: 'metric_transformation', labels: [], attributes: { name, namespace: 'CloudTrail', value: '1' } },
        ],
      },
      {
        kind: 'resource',
        labels: ['aws_cloudwatch_metric_alarm', label],
        attributes: {
          alarm_name: name,
          namespace: 'CloudTrail',
          metric_name: name,
          statistic: 'Sum',
          period: 300,
          evaluation_periods: 1,
          threshold: 1,
          comparison_operator: 'GreaterThanOrEqualToThreshold',
          treat_missing_data: 'notBreaching',
          alarm_actions: [topic],
        },
      },
    ],
    cloudformation: {
      [cfnName(`${name}Filter`, label)]: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          LogGroupName: group.name,
          FilterName: name,
          FilterPattern: pattern,
          MetricTransformations: [{ MetricName: name, MetricNamespace: 'CloudTrail', MetricValue: '1' }],
        },
      },
      [cfnName(`${name}Alarm`, label)]: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmName: name,
          Namespace: 'CloudTrail',
          MetricName: name,
          Statistic: 'Sum',
          Period: 300,
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          TreatMissingData: 'notBreaching',
          AlarmActions: [topic],
        },
      },
    },
  };
}

interface Group {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

function logGroupOf(accountId: string, { trails }: FixContext): Group | undefined {
  const arns = trails.flatMap((it) =>
    it.accountId === accountId ? (descriptionOf(it)?.cloudWatchLogsLogGroupArn ?? []) : [],
  );
  const [arn, ...others] = new Set(arns);
  const parsed = arn === undefined || others.length > 0 || !isPlainName(arn) ? undefined : parseArn(arn);
  const name = parsed?.resource.replace(/^log-group:/, '').replace(/:\*$/, '');
  return parsed === undefined || name === undefined || !isAccountId(parsed.accountId)
    ? undefined
    : { name, accountId: parsed.accountId, region: parsed.region };
}
