import type { Topic, Trail } from '../../model/inventory.js';
import { namedTopics } from '../resources/topics.js';
import type { Reading } from './reading.js';

/** The topics that trails name: that they are named is all there is to know. */
export function namedTopicsOf({ notRecorded }: Reading, trails: readonly Trail[]): Topic[] {
  return namedTopics(trails).map((topic) =>
    Object.assign(topic, {
      attributes: notRecorded.gap('sns:GetTopicAttributes'),
      subscriptions: notRecorded.gap('sns:ListSubscriptionsByTopic'),
      evidence: {},
    }),
  );
}
