import type * as sns from '@aws-sdk/client-sns';
import { upTo } from '../../plan/range.js';
import { aboutResources } from '../../plan/rule.js';
import { operation } from '../service.js';
import { quota, snsService } from './services.js';

/**
 * SNS allows 30 calls a second of each.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
const snsReads = quota('sns-reads', 30, 30);

/** Each trail names one topic at most; the alarms on its log group one, or one for each subject. */
const forEachTopic = aboutResources('anywhere', ({ onePerTrail }) => upTo(onePerTrail.atMost * 16));

export const snsOperations = {
  'sns:GetTopicAttributes': operation(
    snsService,
    {
      action: 'sns:GetTopicAttributes',
      purpose: 'Policy, key and numbers of subscribers of the topics that trails notify and alarms tell',
      quota: snsReads,
      absentWhen: ['NotFoundException'],
      plan: forEachTopic,
      notRecorded: 'AWS Config does not record how many subscribers a topic has: topics are read live.',
    },
    (m, client, input: sns.GetTopicAttributesCommandInput, o) => client.send(new m.GetTopicAttributesCommand(input), o),
  ),
  'sns:ListSubscriptionsByTopic': operation(
    snsService,
    {
      action: 'sns:ListSubscriptionsByTopic',
      purpose: 'How their subscribers are told, and whether they have confirmed',
      quota: snsReads,
      absentWhen: ['NotFoundException'],
      plan: forEachTopic,
      notRecorded: 'AWS Config does not record who subscribes to a topic.',
    },
    (m, client, input: sns.ListSubscriptionsByTopicCommandInput, o) =>
      client.send(new m.ListSubscriptionsByTopicCommand(input), o),
  ),
  'sns:GetSubscriptionAttributes': operation(
    snsService,
    {
      action: 'sns:GetSubscriptionAttributes',
      purpose: 'Which messages they take, until one is found that takes all',
      quota: snsReads,
      absentWhen: ['NotFoundException'],
      plan: forEachTopic,
      notRecorded: 'AWS Config does not record filter policies of subscriptions.',
    },
    (m, client, input: sns.GetSubscriptionAttributesCommandInput, o) =>
      client.send(new m.GetSubscriptionAttributesCommand(input), o),
  ),
} as const;
