import { parseArn } from '../../model/identifiers.js';
import type { AlarmPlace, BusPlace, Topic, TopicSubscription, Trail } from '../../model/inventory.js';
import { absent } from '../../model/known.js';
import { ofPrograms } from '../../model/naming.js';
import { normalizeTopicAttributes, required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';
import { targetsOf } from './event-rules.js';
import { readSubscriptions, type Takers } from './subscriptions.js';
import { isKeyOfSns, readTopicKey } from './topic-key.js';

/**
 * Reads each topic that trails name, or that alarms or rules tell, once, in the account and Region of its ARN.
 *
 * @returns undefined when nobody asks for topics
 */
export async function readTopics(
  context: Context,
  trails: readonly Trail[],
  places: readonly AlarmPlace[] = [],
  rules: readonly Partial<Pick<BusPlace, 'rules'>>[] = [],
): Promise<Topic[] | undefined> {
  if (!context.aws.isSelected('sns:GetTopicAttributes')) return undefined;
  const told = new Set([...actionsOf(places), ...targetsOf(rules).filter(isTopic)]);
  const notified = new Set(namesOf(trails));
  return await context.limit(
    topicsNamed([...notified, ...told]),
    async (topic) =>
      await readTopic(context, topic, { isTold: told.has(topic.arn), isNotified: notified.has(topic.arn) }),
  );
}

interface Publishers {
  /** Alarms or rules. */
  readonly isTold: boolean;
  /** Trails, of each log file. */
  readonly isNotified: boolean;
}

function isProgram({ protocol }: Pick<TopicSubscription, 'protocol'>): boolean {
  return ofPrograms.has(protocol);
}

/** Whom alarms and rules tell is anyone; who reads what a trail notifies of is a program. */
function takersOf({ isTold, isNotified }: Publishers): readonly Takers[] {
  return [...(isTold ? [() => true] : []), ...(isNotified ? [isProgram] : [])];
}

type NamedTopic = Pick<Topic, 'arn' | 'name' | 'accountId' | 'region'>;

/** The topics that trails name, each once, by ARN. */
export function namedTopics(trails: readonly Trail[]): NamedTopic[] {
  return topicsNamed(namesOf(trails));
}

function namesOf(trails: readonly Trail[]): readonly string[] {
  return trails.flatMap(({ description: it }) => (it.state === 'known' ? (it.value.snsTopicArn ?? []) : []));
}

/** Alarms may start other things, too. */
function actionsOf(places: readonly AlarmPlace[]): readonly string[] {
  const alarms = places.flatMap(({ alarms: it }) =>
    it.state === 'known' ? [...it.value.metricAlarms, ...it.value.compositeAlarms] : [],
  );
  return alarms.flatMap((it) => it.alarmActions).filter(isTopic);
}

function isTopic(arn: string): boolean {
  return parseArn(arn)?.service === 'sns';
}

function topicsNamed(arns: readonly string[]): NamedTopic[] {
  return [...new Set(arns)].toSorted().map((arn) => {
    const { accountId = '', region = '', resource: name = '' } = parseArn(arn) ?? {};
    return { arn, name, accountId, region };
  });
}

async function readTopic(context: Context, topic: NamedTopic, publishers: Publishers): Promise<Topic> {
  const entered = await context.sessions.enter(topic.accountId);
  if ('gap' in entered) return { ...topic, attributes: entered.gap, subscriptions: entered.gap, evidence: {} };
  const { session } = entered;
  const { arn, region } = topic;
  const attributes = await context.aws.ask(
    session,
    'sns:GetTopicAttributes',
    { TopicArn: arn },
    { region, resource: arn },
    (output) => normalizeTopicAttributes(required(output.Attributes, 'Attributes')),
  );
  if (attributes.it.state === 'absent') {
    return { ...topic, attributes: absent, subscriptions: absent, evidence: attributes.evidence };
  }
  const { it, evidence } = await readSubscriptions(context, session, topic, takersOf(publishers));
  const read = {
    ...topic,
    attributes: attributes.it,
    subscriptions: it,
    evidence: { ...attributes.evidence, ...evidence },
  };
  const keyId = attributes.it.state === 'known' ? attributes.it.value.kmsMasterKeyId : undefined;
  if (!publishers.isTold || keyId === undefined || isKeyOfSns(keyId)) return read;
  const found = await readTopicKey(context, { name: keyId, accountId: topic.accountId, region });
  return { ...read, key: found.key, evidence: { ...read.evidence, ...found.evidence } };
}
