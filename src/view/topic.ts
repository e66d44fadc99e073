import { ABSENT, ViewList, type Value } from '../expression/index.js';
import { confirmedSubscriptions } from '../facts/index.js';
import type { Topic, TopicAttributes } from '../model/inventory.js';
import { orAbsent, required, texts } from './convert.js';
import { evidenceOfNamers, trailsNaming } from './destinations.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import { LazyObject, type Field, type Shape } from './object.js';
import { topicReachShape } from './topic-reach.js';

function named(show: (it: Topic) => Value): Field<Topic> {
  return derived((topic, world) => evidenceOfNamers('topic', topic, world), show);
}

function attributes(show: (it: TopicAttributes) => Value): Field<Topic> {
  return observed(['sns:GetTopicAttributes'], (topic) => required(topic.attributes, ABSENT, show));
}

export const topicShape: Shape<Topic> = {
  type: 'Topic',
  label: (topic) => topic.arn,
  cause: (topic, field) => ({ targetType: 'topic', id: topic.arn, field }),
  fields: fields<Topic>({
    arn: named((topic) => topic.arn),
    name: named((topic) => topic.name),
    accountId: named((topic) => topic.accountId),
    region: named((topic) => topic.region),
    kmsMasterKeyId: attributes((it) => orAbsent(it.kmsMasterKeyId)),
    subscriptionsConfirmed: observed(['sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'], (topic) =>
      required(confirmedSubscriptions(topic), ABSENT, (count) => count),
    ),
    subscriptionsPending: attributes((it) => it.subscriptionsPending),
    protocols: observed(['sns:ListSubscriptionsByTopic'], (topic) =>
      required(topic.subscriptions, new ViewList([]), (all) =>
        texts([...new Set(all.filter((it) => it.isConfirmed).map((it) => it.protocol))].toSorted()),
      ),
    ),
    // What it says is asked of its fields, each with the evidence of its own.
    reach: derived(
      (topic) => [evidenceOf(topic, ['sns:GetTopicAttributes'])],
      (topic, world) => new LazyObject(topicReachShape, topic, world),
    ),
    trails: trailsNaming('topic'),
  }),
};
