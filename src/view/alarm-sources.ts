import { parseArn } from '../model/identifiers.js';
import type { AlarmMetric, Alarms, Inventory, MetricAlarm, MetricFilter } from '../model/inventory.js';
import { absent, known, mapKnown, unknown, type Known, type Unknown } from '../model/known.js';
import {
  confirmedFilters,
  confirmedSubscriptions,
  doubt,
  sure,
  type ChainAlarm,
  type ChainFilter,
  type ChainSources,
  type ChainTopic,
} from '../facts/index.js';
import { isWithoutFilters } from './log-group-class.js';
import type { Lookup } from './lookup.js';
import type { World } from './world.js';

type Watched = Pick<Inventory, 'alarms' | 'topics'>;

/** What an inventory tells of the links of alarm chains; what it does not tell is unknown, with the call that would. */
export function alarmSources({ alarms = [], topics = [] }: Watched, lookup: Lookup, note: World['note']): ChainSources {
  const places = new Map(alarms.map((it) => [`${it.accountId} ${it.region}`, it]));
  const topicByArn = new Map(topics.map((it) => [it.arn, it]));
  const notCollected = (call: string, arn: string, message: string): Unknown => {
    const { accountId = 'unknown', region = 'global' } = parseArn(arn) ?? {};
    return unknown(note({ call, accountId, region, resource: arn, reason: 'not-collected', message }));
  };
  return {
    filtersOf: (arn) => {
      const group = lookup.logGroup(arn);
      if (group !== undefined && isWithoutFilters(group)) return known([]);
      if (group?.metricFilters !== undefined) return mapKnown(group.metricFilters, (it) => it.map(filter));
      if (group?.details.state === 'absent') return absent;
      const message = `The inventory tells nothing of the metric filters of log group ${arn}.`;
      return notCollected('logs:DescribeMetricFilters', arn, message);
    },
    alarmsOf: (accountId, region) => {
      const place = places.get(`${accountId} ${region}`);
      if (place !== undefined) return mapKnown(place.alarms, chainAlarms);
      const message = `The inventory tells nothing of the alarms of account ${accountId} in ${region}.`;
      return unknown(note({ call: 'cloudwatch:DescribeAlarms', accountId, region, reason: 'not-collected', message }));
    },
    muteRulesOf: (accountId, region) => {
      const rules = places.get(`${accountId} ${region}`)?.muteRules;
      if (rules !== undefined) return rules;
      const message = `The inventory tells nothing of the alarm mute rules of account ${accountId} in ${region}.`;
      const call = 'cloudwatch:ListAlarmMuteRules';
      return unknown(note({ call, accountId, region, reason: 'not-collected', message }));
    },
    topicOf: (arn): Known<ChainTopic> => {
      const topic = topicByArn.get(arn);
      if (topic === undefined) {
        return notCollected('sns:GetTopicAttributes', arn, `The inventory has nothing about topic ${arn}.`);
      }
      const { attributes, key } = topic;
      if (attributes.state !== 'known') return attributes;
      const confirmed = confirmedSubscriptions(topic);
      const read = {
        ...attributes.value,
        ...(confirmed.state === 'known' ? { subscriptionsConfirmed: confirmed.value } : {}),
        filters: confirmedFilters(topic, () => notCollected('sns:GetSubscriptionAttributes', arn, unreadFilters(arn))),
      };
      if (read.kmsMasterKeyId === undefined) return known(read);
      const unread = (): Unknown => notCollected('kms:GetKeyPolicy', arn, `The key of topic ${arn} was not read.`);
      return known({ ...read, key: key ?? unread() });
    },
    tellsSomeone: (arn) => {
      const service = parseArn(arn)?.service;
      // Actions that stop, scale or write a ticket: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
      if (service === undefined || toNoOne.has(service)) return sure(false);
      const message = `Whether ${arn}, which an alarm starts, tells anyone is not looked at.`;
      return doubt([noteAbout(note, 'cloudwatch:DescribeAlarms', arn, message)]);
    },
    noteUnsupported: (resource, message) => noteAbout(note, 'cloudwatch:DescribeAlarms', resource, message),
  };
}

/** Of an inventory of a version that did not ask for them. */
function unreadFilters(topicArn: string): string {
  return `The inventory tells nothing of the filter policies of subscriptions to topic ${topicArn}.`;
}

const toNoOne: ReadonlySet<string> = new Set(['automate', 'autoscaling', 'swf', 'ec2']);

function noteAbout(note: World['note'], call: string, resource: string, message: string): string {
  const { accountId = 'unknown', region = 'global' } = parseArn(resource.split(' ')[0] ?? '') ?? {};
  return note({ call, accountId, region, resource, reason: 'unsupported', message });
}

function filter(it: MetricFilter): ChainFilter {
  const { fieldSelectionCriteria: criteria } = it;
  return {
    name: it.name,
    pattern: it.pattern,
    metrics: it.metrics,
    isOnTransformedLogs: it.applyOnTransformedLogs,
    ...(criteria === undefined ? {} : { selectionCriteria: criteria }),
  };
}

function chainAlarms({ metricAlarms, compositeAlarms }: Alarms): {
  readonly metricAlarms: readonly ChainAlarm[];
  readonly compositeAlarms: Alarms['compositeAlarms'];
} {
  return { metricAlarms: metricAlarms.map(chainAlarm), compositeAlarms };
}

function chainAlarm({ metric, queries = [], ...rest }: MetricAlarm): ChainAlarm {
  if (metric !== undefined) return { ...rest, watches: { kind: 'metric', ...ownMetric(metric) } };
  const own = queries.map(({ metric: of, ...it }) => (of === undefined ? it : { ...it, metric: ownMetric(of) }));
  return { ...rest, watches: { kind: 'math', queries: own } };
}

/** A metric of another account has the same name, and is another one. */
function ownMetric({ accountId, ...metric }: AlarmMetric): Omit<AlarmMetric, 'accountId'> {
  return accountId === undefined ? metric : { ...metric, namespace: `${accountId}:${metric.namespace}` };
}
