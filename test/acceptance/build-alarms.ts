import { CloudWatchClient, PutMetricAlarmCommand, type PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { required } from '../../src/normalize/malformed-answer.js';
import type { Entrance } from './build-account.js';

/** A metric filter and an alarm on its metric. */
export interface AlarmPlan {
  readonly name: string;
  /** Missing: no filter. */
  readonly pattern?: string;
  readonly alarm?: Partial<PutMetricAlarmCommandInput>;
}

/** Creates the filter and the alarm, which rises at one event unless told otherwise. */
export async function buildAlarm(entrance: Entrance, logGroupName: string, plan: AlarmPlan, topic: string) {
  const { name, pattern, alarm } = plan;
  const logs = new CloudWatchLogsClient(entrance);
  const metric = { metricName: name, metricNamespace: 'CloudTrail' };
  if (pattern !== undefined) {
    const metricTransformations = [{ ...metric, metricValue: '1' }];
    await logs.send(
      new PutMetricFilterCommand({ logGroupName, filterName: name, filterPattern: pattern, metricTransformations }),
    );
  }
  await new CloudWatchClient(entrance).send(
    new PutMetricAlarmCommand({
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
      ...alarm,
    }),
  );
}

/**
 * Creates a topic, with a queue that subscribes to it, unless told otherwise; returns its ARN.
 *
 * @param filter attributes of the subscription
 */
export async function buildTopic(
  entrance: Entrance,
  Name: string,
  isSubscribed = true,
  filter: Record<string, string> = {},
): Promise<string> {
  const sns = new SNSClient(entrance);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name }));
  const Endpoint = `arn:aws:sqs:${entrance.region}:${entrance.accountId}:${Name}`;
  if (isSubscribed) await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: filter }));
  return required(TopicArn, 'TopicArn');
}
