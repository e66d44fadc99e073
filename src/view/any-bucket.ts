import { ABSENT, type Value } from '../expression/index.js';
import { publicAccess, requiresTls } from '../facts/index.js';
import type { Bucket, BucketOwner } from '../model/inventory.js';
import { accessPointNotes, blockOf, evidenceOfAccess, grantOf, owned } from './bucket-access.js';
import { controlPolicyCalls } from './controls.js';
import { fromOpenList, fromTri, required } from './convert.js';
import { bucketSetting } from './documents.js';
import { derived, evidenceOf, observed } from './fields.js';
import type { Field } from './object.js';

/** A field that the owner of a bucket tells; absent: there is no such bucket. */
export function ownerOfBucket(show: (it: BucketOwner) => Value): Field<Bucket> {
  return observed(owned, (bucket) => required(bucket.owner, ABSENT, show));
}

/** Who gets at a bucket, and how: asked of those of trails and of those of other logs alike. */
export const accessOfAnyBucket: Readonly<Record<'isPublic' | 'publicAccess' | 'requiresTls', Field<Bucket>>> = {
  isPublic: derived(evidenceOfAccess, (bucket, world) =>
    fromTri(publicAccess(bucket, blockOf(bucket, world), accessPointNotes(bucket, world)).isPublic, (it) => it),
  ),
  publicAccess: derived(evidenceOfAccess, (bucket, world, self) =>
    fromOpenList(publicAccess(bucket, blockOf(bucket, world), accessPointNotes(bucket, world)).grants, (it) =>
      grantOf(it, self),
    ),
  ),
  requiresTls: derived(
    (bucket, { inventory: { organization } }) => [
      evidenceOf(bucket, ['s3:GetBucketPolicy']),
      organization === null ? [] : evidenceOf(organization, controlPolicyCalls),
    ],
    (bucket, world) => fromTri(requiresTls(bucket, bucketSetting(bucket, world)), (it) => it),
  ),
};
