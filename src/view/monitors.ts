import { Unknown, ViewList, type Value } from '../expression/index.js';
import {
  allHold,
  confirmedFilters,
  delivered,
  deliveryOf,
  doubt,
  iam,
  listOf,
  logKeysOf,
  mapTri,
  notificationCarries,
  someMessage,
  subscriptionCarries,
  sure,
  viewsOf,
  type Carries,
  type Channel,
  type OpenList,
  type Tri,
} from '../facts/index.js';
import type { Topic, Trail, TrailDescription } from '../model/inventory.js';
import { mapKnown, unknown } from '../model/known.js';
import { bucketArn, ofPrograms } from '../model/naming.js';
import { fromOpenList, texts } from './convert.js';
import { allEvidenceOf, evidenceOf } from './fields.js';
import { isWithoutFilters } from './log-group-class.js';
import { statusOf } from './trail-status.js';
import type { World } from './world.js';

const maxSilence = 24 * 60 * 60 * 1000;

type Candidates = Parameters<typeof listOf<string>>[0];

/** Where the events of a trail arrive besides its bucket and its log group. */
export function monitorsOf(trail: Trail, world: World): OpenList<string> {
  const { description } = trail;
  if (description.state !== 'known') {
    return {
      members: [],
      doubtful: [],
      ...(description.state === 'unknown' ? { rest: doubt([description.gap]) } : {}),
    };
  }
  const status = statusOf(trail, world);
  const { inventory, gaps } = world;
  const views = viewsOf({ ...trail, status }, inventory, trail.accountId);
  const channels = deliveryOf({ ...trail, status }, { views, capturedAt: inventory.capturedAt, gaps });
  const open: string[] = [];
  const candidates = [
    ...bySubscription(description.value, channels.cloudWatchLogs, world, open),
    ...byBucket(trail, description.value, channels.logs, world, open),
    ...byTopic(trail, description.value, channels.notifications, world, open),
  ];
  const list = listOf(onePerName(candidates));
  return open.length === 0 ? list : { ...list, rest: doubt(open) };
}

/** A destination that is reached in two ways is there once, by the better one. */
function onePerName(all: Candidates): Candidates {
  const rank = ({ isMember: it }: Candidates[number]): number => (it.state === 'unknown' ? 1 : it.value ? 0 : 2);
  const sorted = all.toSorted((a, b) => rank(a) - rank(b));
  const names = new Set<string>();
  return sorted.filter(({ value }) => names.size < names.add(value).size);
}

function hasNoError(channel: Channel): Tri<boolean> {
  return mapTri(channel.error, (it) => it === undefined);
}

function bySubscription(it: TrailDescription, channel: Channel, world: World, open: string[]): Candidates {
  const { cloudWatchLogsLogGroupArn: arn } = it;
  if (arn === undefined) return [];
  const group = world.lookup.logGroup(arn);
  if (group !== undefined && isWithoutFilters(group)) return [];
  const filters = group?.subscriptionFilters;
  if (filters === undefined) open.push(notCollected('logs:DescribeSubscriptionFilters', arn, world));
  if (filters?.state === 'unknown') open.push(filters.gap);
  if (filters?.state !== 'known') return [];
  const arrives = allHold([hasNoError(channel), channel.isFresh(maxSilence)]);
  return filters.value.map(({ destinationArn, pattern, applyOnTransformedLogs, fieldSelectionCriteria: criteria }) => {
    const subscription = {
      pattern,
      isOnTransformedLogs: applyOnTransformedLogs,
      ...(criteria === undefined ? {} : { selectionCriteria: criteria }),
    };
    const message = `Whether the subscription filter of log group ${arn} to ${destinationArn} leaves out events could not be decided.`;
    const carries = triOf(subscriptionCarries(subscription), 'logs:DescribeSubscriptionFilters', arn, message, world);
    return { value: destinationArn, isMember: allHold([carries, arrives]) };
  });
}

