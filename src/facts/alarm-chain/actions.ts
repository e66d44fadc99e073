import { alarmMessage, delivered } from '../message-filter/index.js';
import { topicKeyTrouble } from '../topic-key.js';
import { risesWith } from './composite-rule.js';
import { best, broken, unknownAt, type Broken, type Chain, type Unknown } from './link.js';
import { muted } from './muted.js';
import type { AlarmsOfRegion, ChainAlarm, ChainSources, ChainTopic } from './sources.js';
import { mayEncrypt, mayPublish } from './topic-access.js';

type Acting = Pick<ChainAlarm, 'arn' | 'name' | 'actionsEnabled' | 'alarmActions'>;

/** The rest of the chain from an alarm that rises at so many events: its own actions, or those of alarms over it. */
export function actionsOf(
  alarm: Acting,
  firesAt: number,
  { compositeAlarms }: Pick<AlarmsOfRegion, 'compositeAlarms'>,
  sources: ChainSources,
): Chain {
  const own = actionsOfOne(alarm, firesAt, sources);
  if (own.state === 'whole') return own;
  const over = compositeAlarms.flatMap((composite): readonly Chain[] => {
    const rises = risesWith(composite, alarm);
    if (rises === 'no') return [];
    // A composite alarm may be a part of others, in turn.
    const others = compositeAlarms.filter((it) => it !== composite);
    const chain = actionsOf(composite, firesAt, { compositeAlarms: others }, sources);
    const { actionsSuppressor } = composite;
    if ((rises === 'yes' && actionsSuppressor === undefined) || chain.state === 'broken') return [chain];
    const why =
      actionsSuppressor === undefined
        ? `Whether the composite alarm ${composite.arn} rises with ${alarm.arn} depends on other alarms.`
        : `The actions of the composite alarm ${composite.arn} are held back while ${actionsSuppressor} is in alarm.`;
    return [unknownAt('action', why, [sources.noteUnsupported(composite.arn, why)])];
  });
  return best([own, ...over]);
}

function actionsOfOne(alarm: Acting, firesAt: number, sources: ChainSources): Chain {
  if (alarm.alarmActions.length === 0) return broken('action', `Alarm ${alarm.arn} has no action: no one is notified.`);
  if (!alarm.actionsEnabled) return broken('action', `The actions of alarm ${alarm.arn} are switched off.`);
  const chain = best(alarm.alarmActions.map((action) => oneAction(alarm, action, firesAt, sources)));
  return chain.state === 'broken' ? chain : (muted(alarm, chain, sources) ?? chain);
}

function oneAction(alarm: Acting, action: string, firesAt: number, sources: ChainSources): Chain {
  if (isTopic(action)) return toTopic(alarm, action, firesAt, sources);
  const tells = sources.tellsSomeone(action);
  const why = `Alarm ${alarm.arn} starts ${action}`;
  if (tells.state === 'unknown')
    return unknownAt('action', `${why}; whether that notifies anyone is not known.`, tells.gaps);
  if (!tells.value) return broken('action', `${why}, which notifies no one.`);
  return { state: 'whole', firesAt, why: `${why}.`, topics: [], filterPatterns: [] };
}

function isTopic(action: string): boolean {
  return /^arn:[^:]+:sns:/.test(action);
}

function toTopic(alarm: Acting, arn: string, firesAt: number, sources: ChainSources): Chain {
  if (regionOf(arn) !== regionOf(alarm.arn)) {
    return broken('action', `Topic ${arn} is in another Region than alarm ${alarm.arn}, which cannot publish there.`);
  }
  const topic = sources.topicOf(arn);
  if (topic.state === 'unknown') return unknownAt('subscriber', `Topic ${arn} could not be read.`, [topic.gap]);
  if (topic.state === 'absent') return broken('action', `Topic ${arn} of alarm ${alarm.arn} does not exist.`);
  const { subscriptionsConfirmed, filters } = topic.value;
  const published = publishes(alarm, arn, topic.value, sources);
  if (published?.state === 'broken') return published;
  if (subscriptionsConfirmed === 0) return broken('subscriber', `No one has confirmed a subscription to topic ${arn}.`);
  const reaches = delivered(filters, arn, alarmMessage(alarm), (resource, message) =>
    sources.noteUnsupported(resource, message),
  );
  if (reaches.state === 'no') return broken('subscriber', reaches.why);
  if (published !== undefined) return published;
  if (reaches.state === 'unknown') return unknownAt('subscriber', reaches.why, reaches.gaps);
  return {
    state: 'whole',
    firesAt,
    why: `Alarm ${alarm.arn} notifies topic ${arn}.`,
    topics: [arn],
    filterPatterns: [],
  };
}

/** Why an alarm may not publish to a topic, or perhaps not; undefined: it may. */
function publishes(alarm: Acting, arn: string, topic: ChainTopic, sources: ChainSources): Broken | Unknown | undefined {
  const { policy, kmsMasterKeyId, key } = topic;
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
  if (kmsMasterKeyId?.endsWith('alias/aws/sns') === true) {
    return broken('action', `Topic ${arn} is encrypted with the key of AWS for SNS, which alarms cannot use.`);
  }
  const open = (why: string, gaps?: readonly string[]): Unknown =>
    unknownAt('action', why, gaps ?? [sources.noteUnsupported(arn, why)]);
  const trouble = topicKeyTrouble(topic, (state) =>
    sources.noteUnsupported(arn, `Whether the key of topic ${arn} can be used is not known (${state}).`),
  );
  if (trouble.state === 'known' && trouble.value !== undefined) {
    return broken('action', `Topic ${arn} is encrypted with a key that cannot be used (${trouble.value}).`);
  }
  const access = policy === undefined ? 'unknown' : mayPublish(policy, arn, alarm.arn);
  if (access === 'no') return broken('action', `The policy of topic ${arn} does not let alarm ${alarm.arn} publish.`);
  const use = key?.state === 'known' ? mayEncrypt(key.value.policy, key.value.arn, alarm.arn) : undefined;
  if (key?.state === 'absent') {
    return broken('action', `Topic ${arn} is encrypted with a key that does not exist (${kmsMasterKeyId ?? ''}).`);
  }
  if (use === 'no') {
    return broken(
      'action',
      `The policy of the key of topic ${arn} does not let CloudWatch use it for alarm ${alarm.arn}.`,
    );
  }
  if (access === 'unknown') {
    return open(
      policy === undefined
        ? `SNS did not give the policy of topic ${arn}.`
        : `Whether the policy of topic ${arn} lets alarm ${alarm.arn} publish could not be decided.`,
    );
  }
  if (key?.state === 'unknown') {
    return open(`The policy of the key of topic ${arn} could not be read.`, [key.gap]);
  }
  if (trouble.state === 'unknown') return open(`The state of the key of topic ${arn} is not known.`, trouble.gaps);
  if (kmsMasterKeyId !== undefined && use !== 'yes') {
    return open(`Whether CloudWatch may use the key of topic ${arn} could not be decided.`);
  }
  // Publish needs a message group there: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
  if (arn.endsWith('.fifo')) return open(`Whether alarms publish to a FIFO topic such as ${arn} is not documented.`);
  return undefined;
}

function regionOf(arn: string): string | undefined {
  return arn.split(':')[3];
}
