import type { Topic } from '../model/inventory.js';
import { known, mapKnown, type Known } from '../model/known.js';

/**
 * How many subscriptions to a topic are confirmed: as they are listed, each by itself; else by the number that the
 * topic has, which may lag behind.
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function confirmedSubscriptions({
  attributes,
  subscriptions,
}: Pick<Topic, 'attributes' | 'subscriptions'>): Known<number> {
  if (attributes.state === 'known' && subscriptions.state === 'known') {
    return known(subscriptions.value.filter((it) => it.isConfirmed).length);
  }
  return mapKnown(attributes, (it) => it.subscriptionsConfirmed);
}