function byBucket(trail: Trail, it: TrailDescription, channel: Channel, world: World, open: string[]): Candidates {
  const call = 's3:GetBucketNotificationConfiguration';
  const bucket = world.lookup.bucket(bucketArn(it.s3BucketName, trail.arn));
  if (bucket === undefined) {
    open.push(notCollected(call, trail.arn, world));
    return [];
  }
  const { notifications, notificationDestinations: destinations } = bucket;
  const unsure = (value: string, message: string): Candidates[number] => ({
    value,
    isMember: doubt([note(call, bucket.arn, message, world)]),
  });
  if (notifications === undefined && destinations.state === 'known') {
    return destinations.value.map((value) =>
      unsure(value, `What bucket ${bucket.name} notifies ${value} of is not in the inventory.`),
    );
  }
  const told = notifications ?? destinations;
  if (told.state === 'unknown') open.push(told.gap);
  if (notifications?.state !== 'known') return [];
  const logKeys = logKeysOf(it, trail.accountId, world.inventory.organization?.id);
  const arrives = allHold([hasNoError(channel), channel.isFresh(maxSilence)]);
  return notifications.value.map(({ destination, ...rule }) => {
    if (destination === 'eventbridge') {
      return unsure(destination, `Bucket ${bucket.name} notifies EventBridge, whose rules on it are not looked at.`);
    }
    const carries = notificationCarries(rule, logKeys) === 'yes';
    if (!carries || !/^arn:[^:]+:sns:/.test(destination)) {
      return { value: destination, isMember: allHold([sure(carries), arrives]) };
    }
    return unsure(
      destination,
      `Who subscribes to topic ${destination}, which bucket ${bucket.name} notifies, is not looked at.`,
    );
  });
}

function byTopic(
  trail: Trail,
  { snsTopicArn: arn }: TrailDescription,
  channel: Channel,
  world: World,
  open: string[],
): Candidates {
  if (arn === undefined) return [];
  const topic = world.lookup.topic(arn);
  if (topic === undefined) {
    open.push(notCollected('sns:ListSubscriptionsByTopic', arn, world));
    return [];
  }
  const isRead = isReadByProgram(topic, trail, world);
  const isFresh = channel.isFresh(maxSilence);
  // Where no notification tells, the topic's policy may: one that keeps CloudTrail out will never let one through.
  const isRefused = isFresh.state === 'unknown' && refuses(topic, trail, world);
  return [{ value: arn, isMember: allHold([isRead, hasNoError(channel), sure(!isRefused), isFresh]) }];
}

/** Whether a program takes each message of the trail's topic. */
function isReadByProgram({ arn, subscriptions: all }: Topic, trail: Trail, world: World): Tri<boolean> {
  const subscriptions = mapKnown(all, (its) => its.filter((it) => ofPrograms.has(it.protocol)));
  const call = 'sns:GetSubscriptionAttributes';
  const filters = confirmedFilters({ subscriptions }, () => unknown(notCollected(call, arn, world)));
  const found = delivered(filters, arn, someMessage(`trail ${trail.arn}`), (resource, message) =>
    note(call, resource, message, world),
  );
  return found.state === 'unknown' ? doubt(found.gaps) : sure(found.state === 'yes');
}

function refuses({ arn, attributes }: Topic, trail: Trail, { inventory: { organization } }: World): boolean {
  if (attributes.state !== 'known' || attributes.value.policy === undefined) return false;
  const document = iam.parseIamDocument(attributes.value.policy, 'resource');
  const using = { arn: trail.arn, ...(organization === null ? {} : { organizationId: organization.id }) };
  return iam.canCloudTrailNotify(document, using, arn).verdict === 'no';
}

function triOf(it: Carries, call: string, resource: string, message: string, world: World): Tri<boolean> {
  return it === 'unknown' ? doubt([note(call, resource, message, world)]) : sure(it === 'yes');
}

function note(call: string, resource: string, message: string, world: World): string {
  const { accountId, region } = placeOf(resource);
  return world.note({ call, accountId, region, resource, reason: 'unsupported', message });
}

function notCollected(call: string, resource: string, world: World): string {
  const { accountId, region } = placeOf(resource);
  const message = `The inventory does not tell where the events of ${resource} are sent on.`;
  return world.note({ call, accountId, region, resource, reason: 'not-collected', message });
}

