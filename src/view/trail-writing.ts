import { ABSENT, Unknown, type Value } from '../expression/index.js';
import { refusedPath } from '../facts/index.js';
import type { Trail } from '../model/inventory.js';
import { bucketArn } from '../model/naming.js';
import { fromTri, required } from './convert.js';
import { documentSetting, logTrailOf, membersOf } from './documents.js';
import { derived, evidenceOf } from './fields.js';
import type { Field } from './object.js';
import type { World } from './world.js';

/** A path of its bucket that CloudTrail may not write. */
function whatIsRefused(trail: Trail, world: World): Value {
  const { description } = trail;
  const it = logTrailOf(trail);
  if (description.state !== 'known' || it === undefined) return required(description, ABSENT, () => ABSENT);
  const { s3BucketName } = description.value;
  const bucket = world.lookup.bucket(bucketArn(s3BucketName, trail.arn));
  if (bucket === undefined) {
    const { accountId, homeRegion: region } = trail;
    const message = `The inventory has nothing on bucket ${s3BucketName}, which trail ${trail.arn} names.`;
    const gap = { call: 's3:GetBucketPolicy', accountId, region, resource: s3BucketName, message };
    return new Unknown([world.note({ ...gap, reason: 'not-collected' })]);
  }
  return fromTri(refusedPath(bucket, it, membersOf(world), documentSetting(bucket, world)), (path) => path);
}

function evidenceOfWriting(trail: Trail, { lookup, inventory }: World): readonly (readonly string[])[] {
  const { description } = trail;
  const bucket =
    description.state === 'known' ? lookup.bucket(bucketArn(description.value.s3BucketName, trail.arn)) : undefined;
  return [
    evidenceOf(trail, ['cloudtrail:DescribeTrails']),
    bucket === undefined ? [] : evidenceOf(bucket, ['s3:GetBucketPolicy']),
    inventory.organization === null ? [] : evidenceOf(inventory.organization, ['organizations:ListRoots']),
  ];
}

/** Whether the documents of its bucket let CloudTrail write a trail's files, and which they do not. */
export const writing: Readonly<Record<string, Field<Trail>>> = {
  refusedPath: derived(evidenceOfWriting, whatIsRefused),
  canWriteBucket: derived(evidenceOfWriting, (trail, world) => {
    const refused = whatIsRefused(trail, world);
    return refused instanceof Unknown ? refused : refused === ABSENT;
  }),
};
