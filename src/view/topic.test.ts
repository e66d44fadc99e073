import { expect, test } from 'vitest';
import {
  absent,
  anInventory,
  aTopic,
  aTrail,
  known,
  topicArn,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { at, targetOf } from '../../test/support/view-values.js';
import type { Inventory } from '../model/inventory.js';
import { buildView } from './index.js';

const notified = aTrail({ description: { snsTopicArn: topicArn() } });

function viewOf(topics: Inventory['topics'], trails = [notified]) {
  return buildView(anInventory({ trails, ...(topics === undefined ? {} : { topics }) }));
}

test('a topic, and who confirmed', () => {
  const topic = aTopic({
    attributes: { kmsMasterKeyId: 'alias/aws/sns', subscriptionsConfirmed: 2, subscriptionsPending: 1 },
    subscriptions: known([
      { protocol: 'sqs', isConfirmed: true },
      { protocol: 'email', isConfirmed: false },
      { protocol: 'lambda', isConfirmed: true },
      { protocol: 'sqs', isConfirmed: true },
    ]),
  });
  const view = viewOf([topic], [notified, aTrail({ name: 'mute' })]);
  const it = targetOf(view, 'topic');
  const fields = ['arn', 'name', 'kmsMasterKeyId', 'subscriptionsConfirmed', 'subscriptionsPending', 'protocols'];
  expect(fields.map((field) => at(it, field))).toEqual([topicArn(), 'trail', 'alias/aws/sns', 3, 1, ['lambda', 'sqs']]);
  expect(at(it, 'trails')).toEqual([trailArn()]);
  expect(view.targets('trail').map(({ object }) => at(object, 'topic'))).toEqual([topicArn(), 'absent']);
});

test('the number of confirmed subscriptions is that of the list, which does not lag behind', () => {
  const attributes = { subscriptionsConfirmed: 1 };
  const gone = aTopic({ attributes, subscriptions: known([]) });
  expect(at(targetOf(viewOf([gone]), 'topic'), 'subscriptionsConfirmed')).toBe(0);
  const unlisted = aTopic({ attributes, subscriptions: unknown('l') });
  expect(at(targetOf(viewOf([unlisted]), 'topic'), 'subscriptionsConfirmed')).toBe(1);
});

test('a topic that could not be read is a target of which nothing is known', () => {
  const it = targetOf(viewOf([aTopic({ attributes: unknown('t') })]), 'topic');
  expect(['subscriptionsConfirmed', 'kmsMasterKeyId', 'protocols'].map((field) => at(it, field))).toEqual(
    Array.from({ length: 3 }, () => ({ unknown: ['t'] })),
  );
  expect(at(it, 'name')).toBe('trail');
});

test('a topic that does not exist is no target, and absent where a trail names it', () => {
  const view = viewOf([aTopic({ attributes: absent })]);
  expect(view.targets('topic')).toEqual([]);
  expect(at(targetOf(view, 'trail'), 'topic')).toBe('absent');
});

test('an inventory that was collected without topics says so of one that is named', () => {
  const view = viewOf(undefined);
  expect(at(targetOf(view, 'trail'), 'topic')).toMatchObject({ unknown: [expect.any(String)] });
  expect(view.gaps()).toMatchObject([
    { call: 'sns:GetTopicAttributes', reason: 'not-collected', resource: topicArn() },
  ]);
});
