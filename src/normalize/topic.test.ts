import { expect, test } from 'vitest';
import { normalizeSubscription, normalizeTopicAttributes } from './topic.js';

const attributes = { Owner: '111122223333', Policy: '{}', SubscriptionsConfirmed: '2', SubscriptionsPending: '0' };

test('attributes are texts, and numbers among them are read as such', () => {
  expect(normalizeTopicAttributes({ ...attributes, KmsMasterKeyId: 'alias/aws/sns', DisplayName: '' })).toEqual({
    owner: '111122223333',
    policy: '{}',
    kmsMasterKeyId: 'alias/aws/sns',
    subscriptionsConfirmed: 2,
    subscriptionsPending: 0,
  });
});

test('SNS tells less to who may see less: a policy may be missing, a number may not', () => {
  const { Policy: _, ...rest } = attributes;
  expect(normalizeTopicAttributes(rest)).not.toHaveProperty('policy');
  const { SubscriptionsConfirmed: __, ...withoutNumber } = attributes;
  expect(() => normalizeTopicAttributes(withoutNumber)).toThrow('The answer lacks SubscriptionsConfirmed.');
});

test.each(['', '-1', '1.5', '1e3', 'many', '9'.repeat(16)])('%j is no number of subscriptions', (text) => {
  expect(() => normalizeTopicAttributes({ ...attributes, SubscriptionsPending: text })).toThrow('is not a number');
});

test.each([
  ['arn:aws:sns:us-east-1:111122223333:trail:1', true],
  ['PendingConfirmation', false],
  ['Deleted', false],
])('a subscription whose ARN is %s', (SubscriptionArn, isConfirmed) => {
  expect(normalizeSubscription({ SubscriptionArn, Protocol: 'sms' })).toEqual({ protocol: 'sms', isConfirmed });
});
