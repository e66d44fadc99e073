import { ABSENT, ViewList, type Value, type ViewObject } from '../expression/index.js';
import { deliveryOf, missingDestinations, type Channel } from '../facts/index.js';
import type { Trail, TrailDescription, TrailStatus } from '../model/inventory.js';
import { bucketArn, keyArn } from '../model/naming.js';
import { unknown, type Known } from '../model/known.js';
import { toldOf } from '../model/told.js';
import { fromOpenList, fromTri, orAbsent, required, time, timeOrAbsent, toldMember } from './convert.js';
import { coverageOf } from './coverage.js';
import { allEvidenceOf, derived, evidenceOf, fields, observed } from './fields.js';
import { accountsOfTrail } from './membership.js';
import { destinations } from './destinations.js';
import { PartObject, type Field, type Shape, type Values } from './object.js';
import { advancedEventSelectors, eventSelectors, insightSelectors } from './selectors.js';
import type { World } from './world.js';

const described = ['cloudtrail:DescribeTrails'];
const asked = ['cloudtrail:GetTrailStatus'];
const selected = ['cloudtrail:GetEventSelectors'];

/** What the owner's list of trails tells. */
function listed(show: (it: Trail) => Value): Field<Trail> {
  return derived((trail, { lookup }) => {
    const owner = lookup.account(trail.accountId);
    return [owner === undefined ? [] : evidenceOf(owner, ['cloudtrail:ListTrails'])];
  }, show);
}

/** A member that AWS writes of each trail, and one item may lack while it tells the others. */
function description(member: RequiredMember): Field<Trail> {
  return observed(described, (trail) => toldMember(trail.description, trail.told, member, (value) => value));
}

type RequiredMember = {
  [M in keyof TrailDescription]-?: undefined extends TrailDescription[M] ? never : M;
}[keyof TrailDescription];

/** A member that is written where it is set. */
function setting(member: Exclude<keyof TrailDescription, RequiredMember>): Field<Trail> {
  return observed(described, (trail) => required(toldOf(trail), ABSENT, (it) => orAbsent(it[member])));
}

function status(show: (it: TrailStatus) => Value): Field<Trail> {
  return observed(asked, (trail, world) => required(statusOf(trail, world), ABSENT, show));
}

/** The trail is described, yet GetTrailStatus knows none: it came or went in between, so nothing is known. */
function statusOf(trail: Trail, world: World): Known<TrailStatus> {
  if (trail.status.state !== 'absent') return trail.status;
  const { accountId, homeRegion, arn } = trail;
  const message = `CloudTrail describes trail ${arn}, but told no status of it.`;
  const gap = { call: 'cloudtrail:GetTrailStatus', accountId, region: homeRegion, resource: arn };
  return unknown(world.note({ ...gap, reason: 'error', message }));
}

function selectors(read: (it: Trail, self: ViewObject) => Value): Field<Trail> {
  return observed(selected, (trail, _, self) => read(trail, self));
}

const deliveryCalls = [...described, ...asked];

function delivery(trail: Trail, world: World, self: ViewObject): Value {
  const channels = deliveryOf({ ...trail, status: statusOf(trail, world) });
  const show = (it: Channel): Value => channel(it, self);
  return new PartObject(
    'TrailDelivery',
    {
      logs: show(channels.logs),
      digests: show(channels.digests),
      cloudWatchLogs: show(channels.cloudWatchLogs),
      notifications: show(channels.notifications),
    },
    self,
    'delivery',
  );
}

function channel(it: Channel, trail: ViewObject): Value {
  const values: Values = {
    isConfigured: fromTri(it.isConfigured, (value) => value),
    latestTime: fromTri(it.latestTime, time),
    error: fromTri(it.error, (value) => value),
    quietSince: fromTri(it.quietSince, time),
  };
  return new PartObject('Delivery', values, trail, 'delivery');
}

function missing(trail: Trail, { lookup, inventory, gaps }: World): Value {
  const it = trail.description.state === 'known' ? trail.description.value : undefined;
  const bucket = it === undefined ? undefined : lookup.bucket(bucketArn(it.s3BucketName, trail.arn));
  const key = keyNamedBy(trail, lookup);
  const logGroup =
    it?.cloudWatchLogsLogGroupArn === undefined ? undefined : lookup.logGroup(it.cloudWatchLogsLogGroupArn);
  const state = {
    capturedAt: inventory.capturedAt,
    buckets: bucket === undefined ? [] : [bucket],
    keys: key === undefined ? [] : [key],
    logGroups: logGroup === undefined ? [] : [logGroup],
  };
  return fromOpenList(missingDestinations(trail, state, gaps), (name) => name);
}

