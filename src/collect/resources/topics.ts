import { parseArn } from '../../model/identifiers.js';
import type { AlarmPlace, BusPlace, Topic, Trail } from '../../model/inventory.js';
import { absent } from '../../model/known.js';
import { normalizeSubscription, normalizeTopicAttributes, required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { targetsOf } from './event-rules.js';
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
  return await context.limit(
    topicsNamed([...namesOf(trails), ...told]),
    async (topic) => await readTopic(context, topic, told.has(topic.arn)),
  );
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

async function readTopic(context: Context, topic: NamedTopic, withKey: boolean): Promise<Topic> {
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
  const { it, evidence } = await listSubscriptions(context, session, topic);
  const read = {
    ...topic,
    attributes: attributes.it,
    subscriptions: it,
    evidence: { ...attributes.evidence, ...evidence },
  };
  const keyId = attributes.it.state === 'known' ? attributes.it.value.kmsMasterKeyId : undefined;
  if (!withKey || keyId === undefined || isKeyOfSns(keyId)) return read;
  const found = await readTopicKey(context, { name: keyId, accountId: topic.accountId, region });
  return { ...read, key: found.key, evidence: { ...read.evidence, ...found.evidence } };
}

async function listSubscriptions({ aws }: Context, session: Session, { arn, region }: NamedTopic) {
  const input = { TopicArn: arn };
  return await aws.askAll(
    session,
    'sns:ListSubscriptionsByTopic',
    input,
    { region, resource: arn },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) => required(output.Subscriptions, 'Subscriptions').map(normalizeSubscription),
    },
  );
}
