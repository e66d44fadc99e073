import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { MetricFilter } from '@aws-sdk/client-cloudwatch-logs';
import { managementAccountId } from './build-accounts.js';
import type { WorldAlarm, WorldMuteRule } from './resources.js';

/** A metric filter as the CIS benchmark makes them: each event counts 1. */
export function aMetricFilter(name: string, filterPattern: string, parts: Partial<MetricFilter> = {}): MetricFilter {
  return {
    filterName: name,
    filterPattern,
    metricTransformations: [{ metricName: name, metricNamespace: 'CISBenchmark', metricValue: '1' }],
    creationTime: Date.parse('2024-03-01T10:00:00Z'),
    applyOnTransformedLogs: false,
    ...parts,
  };
}

/** What a test states of an alarm: members as DescribeAlarms names them. */
export interface MetricAlarmParts extends Partial<MetricAlarm> {
  readonly accountId?: string;
  readonly region?: string;
}

/** An alarm on the metric of that name that one event raises, and that tells these topics. */
export function aMetricAlarm(name: string, actions: readonly string[], parts: MetricAlarmParts = {}): WorldAlarm {
  const { accountId = managementAccountId, region = 'us-east-1', ...members } = parts;
  const metric: MetricAlarm = {
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
    ActionsEnabled: true,
    AlarmActions: [...actions],
    OKActions: [],
    InsufficientDataActions: [],
    StateValue: 'OK',
    MetricName: name,
    Namespace: 'CISBenchmark',
    Statistic: 'Sum',
    Dimensions: [],
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    ...members,
  };
  return { accountId, region, name, metric };
}

/** A rule that mutes these alarms every night, and is not active just now. */
export function aMuteRule(
  AlarmNames: readonly string[],
  parts: Partial<WorldMuteRule['rule']> & Partial<Pick<WorldMuteRule, 'accountId' | 'region' | 'isGone'>> = {},
): WorldMuteRule {
  const { accountId = managementAccountId, region = 'us-east-1', isGone = false, ...members } = parts;
  const { Name = 'nights' } = members;
  return {
    accountId,
    region,
    isGone,
    rule: {
      Name,
      AlarmMuteRuleArn: `arn:aws:cloudwatch:${region}:${accountId}:alarm-mute-rule:${Name}`,
      Rule: { Schedule: { Expression: 'cron(0 22 * * *)', Duration: 'PT8H' } },
      MuteTargets: { AlarmNames: [...AlarmNames] },
      Status: 'SCHEDULED',
      MuteType: 'RECURRING',
      ...members,
    },
  };
}
