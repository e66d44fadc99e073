import { ABSENT, Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import { failingRegions, fromKnown, isTrigger, missingDestinations, type Tri } from '../facts/index.js';
import type { ObservedTrail, Trail, TrailDescription, TrailStatus } from '../model/inventory.js';
import { bucketArn, keyArn } from '../model/naming.js';
import { toldOf } from '../model/told.js';
import { fromOpenList, fromTri, orAbsent, required, texts, timeOrAbsent, toldMember } from './convert.js';
import { evidenceOfCoverage } from './account-evidence.js';
import { coverageOf } from './coverage.js';
import { trailDelivery } from './delivery.js';
import { allEvidenceOf, derived, evidenceOf, fields, observed } from './fields.js';
import { accountsOfTrail } from './membership.js';
import { destinations } from './destinations.js';
import { logGroupWriting } from './log-group-role.js';
import { logVerification } from './log-verification.js';
import { alsoMonitoredBy, evidenceOfMonitors, monitors } from './monitors.js';
import type { Field, Shape } from './object.js';
import { severed } from './severed.js';
import { isLogging, observationsOf, type SeenTrail } from './seen-trail.js';
import { advancedEventSelectors, eventSelectors, insightSelectors, newerIn, type Newer } from './selectors.js';
import { tagFields } from './tags.js';
import { statusOf } from './trail-status.js';
import { writing } from './trail-writing.js';
import type { World } from './world.js';

const described = ['cloudtrail:DescribeTrails'];
const asked = ['cloudtrail:GetTrailStatus'];
const selected = ['cloudtrail:GetEventSelectors'];

/** What the owner's list of trails tells. */
function listed(show: (it: Trail) => Value): Field<SeenTrail> {
  return derived((trail, { lookup }) => {
    const owner = lookup.account(trail.accountId);
    return [owner === undefined ? [] : evidenceOf(owner, ['cloudtrail:ListTrails'])];
  }, show);
}

/** A member that AWS writes of each trail, and one item may lack while it tells the others. */
function description(member: RequiredMember): Field<SeenTrail> {
  return observed(described, (trail) => toldMember(trail.description, trail.told, member, (value) => value));
}

type RequiredMember = {
  [M in keyof TrailDescription]-?: undefined extends TrailDescription[M] ? never : M;
}[keyof TrailDescription];

/** A member that is written where it is set. */
function setting(member: Exclude<keyof TrailDescription, RequiredMember>): Field<SeenTrail> {
  return observed(described, (trail) => required(toldOf(trail), ABSENT, (it) => orAbsent(it[member])));
}

function status(show: (it: TrailStatus) => Value): Field<SeenTrail> {
  return observed(asked, (trail, world) => required(statusOf(trail, world), ABSENT, show));
}

function selectors(read: (it: Trail, self: ViewObject, newer: Newer) => Value): Field<SeenTrail> {
  return observed(selected, (trail, world, self) =>
    read(trail, self, newerIn({ ...trail, region: trail.homeRegion }, 'cloudtrail:GetEventSelectors', world)),
  );
}

const deliveryCalls = [...described, ...asked, ...selected];

function observedEvidence(it: ObservedTrail): readonly string[] {
  return evidenceOf(it, asked);
}

/** Its own answers, and those of the accounts that it is seen by. */
function evidenceOfDelivery(trail: SeenTrail, world: World): readonly (readonly string[])[] {
  return [evidenceOf(trail, deliveryCalls), ...observationsOf(trail, world).map(observedEvidence)];
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

function failing(trail: Trail, world: World): Value {
  const { arn, accountId } = trail;
  const question = (region: string) => ({ call: 'cloudtrail:GetTrailStatus', accountId, region, resource: arn });
  const notes = {
    unknown: (region: string): string => {
      const message = `CloudTrail gave no status of the multi-Region trail ${arn} in ${region}.`;
      return world.note({ ...question(region), reason: 'error', message });
    },
    silent: (region: string, since: string): string => {
      const message = `The last digest file of trail ${arn} in ${region} came at ${since}, and no error is told. One is due each hour: look into the bucket for files of that Region since then.`;
      return world.note({ ...question(region), reason: 'unsupported', message });
    },
  };
  return fromOpenList(failingRegions(trail, world.inventory.capturedAt, notes), (region) => region);
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

/** Above it, evidence names the list of trails, and not all that a trail was compared with. */
const comparedSinks = 100;

/** What told of everything that records in its owner's account. */
function evidenceOfCopies(trail: Trail, world: World): readonly (readonly string[])[] {
  const owner = world.lookup.account(trail.accountId);
  if (owner === undefined) return [evidenceOf(trail, deliveryCalls)];
  const all = world.coverages.ofAccount(owner, { protectedOnly: false, eventDataStores: true });
  const own = evidenceOf(trail, deliveryCalls);
  if (all.sinks.length <= comparedSinks) return [own, ...evidenceOfCoverage(owner, all, world)];
  return [own, evidenceOf(owner, ['cloudtrail:ListTrails'])];
}

/** Whether its selectors take some management event; of those that only read, or of those that write. */
function selectsManagement(readOnly?: boolean): Field<SeenTrail> {
  return derived(
    (trail) => [evidenceOf(trail, selected)],
    (trail, { coverages }) => fromTri(coverages.selectsManagementEvents(trail, readOnly), (it) => it),
  );
}

/** Other trails that are described so, and record all that this one does. */
function alsoRecorded(isSo: (it: TrailDescription) => boolean): Field<SeenTrail> {
  const accepts = ({ description: it }: Trail): boolean => it.state === 'known' && isSo(it.value);
  return derived(evidenceOfCopies, (trail, { coverages }) => texts(coverages.alsoRecordedBy(trail, accepts)));
}

/** Of trails that send to a log group; open where one that could not be read may do so, or may be the one to keep. */
function alsoSent(trail: Trail, { coverages }: World): Value {
  const found = coverages.alsoRecordedBy(trail, sendsForCertain);
  const open = found.length > 0 ? [] : coverages.mayAlsoBeRecordedBy(trail, sends);
  return new ViewList(found, [], open.length === 0 ? undefined : new Unknown(open));
}

function sends({ description: it }: Trail): Tri<boolean> {
  return fromKnown(it, false, ({ cloudWatchLogsLogGroupArn: arn }) => arn !== undefined);
}

function sendsForCertain(trail: Trail): boolean {
  const it = sends(trail);
  return it.state === 'known' && it.value;
}

/** Other trails that record all that this one does, in other buckets. */
function alsoKept(trail: Trail, { coverages }: World): Value {
  const own = bucketNameOf(trail);
  return texts(coverages.alsoRecordedBy(trail, (it) => it.description.state === 'known' && bucketNameOf(it) !== own));
}

function bucketNameOf({ description: it }: Trail): string | undefined {
  return it.state === 'known' ? it.value.s3BucketName : undefined;
}

export const trailShape: Shape<SeenTrail> = {
  type: 'Trail',
  label: (trail) => trail.arn,
  cause: (trail, field) => ({ targetType: 'trail', id: trail.arn, field }),
  fields: fields<SeenTrail>({
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
    isLogging: derived(
      (trail, world) => [
        evidenceOf(trail, asked),
        ...(trail.seenBy === undefined ? [] : observationsOf(trail, world).map(observedEvidence)),
      ],
      (trail, world) => fromTri(isLogging({ ...trail, status: statusOf(trail, world) }, world), (it) => it),
    ),
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
    eventSelectors: selectors((trail, self, newer) =>
      required(trail.eventSelectors, new ViewList([]), (it) => eventSelectors(it.basic, self, newer)),
    ),
    advancedEventSelectors: selectors((trail, self, newer) =>
      required(trail.eventSelectors, new ViewList([]), (it) => advancedEventSelectors(it.advanced, self, newer)),
    ),
    insightSelectors: observed(['cloudtrail:GetInsightSelectors'], (trail, _, self) =>
      required(trail.insightSelectors, new ViewList([]), (it) => insightSelectors(it, self)),
    ),
    coverage: derived(
      (trail) => [allEvidenceOf(trail)],
      (trail, world, self) => coverageOf(world.coverages.ofTrail(trail), self, 'coverage', world),
    ),
    delivery: derived(evidenceOfDelivery, (trail, world, self) =>
      trailDelivery({ ...trail, status: statusOf(trail, world) }, world, self),
    ),
    supersededBy: derived(evidenceOfCopies, (trail, { coverages }) => texts(coverages.supersededBy(trail))),
    isSeenStopped: derived(
      (trail) => [evidenceOf(trail, asked)],
      ({ status: it }) => it.state === 'known' && !it.value.isLogging,
    ),
    selectsManagementEvents: selectsManagement(),
    selectsManagementReads: selectsManagement(true),
    selectsManagementWrites: selectsManagement(false),
    alsoKeptBy: derived(evidenceOfCopies, alsoKept),
    alsoValidatedBy: alsoRecorded((it) => it.logFileValidationEnabled),
    alsoEncryptedBy: alsoRecorded((it) => it.kmsKeyId !== undefined),
    alsoSentBy: derived(evidenceOfCopies, alsoSent),
    isSevered: derived(
      (trail, world) => [...evidenceOfCopies(trail, world), evidenceOfDestinations(trail, world)],
      (trail, world) => fromTri(severed(world.lookup.trail(trail.arn) ?? trail, world), (it) => it),
    ),
    isTrigger: derived(
      (trail) => [evidenceOf(trail, [...described, ...selected])],
      (trail) => fromTri(isTrigger(trail), (it) => it),
    ),
    copiedFrom: derived(evidenceOfCopies, (trail, world) =>
      fromOpenList(world.coverages.copiedFrom(trail), (it) => it.arn),
    ),
    recordsOwnDeliveries: derived(
      (trail, world) => [...evidenceOfCopies(trail, world), evidenceOfDestinations(trail, world)],
      (trail, { coverages }) => fromTri(coverages.recordsOwnDeliveries(trail), (it) => it),
    ),
    failingRegions: derived(
      (trail) => [evidenceOf(trail, asked), ...(trail.regionalStatuses ?? []).map((it) => evidenceOf(it, asked))],
      failing,
    ),
    missingDestinations: derived(
      (trail, world) => [evidenceOf(trail, [...described, ...asked]), evidenceOfDestinations(trail, world)],
      missing,
    ),
    monitors: derived(evidenceOfMonitors, monitors),
    alsoMonitoredBy: derived(
      (trail, world) => [...evidenceOfCopies(trail, world), ...evidenceOfMonitors(trail, world)],
      alsoMonitoredBy,
    ),
    ...tagFields<SeenTrail>('cloudtrail:ListTags', ({ accountId, homeRegion: region }) => ({ accountId, region })),
    ...writing,
    ...logGroupWriting,
    ...destinations('trail'),
    logVerification: observed(['s3:GetObject'], logVerification),
    accounts: derived((trail) => [evidenceOf(trail, described)], accountsOfTrail),
  }),
};
