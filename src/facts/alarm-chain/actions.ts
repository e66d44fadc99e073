import { risesWith } from './composite-rule.js';
import { best, broken, unknownAt, type Chain } from './link.js';
import type { AlarmsOfRegion, ChainAlarm, ChainSources } from './sources.js';

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
    if (rises === 'yes' || chain.state === 'broken') return [chain];
    const why = `Whether the composite alarm ${composite.arn} rises with ${alarm.arn} depends on other alarms.`;
    return [unknownAt('action', why, [sources.noteUnsupported(composite.arn, why)])];
  });
  return best([own, ...over]);
}

function actionsOfOne(alarm: Acting, firesAt: number, sources: ChainSources): Chain {
  if (alarm.alarmActions.length === 0) return broken('action', `Alarm ${alarm.arn} has no action: no one is notified.`);
  if (!alarm.actionsEnabled) return broken('action', `The actions of alarm ${alarm.arn} are switched off.`);
  return best(alarm.alarmActions.map((action) => oneAction(alarm, action, firesAt, sources)));
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
  const { subscriptionsConfirmed, kmsMasterKeyId } = topic.value;
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
  if (kmsMasterKeyId?.endsWith('alias/aws/sns') === true) {
    return broken('action', `Topic ${arn} is encrypted with the key of AWS for SNS, which alarms cannot use.`);
  }
  if (subscriptionsConfirmed === 0) return broken('subscriber', `No one has confirmed a subscription to topic ${arn}.`);
  return {
    state: 'whole',
    firesAt,
    why: `Alarm ${alarm.arn} notifies topic ${arn}.`,
    topics: [arn],
    filterPatterns: [],
  };
}

function regionOf(arn: string): string | undefined {
  return arn.split(':')[3];
}
