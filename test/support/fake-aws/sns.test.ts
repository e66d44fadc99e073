import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  paginateListSubscriptionsByTopic,
} from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { anAccount, aSubscription, aTopic, aWorld, managementAccountId } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const topic = aTopic({
  attributes: { KmsMasterKeyId: 'alias/aws/sns' },
  subscriptions: [
    aSubscription({ SubscriptionArn: 'arn:aws:sns:us-east-1:111122223333:trail:1', Protocol: 'sqs' }),
    aSubscription(),
    aSubscription({ SubscriptionArn: 'Deleted' }),
  ],
});
const silent = aTopic({ name: 'silent', subscriptions: [] });
const other = '222233334444';
const world = aWorld({
  accounts: [anAccount({ id: managementAccountId }), anAccount({ id: other })],
  topics: [topic, silent, aTopic({ accountId: other })],
});

test('GetTopicAttributes tells attributes, and how many have confirmed', async () => {
  const { sns } = sdkClients(await fakeAwsFor(world));
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topic.arn }));
  expect(Attributes).toMatchObject({
    TopicArn: topic.arn,
    Owner: managementAccountId,
    KmsMasterKeyId: 'alias/aws/sns',
    SubscriptionsConfirmed: '1',
    SubscriptionsPending: '1',
    SubscriptionsDeleted: '1',
  });
});

test('ListSubscriptionsByTopic pages, and its list may be empty', async () => {
  const aws = await fakeAwsFor(world, { pageSizes: { 'sns:ListSubscriptionsByTopic': 2 } });
  const { sns } = sdkClients(aws);
  const pages: unknown[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client: sns }, { TopicArn: topic.arn })) {
    pages.push(page.Subscriptions?.map((it) => it.Protocol));
  }
  expect(pages).toEqual([['sqs', 'email'], ['email']]);
  const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: silent.arn }));
  expect(Subscriptions).toEqual([]);
});

test.each([
  ['there is none of that name', topic.arn.replace(':trail', ':gone'), 'NotFoundException', 404],
  ['it is in another Region', topic.arn.replace('us-east-1', 'eu-west-1'), 'InvalidParameterException', 400],
  ['it is of another account', topic.arn.replace(managementAccountId, other), 'AuthorizationErrorException', 403],
])('%s', async (_, TopicArn, name, httpStatusCode) => {
  const { sns } = sdkClients(await fakeAwsFor(world));
  await expect(sns.send(new GetTopicAttributesCommand({ TopicArn }))).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode },
  });
});