function placeOf(arn: string): { readonly accountId: string; readonly region: string } {
  const [, , , region = '', accountId = ''] = arn.split(':');
  return { accountId: accountId === '' ? 'unknown' : accountId, region: region === '' ? 'global' : region };
}

export function monitors(trail: Trail, world: World): Value {
  return fromOpenList(monitorsOf(trail, world), (it) => it);
}

/**
 * Trails that record all that this one does, and are monitored. Where some might be, and none surely is, they are
 * doubtful: what is not known of them is no fault of this one. Nor is it where it could not be read whether others
 * record all that this one does: then the list is open.
 */
export function alsoMonitoredBy(trail: Trail, world: World): Value {
  const known = new Map<Trail, OpenList<string>>();
  const of = (it: Trail): OpenList<string> => {
    const found = known.get(it) ?? monitorsOf(it, world);
    known.set(it, found);
    return found;
  };
  const monitored = world.coverages.alsoRecordedBy(trail, (it) => of(it).members.length > 0);
  if (monitored.length > 0) return texts(monitored);
  const perhaps = world.coverages.alsoRecordedBy(
    trail,
    (it) => of(it).members.length > 0 || doubtsOf(of(it)).length > 0,
  );
  if (perhaps.length === 0) {
    const open = world.coverages.mayAlsoBeRecordedBy(trail, (it) => isMonitored(of(it)));
    return new ViewList([], [], open.length === 0 ? undefined : new Unknown(open));
  }
  const doubts = [...known].filter(([it]) => perhaps.includes(it.arn)).flatMap(([, it]) => doubtsOf(it));
  const because = new Unknown([...new Set(doubts)].toSorted());
  return new ViewList(
    [],
    perhaps.map((value) => ({ value, because })),
  );
}

function isMonitored(by: OpenList<string>): Tri<boolean> {
  if (by.members.length > 0) return sure(true);
  const doubts = doubtsOf(by);
  return doubts.length === 0 ? sure(false) : doubt(doubts);
}

function doubtsOf({ doubtful, rest }: OpenList<string>): readonly string[] {
  return [...doubtful.flatMap(({ gaps }) => gaps), ...(rest?.gaps ?? [])];
}

/** What the log group of a trail sends on. */
export function subscriptionDestinations(
  filters: NonNullable<World['inventory']['logGroups'][number]['subscriptionFilters']> | undefined,
  arn: string,
  world: World,
): Value {
  if (filters === undefined) return new Unknown([notCollected('logs:DescribeSubscriptionFilters', arn, world)]);
  if (filters.state === 'unknown') return new Unknown([filters.gap]);
  const all = filters.state === 'known' ? filters.value.map((it) => it.destinationArn) : [];
  return new ViewList([...new Set(all)].toSorted());
}

const topicCalls = ['sns:ListSubscriptionsByTopic', 'sns:GetSubscriptionAttributes', 'sns:GetTopicAttributes'];

/** Everything that told where a trail's events are sent on. */
export function evidenceOfMonitors(trail: Trail, { lookup }: World): readonly (readonly string[])[] {
  const it = trail.description.state === 'known' ? trail.description.value : undefined;
  if (it === undefined) return [allEvidenceOf(trail)];
  const bucket = lookup.bucket(bucketArn(it.s3BucketName, trail.arn));
  const logGroup =
    it.cloudWatchLogsLogGroupArn === undefined ? undefined : lookup.logGroup(it.cloudWatchLogsLogGroupArn);
  const topic = it.snsTopicArn === undefined ? undefined : lookup.topic(it.snsTopicArn);
  return [
    allEvidenceOf(trail),
    bucket === undefined ? [] : evidenceOf(bucket, ['s3:GetBucketNotificationConfiguration']),
    logGroup === undefined ? [] : evidenceOf(logGroup, ['logs:DescribeSubscriptionFilters']),
    topic === undefined ? [] : evidenceOf(topic, topicCalls),
  ];
}
