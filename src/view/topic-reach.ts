import { administeringTopic, publishing, subscribing, topicReach, type TopicUse } from '../facts/index.js';
import type { Topic } from '../model/inventory.js';
import { accessObject } from './access.js';
import { fromOpenList } from './convert.js';
import { evidenceOfNamers } from './destinations.js';
import { documentSetting } from './documents.js';
import { derived, evidenceOf, fields } from './fields.js';
import type { Field, Shape } from './object.js';
import type { World } from './world.js';

function evidence(topic: Topic, world: World): readonly (readonly string[])[] {
  return [evidenceOf(topic, ['sns:GetTopicAttributes']), ...evidenceOfNamers('topic', topic, world)];
}

function whoCan(field: string, use: TopicUse): Field<Topic> {
  return derived(evidence, (topic, world, self) => {
    const trails = world.lookup.trailsNaming('topic', topic).map(({ arn }) => arn);
    const found = topicReach(topic, use, trails, documentSetting(topic, world));
    return fromOpenList(found, (it) => accessObject(it, self, field));
  });
}

export const topicReachShape: Shape<Topic> = {
  type: 'TopicReach',
  label: (topic) => topic.arn,
  cause: (topic) => ({ targetType: 'topic', id: topic.arn, field: 'reach' }),
  fields: fields<Topic>({
    publish: whoCan('publish', publishing),
    subscribe: whoCan('subscribe', subscribing),
    administer: whoCan('administer', administeringTopic),
  }),
};
