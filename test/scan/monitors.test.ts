import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import { aLogGroup, aStatus, aSubscription, aTopic, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, anOwnTrail, joined, prod, type OrganizationParts } from '../support/worlds.js';

const policies = loadPolicies({ packs: ['alarms'] }).policies.filter((it) => it.id === 'logs-reach-a-monitor');
const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };
const arriving = { status: aStatus({ LatestCloudWatchLogsDeliveryTime: new Date() }) };
const queue = 'arn:aws:sqs:us-east-1:222233334444:siem';
const stream = 'arn:aws:firehose:us-east-1:111111111111:deliverystream/siem';

async function outcome(world: World, options: CollectFromOptions = {}): Promise<string | undefined> {
  const { inventory } = await collectFrom(world, options);
  const { evaluations } = evaluate(inventory, policies, run);
  return evaluations.find((it) => it.target.name === 'organization')?.outcome;
}

function organization({ trail, ...parts }: OrganizationParts = {}): World {
  return anOrganizationWithATrail({ trail: { ...arriving, ...trail }, ...parts });
}

function withSubscription(filterPattern: string, trail: OrganizationParts['trail'] = {}): World {
  const subscriptionFilters = [{ filterName: 'siem', filterPattern, destinationArn: stream }];
  return organization({ trail, logGroups: [aLogGroup({ subscriptionFilters })] });
}

type Notifications = NonNullable<NonNullable<OrganizationParts['bucket']>['notifications']>;

function withNotifications(notifications: Notifications): World {
  return organization({ bucket: { notifications } });
}

test('nothing is sent on', async () => {
  expect(await outcome(organization())).toBe('NON_COMPLIANT');
});

describe('a subscription filter', () => {
  test.each([
    ['', 'COMPLIANT'],
    ['{ $.eventSource = "s3.amazonaws.com" }', 'NON_COMPLIANT'],
  ])('with the pattern %j', async (pattern, expected) => {
    expect(await outcome(withSubscription(pattern))).toBe(expected);
  });

  test('of a log group in which nothing arrives', async () => {
    const status = aStatus({ LatestCloudWatchLogsDeliveryError: 'AccessDenied' });
    expect(await outcome(withSubscription('', { status }))).toBe('NON_COMPLIANT');
  });

  test('is refused', async () => {
    const fault = { match: { service: 'logs', operation: 'DescribeSubscriptionFilters' }, kind: 'denied' } as const;
    expect(await outcome(withSubscription(''), { aws: { faults: [fault] } })).toBe('INSUFFICIENT_DATA');
  });
});

describe('a notification of the bucket', () => {
  const to = (Events: string[], prefix?: string): Notifications => ({
    QueueConfigurations: [
      {
        QueueArn: queue,
        // S3 takes any of its event types.
        Events: Events as NonNullable<NonNullable<Notifications['QueueConfigurations']>[number]['Events']>,
        ...(prefix === undefined ? {} : { Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: prefix }] } } }),
      },
    ],
  });

  test.each<[string, Notifications, string]>([
    ['of each new object', to(['s3:ObjectCreated:*']), 'COMPLIANT'],
    ['of new objects among the logs', to(['s3:ObjectCreated:Put'], 'AWSLogs/'), 'COMPLIANT'],
    ['of new objects elsewhere', to(['s3:ObjectCreated:*'], 'reports/'), 'NON_COMPLIANT'],
    ['of objects that are deleted', to(['s3:ObjectRemoved:*']), 'NON_COMPLIANT'],
    ['to EventBridge, whose rules are not looked at', { EventBridgeConfiguration: {} }, 'INSUFFICIENT_DATA'],
  ])('%s', async (_, notifications, expected) => {
    expect(await outcome(withNotifications(notifications))).toBe(expected);
  });

  test('of a bucket in which no log file has arrived for long, without an error', async () => {
    const before = new Date(Date.now() - 40 * 24 * 60 * 60 * 1000);
    const status = aStatus({ LatestDeliveryTime: before, LatestDigestDeliveryTime: before });
    const bucket = { notifications: to(['s3:ObjectCreated:*']) };
    expect(await outcome(organization({ trail: { status }, bucket }))).toBe('NON_COMPLIANT');
  });
});

describe('the topic of the trail', () => {
  const filtered = { FilterPolicy: '{"severity":["high"]}' };
  const told = (
    Protocol: string,
    LatestNotificationTime: Date | null = new Date(),
    Policy?: string,
    filter: Readonly<Record<string, string>> = {},
  ): World => {
    const status = aStatus(LatestNotificationTime === null ? {} : { LatestNotificationTime });
    const topic = aTopic(Policy === undefined ? {} : { attributes: { Policy } });
    const subscriptions = [aSubscription({ Protocol, SubscriptionArn: `${topic.arn}:1a2b3c4d` })];
    const filters = { [`${topic.arn}:1a2b3c4d`]: filter };
    return organization({ trail: { SnsTopicARN: topic.arn, status }, topics: [{ ...topic, subscriptions, filters }] });
  };

  test('has a queue as subscriber', async () => {
    expect(await outcome(told('sqs'))).toBe('COMPLIANT');
  });

  test('has a queue as subscriber, which a filter policy may keep notifications from', async () => {
    expect(await outcome(told('sqs', new Date(), undefined, filtered))).toBe('INSUFFICIENT_DATA');
    expect(await outcome(told('email', new Date(), undefined, filtered))).toBe('NON_COMPLIANT');
  });

  test('has a queue as subscriber, whose filter policy may not be read', async () => {
    const faults = [{ match: { operation: 'GetSubscriptionAttributes' }, kind: 'denied' }] as const;
    expect(await outcome(told('sqs'), { aws: { faults } })).toBe('INSUFFICIENT_DATA');
  });

  test('was notified long ago: nobody hears of what came since', async () => {
    expect(await outcome(told('sqs', new Date('2026-01-01T00:00:00Z')))).toBe('NON_COMPLIANT');
  });

  test('was never notified: it may have been set just now, unless its policy keeps CloudTrail out', async () => {
    expect(await outcome(told('sqs', null))).toBe('INSUFFICIENT_DATA');
    const statement = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sns:Publish' };
    const onlyRules = JSON.stringify({ Statement: [{ ...statement, Resource: '*' }] });
    expect(await outcome(told('sqs', null, onlyRules))).toBe('NON_COMPLIANT');
    expect(await outcome(told('sqs', new Date(), onlyRules))).toBe('COMPLIANT');
  });

  test('has people as subscribers: they do not read each log file', async () => {
    expect(await outcome(told('email'))).toBe('NON_COMPLIANT');
  });
});

describe('a trail of a member whose events the organization trail records', () => {
  const denied = { match: { service: 'logs', operation: 'DescribeSubscriptionFilters' }, kind: 'denied' } as const;
  const ofMember = async (world: World, options: CollectFromOptions = {}) => {
    const { inventory } = await collectFrom(joined(world, anOwnTrail(prod, { Name: 'own' })), options);
    return evaluate(inventory, policies, run).evaluations.find((it) => it.target.name === 'own');
  };

  test('and sends on', async () => {
    expect(await ofMember(withSubscription(''))).toMatchObject({ outcome: 'COMPLIANT' });
  });

  test('and sends nowhere', async () => {
    expect(await ofMember(organization())).toMatchObject({ outcome: 'NON_COMPLIANT' });
  });

  test('and nobody could read whether it sends them on', async () => {
    const it = await ofMember(withSubscription(''), { aws: { faults: [denied] } });
    expect(it?.outcome).toBe('INSUFFICIENT_DATA');
    expect(it?.gaps).not.toEqual([]);
  });
});
