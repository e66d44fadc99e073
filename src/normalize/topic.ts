import type { MessageFilter, TopicAttributes, TopicSubscription } from '../model/inventory.js';
import { MalformedAnswer, required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/**
 * GetTopicAttributes' map of texts. SNS may tell less to who may see less: a number that is missing is not 0.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
export function normalizeTopicAttributes(raw: Readonly<Record<string, string>>): TopicAttributes {
  return defined({
    owner: required(raw['Owner'], 'Owner'),
    policy: optionalText(raw['Policy']),
    kmsMasterKeyId: optionalText(raw['KmsMasterKeyId']),
    subscriptionsConfirmed: count(raw, 'SubscriptionsConfirmed'),
    subscriptionsPending: count(raw, 'SubscriptionsPending'),
  });
}

function count(raw: Readonly<Record<string, string>>, name: string): number {
  const text = required(raw[name], name);
  if (!/^\d{1,15}$/.test(text)) throw new MalformedAnswer(`${name} is not a number: ${text.slice(0, 60)}`);
  return Number(text);
}

/** An item of ListSubscriptionsByTopic, as far as it is used. */
export interface RawSubscription {
  readonly SubscriptionArn?: string | undefined;
  readonly Protocol?: string | undefined;
  readonly Owner?: string | undefined;
}

/** In place of its ARN, a subscription that is not confirmed has `PendingConfirmation`, one that is going `Deleted`. */
export function normalizeSubscription(raw: RawSubscription): TopicSubscription {
  return {
    protocol: required(raw.Protocol, 'Protocol'),
    isConfirmed: required(raw.SubscriptionArn, 'SubscriptionArn').startsWith('arn:'),
  };
}

/**
 * GetSubscriptionAttributes' map of texts. An empty filter policy is none: that is how one is taken away.
 * Source: https://docs.aws.amazon.com/code-library/latest/ug/sns_example_sns_SetSubscriptionAttributes_section.html
 */
export function normalizeMessageFilter(raw: Readonly<Record<string, string>>): MessageFilter {
  required(raw['SubscriptionArn'], 'SubscriptionArn');
  const policy = optionalText(raw['FilterPolicy']);
  if (policy === undefined || /^\s*\{\s*\}\s*$/.test(policy)) return {};
  return defined({ policy, scope: optionalText(raw['FilterPolicyScope']) });
}