function keyNamedBy({ description: it, arn, accountId, homeRegion }: Trail, lookup: World['lookup']) {
  if (it.state !== 'known' || it.value.kmsKeyId === undefined) return undefined;
  return lookup.key(keyArn(it.value.kmsKeyId, { arn, accountId, region: homeRegion }));
}

function evidenceOfDestinations(trail: Trail, { lookup }: World): readonly string[] {
  const it = trail.description.state === 'known' ? trail.description.value : undefined;
  if (it === undefined) return [];
  const found = [
    lookup.bucket(bucketArn(it.s3BucketName, trail.arn)),
    keyNamedBy(trail, lookup),
    it.cloudWatchLogsLogGroupArn === undefined ? undefined : lookup.logGroup(it.cloudWatchLogsLogGroupArn),
  ];
  const calls = ['s3:HeadBucket', 's3:ListBuckets', 'kms:DescribeKey', 'logs:DescribeLogGroups'];
  return found.flatMap((resource) => (resource === undefined ? [] : evidenceOf(resource, calls)));
}

export const trailShape: Shape<Trail> = {
  type: 'Trail',
  label: (trail) => trail.arn,
  cause: (trail, field) => ({ targetType: 'trail', id: trail.arn, field }),
  fields: fields<Trail>({
    arn: listed((trail) => trail.arn),
    name: listed((trail) => trail.name),
    accountId: listed((trail) => trail.accountId),
    homeRegion: listed((trail) => trail.homeRegion),
    s3BucketName: description('s3BucketName'),
    s3KeyPrefix: setting('s3KeyPrefix'),
    isMultiRegionTrail: description('isMultiRegionTrail'),
    isOrganizationTrail: description('isOrganizationTrail'),
    includeGlobalServiceEvents: description('includeGlobalServiceEvents'),
    logFileValidationEnabled: description('logFileValidationEnabled'),
    kmsKeyId: setting('kmsKeyId'),
    cloudWatchLogsLogGroupArn: setting('cloudWatchLogsLogGroupArn'),
    cloudWatchLogsRoleArn: setting('cloudWatchLogsRoleArn'),
    snsTopicArn: setting('snsTopicArn'),
    recursiveLogging: setting('recursiveLogging'),
    isLogging: status((it) => it.isLogging),
    startLoggingTime: status((it) => timeOrAbsent(it.startLoggingTime)),
    stopLoggingTime: status((it) => timeOrAbsent(it.stopLoggingTime)),
    latestDeliveryTime: status((it) => timeOrAbsent(it.latestDeliveryTime)),
    latestDigestDeliveryTime: status((it) => timeOrAbsent(it.latestDigestDeliveryTime)),
    latestCloudWatchLogsDeliveryTime: status((it) => timeOrAbsent(it.latestCloudWatchLogsDeliveryTime)),
    latestNotificationTime: status((it) => timeOrAbsent(it.latestNotificationTime)),
    latestDeliveryError: status((it) => orAbsent(it.latestDeliveryError)),
    latestDigestDeliveryError: status((it) => orAbsent(it.latestDigestDeliveryError)),
    latestCloudWatchLogsDeliveryError: status((it) => orAbsent(it.latestCloudWatchLogsDeliveryError)),
    latestNotificationError: status((it) => orAbsent(it.latestNotificationError)),
    eventSelectors: selectors((trail, self) =>
      required(trail.eventSelectors, new ViewList([]), (it) => eventSelectors(it.basic, self)),
    ),
    advancedEventSelectors: selectors((trail, self) =>
      required(trail.eventSelectors, new ViewList([]), (it) => advancedEventSelectors(it.advanced, self)),
    ),
    insightSelectors: observed(['cloudtrail:GetInsightSelectors'], (trail, _, self) =>
      required(trail.insightSelectors, new ViewList([]), (it) => insightSelectors(it, self)),
    ),
    coverage: derived(
      (trail) => [allEvidenceOf(trail)],
      (trail, world, self) => coverageOf(world.coverages.ofTrail(trail), self, 'coverage', world),
    ),
    delivery: derived((trail) => [evidenceOf(trail, deliveryCalls)], delivery),
    missingDestinations: derived(
      (trail, world) => [evidenceOf(trail, deliveryCalls), evidenceOfDestinations(trail, world)],
      missing,
    ),
    ...destinations('trail'),
    accounts: derived((trail) => [evidenceOf(trail, described)], accountsOfTrail),
  }),
};
