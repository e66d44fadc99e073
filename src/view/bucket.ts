import { ABSENT, Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import {
  accessLogProblem,
  atHandDays,
  coversLogs,
  locksOf,
  type LockSetting,
  retentionOf,
  isOutsideOrganization,
  least,
} from '../facts/index.js';
import type {
  Bucket,
  BucketVersioning,
  LifecycleRule,
  LifecycleTransition,
  ReplicationRule,
} from '../model/inventory.js';
import { bucketArn } from '../model/naming.js';
import { accessOfAnyBucket, ownerOfBucket } from './any-bucket.js';
import { fromOpenList, fromTri, optional, orAbsent, required, texts } from './convert.js';
import { evidenceOfNamers, destinations, trailsNaming } from './destinations.js';
import { accessPointsOfBucket } from './access-points.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import { logEncryption, logPlaces } from './log-places.js';
import { LazyObject, PartObject, type Field, type Shape, type Values } from './object.js';
import { blockOf, evidenceOfBlock, noteOnBucket, owned } from './bucket-access.js';
import { bucketReachShape } from './bucket-reach.js';
import { controlPolicyCalls } from './controls.js';
import { accountIdsIn } from './documents.js';
import { logDeletionDenial } from './denials.js';
import { tagFields } from './tags.js';
import { publicAccessBlockOf } from './public-access-block.js';
import type { World } from './world.js';

function evidenceOfTrails(bucket: Bucket, world: World): readonly (readonly string[])[] {
  return evidenceOfNamers('log-bucket', bucket, world);
}

function versioning(show: (it: BucketVersioning) => Value, whenAbsent: Value): Field<Bucket> {
  return observed(['s3:GetBucketVersioning'], (bucket) => required(bucket.versioning, whenAbsent, show));
}

function lifecycleRule(it: LifecycleRule, bucket: ViewObject, note: (message: string) => string): Value {
  const values: Values = {
    id: it.id,
    prefix: it.prefix,
    isEnabled: it.isEnabled,
    expirationDays: orAbsent(it.expirationDays),
    noncurrentDays: orAbsent(it.noncurrentDays),
    // A date moves on one day whatever is older then.
    transitionDays: orAbsent(least([it.transitionDays, ...(it.transitions ?? []).map(({ days }) => days)])),
    transitions: transitionsOf(it, bucket, note),
  };
  return new PartObject('LifecycleRule', values, bucket, 'lifecycleRules');
}

/** An inventory of an earlier version tells the days alone, and of a rule that moves nothing, nothing. */
function transitionsOf(rule: LifecycleRule, bucket: ViewObject, note: (message: string) => string): Value {
  if (rule.transitions === undefined && rule.transitionDays !== undefined) {
    return new Unknown([note(`Where lifecycle rule ${rule.id} moves objects was not kept: run the scan again.`)]);
  }
  const all = rule.transitions ?? [];
  const show = ({ storageClass, days }: LifecycleTransition): Value => {
    const message = `To which storage class lifecycle rule ${rule.id} moves objects is not recorded.`;
    const values = { days, storageClass: storageClass === '' ? new Unknown([note(message)]) : storageClass };
    return new PartObject('LifecycleTransition', values, bucket, 'lifecycleRules');
  };
  return new ViewList(all.map(show));
}

/** An inventory of an earlier version tells the Regions of log buckets alone. */
function replicaRegion(rule: ReplicationRule, bucket: Bucket, world: World): Value {
  const { destinationBucketArn: arn, destinationRegion: it } = rule;
  if (it !== undefined) return optional(it, (region) => region);
  const replica = world.lookup.buckets.find((other) => other.arn === arn);
  if (replica !== undefined) return optional(replica.owner, ({ region }) => region);
  const message = `Where ${arn} lives, which bucket ${bucket.name} is replicated to, was not read: run the scan again.`;
  return new Unknown([noteOnBucket(bucket, 's3:HeadBucket', message, world)]);
}

function replication(rule: ReplicationRule, bucket: Bucket, world: World, self: ViewObject): Value {
  const { destinationAccountId: account, destinationBucketArn } = rule;
  const values: Values = {
    destinationBucketArn,
    destinationRegion: replicaRegion(rule, bucket, world),
    isOtherAccount: account === undefined ? ABSENT : required(bucket.owner, ABSENT, (it) => it.accountId !== account),
    coversLogs: fromTri(coversLogs(rule, logPlaces(bucket, world), logEncryption(bucket, world)), (value) => value),
  };
  return new PartObject('Replication', values, self, 'replication');
}

const accessLogCalls = [
  's3:GetBucketLogging',
  's3:HeadBucket',
  's3:GetObjectLockConfiguration',
  's3:GetBucketRequestPayment',
  's3:GetBucketPolicy',
  's3:GetBucketOwnershipControls',
  's3:GetBucketAcl',
];
const lockCalls = [
  's3:GetObjectLockConfiguration',
  's3:GetBucketReplication',
  's3:GetBucketPolicy',
  's3:GetBucketVersioning',
  's3:GetBucketLifecycleConfiguration',
  's3:GetBucketEncryption',
];
const retentionCalls = [
  's3:GetBucketLifecycleConfiguration',
  's3:GetBucketVersioning',
  's3:GetObjectLockConfiguration',
];

function lockSetting(bucket: Bucket, world: World): LockSetting {
  const { inventory, lookup } = world;
  return {
    capturedAt: inventory.capturedAt,
    partition: inventory.partition,
    organizationId: inventory.organization?.id,
    accountIds: accountIdsIn(inventory).all,
    prefixes: logPlaces(bucket, world),
    encryption: logEncryption(bucket, world),
    findBucket: (arn) => lookup.bucket(arn),
  };
}

export const bucketShape: Shape<Bucket> = {
  type: 'Bucket',
  label: (bucket) => bucket.name,
  cause: (bucket, field) => ({ targetType: 'log-bucket', id: bucket.arn, field }),
  fields: fields<Bucket>({
    arn: derived(evidenceOfTrails, (bucket) => bucket.arn),
    name: derived(evidenceOfTrails, (bucket) => bucket.name),
    accountId: ownerOfBucket((it) => it.accountId),
    region: ownerOfBucket((it) => it.region),
    versioning: versioning((it) => it.status, 'Unversioned'),
    mfaDelete: versioning((it) => it.mfaDelete, false),
    objectLockEnabled: observed(['s3:GetObjectLockConfiguration'], (bucket) =>
      required(bucket.objectLock, false, (it) => it.enabled),
    ),
    objectLock: observed(['s3:GetObjectLockConfiguration'], (bucket, _, self) =>
      optional(bucket.objectLock, ({ enabled, mode, days }) =>
        enabled && mode !== undefined && days !== undefined
          ? new PartObject('ObjectLock', { mode, days }, self, 'objectLock')
          : ABSENT,
      ),
    ),
    encryption: observed(['s3:GetBucketEncryption'], (bucket, _, self) =>
      optional(bucket.encryption, ({ sseAlgorithm, kmsMasterKeyId, bucketKeyEnabled }) => {
        const values: Values = { sseAlgorithm, kmsMasterKeyId: orAbsent(kmsMasterKeyId), bucketKeyEnabled };
        return new PartObject('Encryption', values, self, 'encryption');
      }),
    ),
    lifecycleRules: observed(['s3:GetBucketLifecycleConfiguration'], (bucket, world, self) => {
      const note = (message: string) => noteOnBucket(bucket, 's3:GetBucketLifecycleConfiguration', message, world);
      const show = (all: readonly LifecycleRule[]) => new ViewList(all.map((it) => lifecycleRule(it, self, note)));
      return required(bucket.lifecycleRules, new ViewList([]), show);
    }),
    accessLogging: observed(['s3:GetBucketLogging'], (bucket, _, self) =>
      optional(bucket.accessLogging, (it) => new PartObject('AccessLogging', { ...it }, self, 'accessLogging')),
    ),
    accessLogProblem: derived(
      (bucket) => [evidenceOf(bucket, accessLogCalls)],
      (bucket, world) =>
        fromTri(
          accessLogProblem(bucket, {
            findBucket: (name) => world.lookup.bucket(bucketArn(name, bucket.arn)),
            note: (message) => noteOnBucket(bucket, 's3:GetBucketPolicy', message, world),
          }),
          (problem) => problem,
        ),
    ),
    objectOwnership: observed(['s3:GetBucketOwnershipControls'], (bucket) =>
      required(bucket.objectOwnership, 'ObjectWriter', (it) => it),
    ),
    publicAccessBlock: observed(['s3:GetPublicAccessBlock'], (bucket, _, self) =>
      publicAccessBlockOf(bucket.publicAccessBlock, self),
    ),
    effectivePublicAccessBlock: derived(
      (bucket, world) => [evidenceOfBlock(bucket, world)],
      (bucket, world, self) => {
        const block = blockOf(bucket, world);
        const values: Values = {
          blockPublicAcls: fromTri(block.blockPublicAcls, (on) => on),
          ignorePublicAcls: fromTri(block.ignorePublicAcls, (on) => on),
          blockPublicPolicy: fromTri(block.blockPublicPolicy, (on) => on),
          restrictPublicBuckets: fromTri(block.restrictPublicBuckets, (on) => on),
        };
        return new PartObject('PublicAccessBlock', values, self, 'effectivePublicAccessBlock');
      },
    ),
    replication: observed(['s3:GetBucketReplication'], (bucket, world, self) =>
      required(bucket.replication, new ViewList([]), (all) => {
        const enabled = all.filter((rule) => rule.isEnabled);
        return new ViewList(enabled.map((rule) => replication(rule, bucket, world, self)));
      }),
    ),
    isOutsideOrganization: derived(
      (bucket, world) => [evidenceOf(bucket, owned), ...evidenceOfTrails(bucket, world)],
      (bucket, { inventory }) =>
        fromTri(
          isOutsideOrganization(bucket, inventory, (id) => inventory.gaps.find((it) => it.id === id)),
          (it) => it,
        ),
    ),
    ...accessOfAnyBucket,
    accessPoints: accessPointsOfBucket,
    // What it says is asked of its fields, each with the evidence of its own.
    reach: derived(
      (bucket) => [evidenceOf(bucket, ['s3:GetBucketPolicy'])],
      (bucket, world) => new LazyObject(bucketReachShape, bucket, world),
    ),
    locks: derived(
      (bucket, world) => [evidenceOf(bucket, lockCalls), ...evidenceOfTrails(bucket, world)],
      (bucket, world, self) =>
        fromOpenList(
          locksOf(bucket, lockSetting(bucket, world), world.gaps),
          ({ by, days }) => new PartObject('BucketLock', { by, days: orAbsent(days) }, self, 'locks'),
        ),
    ),
    deletionDenial: derived(
      (bucket, { inventory: { organization } }) => [
        evidenceOf(bucket, ['s3:GetBucketPolicy']),
        organization === null ? [] : evidenceOf(organization, controlPolicyCalls),
      ],
      logDeletionDenial,
    ),
    notificationDestinations: observed(['s3:GetBucketNotificationConfiguration'], (bucket) =>
      required(bucket.notificationDestinations, new ViewList([]), texts),
    ),
    requesterPays: observed(['s3:GetBucketRequestPayment'], (bucket) =>
      required(bucket.requesterPays, false, (it) => it),
    ),
    retention: derived(
      (bucket, world) => [evidenceOf(bucket, retentionCalls), ...evidenceOfTrails(bucket, world)],
      (bucket, world, self) => {
        const prefixes = logPlaces(bucket, world);
        const it = retentionOf(bucket, prefixes);
        const values: Values = {
          days: fromTri(it.days, (days) => days),
          recoverableDays: fromTri(it.recoverableDays, (days) => days),
          deletedDays: fromTri(it.deletedDays, (days) => days),
          atHandDays: fromTri(
            atHandDays(bucket, prefixes, (what) =>
              noteOnBucket(bucket, 's3:GetBucketLifecycleConfiguration', what, world),
            ),
            (days) => days,
          ),
        };
        return new PartObject('BucketRetention', values, self, 'retention');
      },
    ),
    receivesFromConfig: derived(
      (bucket) => [evidenceOf(bucket, ['s3:GetBucketPolicy'])],
      (bucket) => required(bucket.policy, false, (text) => text.includes('"config.amazonaws.com"')),
    ),
    ...tagFields<Bucket>('s3:GetBucketTagging', ({ owner }) =>
      owner.state === 'known' ? owner.value : { accountId: 'unknown', region: 'unknown' },
    ),
    trails: trailsNaming('log-bucket'),
    ...destinations('log-bucket'),
  }),
};
