import { ABSENT, Unknown, type Value } from '../expression/index.js';
import { canUseKey, refusedPath } from '../facts/index.js';
import type { Key, Trail } from '../model/inventory.js';
import { bucketArn, keyArn } from '../model/naming.js';
import { controlPolicyCalls } from './controls.js';
import { fromTri, required } from './convert.js';
import { bucketSetting, documentSetting, logTrailOf, membersOf } from './documents.js';
import { derived, evidenceOf } from './fields.js';
import type { Field } from './object.js';
import { neverRecorded, type World } from './world.js';

/** A path of its bucket that CloudTrail may not write. */
function whatIsRefused(trail: Trail, world: World): Value {
  const { description } = trail;
  const it = logTrailOf(trail);
  if (description.state !== 'known' || it === undefined) return required(description, ABSENT, () => ABSENT);
  const { s3BucketName, isOrganizationTrail } = description.value;
  if (isOrganizationTrail && world.inventory.organization === null) return unknownPlaces(trail, world);
  const bucket = world.lookup.bucket(bucketArn(s3BucketName, trail.arn));
  if (bucket === undefined) {
    const { accountId, homeRegion: region } = trail;
    const message = `The inventory has nothing on bucket ${s3BucketName}, which trail ${trail.arn} names.`;
    const gap = { call: 's3:GetBucketPolicy', accountId, region, resource: s3BucketName, message };
    return new Unknown([world.note({ ...gap, reason: 'not-collected' })]);
  }
  return fromTri(refusedPath(bucket, it, membersOf(world), bucketSetting(bucket, world)), (path) => path);
}

/** Logs of an organization trail lie below the id of the organization, which an account alone does not tell. */
function unknownPlaces({ arn, accountId }: Trail, world: World): Unknown {
  const message = `The organization was not read: where organization trail ${arn} writes is not known.`;
  const asked = { call: 'organizations:DescribeOrganization', accountId, region: 'global', resource: arn };
  return new Unknown([world.note({ ...asked, reason: neverRecorded(world.inventory), message })]);
}

function evidenceOfWriting(trail: Trail, { lookup, inventory }: World): readonly (readonly string[])[] {
  const { description } = trail;
  const bucket =
    description.state === 'known' ? lookup.bucket(bucketArn(description.value.s3BucketName, trail.arn)) : undefined;
  return [
    evidenceOf(trail, ['cloudtrail:DescribeTrails']),
    bucket === undefined ? [] : evidenceOf(bucket, ['s3:GetBucketPolicy']),
    inventory.organization === null ? [] : evidenceOf(inventory.organization, controlPolicyCalls),
  ];
}

function keyOf({ description, arn, accountId, homeRegion: region }: Trail, { lookup }: World): Key | undefined {
  const name = description.state === 'known' ? description.value.kmsKeyId : undefined;
  return name === undefined ? undefined : lookup.key(keyArn(name, { arn, accountId, region }));
}

/** A trail without a key needs none. */
function mayUseKey(trail: Trail, world: World): Value {
  const { description, arn, accountId, homeRegion: region } = trail;
  if (description.state !== 'known') return required(description, ABSENT, () => ABSENT);
  const { kmsKeyId } = description.value;
  if (kmsKeyId === undefined) return true;
  const key = keyOf(trail, world);
  if (key !== undefined) return fromTri(canUseKey(key, arn, documentSetting(key, world)), (it) => it);
  const message = `The inventory has nothing on key ${kmsKeyId}, which trail ${arn} names.`;
  const gap = { call: 'kms:GetKeyPolicy', accountId, region, resource: kmsKeyId, message };
  return new Unknown([world.note({ ...gap, reason: 'not-collected' })]);
}

function evidenceOfKeyUse(trail: Trail, world: World): readonly (readonly string[])[] {
  const key = keyOf(trail, world);
  const { organization } = world.inventory;
  return [
    evidenceOf(trail, ['cloudtrail:DescribeTrails']),
    key === undefined ? [] : evidenceOf(key, ['kms:GetKeyPolicy']),
    organization === null ? [] : evidenceOf(organization, controlPolicyCalls),
  ];
}

/** Whether the documents of its bucket and key let CloudTrail write a trail's files. */
export const writing: Readonly<Record<string, Field<Trail>>> = {
  refusedPath: derived(evidenceOfWriting, whatIsRefused),
  canWriteBucket: derived(evidenceOfWriting, (trail, world) => {
    const refused = whatIsRefused(trail, world);
    return refused instanceof Unknown ? refused : refused === ABSENT;
  }),
  canUseKey: derived(evidenceOfKeyUse, mayUseKey),
};
