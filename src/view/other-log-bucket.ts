import type { Value } from '../expression/index.js';
import { isOutsideOrganization, otherLogRetention, type OtherLogRetention } from '../facts/index.js';
import type { Bucket } from '../model/inventory.js';
import { accessOfAnyBucket, ownerOfBucket } from './any-bucket.js';
import { owned, noteOnBucket } from './bucket-access.js';
import { fromTri, orAbsent, required } from './convert.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';

/** What names such a bucket has the evidence of that. */
const named = (show: (it: Bucket) => Value): Field<Bucket> => observed(owned, show);

const lifecycleCall = 's3:GetBucketLifecycleConfiguration';

const retention = (show: (it: OtherLogRetention) => Value | undefined): Field<Bucket> =>
  derived(
    (bucket) => [evidenceOf(bucket, [lifecycleCall])],
    (bucket) => fromTri(otherLogRetention(bucket), (it) => orAbsent(show(it))),
  );

/** A bucket that flow logs, distributions or load balancers write to: not one of trails, whatever else is in it. */
export const otherLogBucketShape: Shape<Bucket> = {
  type: 'OtherLogBucket',
  label: (bucket) => bucket.name,
  cause: (bucket, field) => ({ targetType: 'other-log-bucket', id: bucket.arn, field }),
  fields: fields<Bucket>({
    arn: named((bucket) => bucket.arn),
    name: named((bucket) => bucket.name),
    accountId: ownerOfBucket((it) => it.accountId),
    region: ownerOfBucket((it) => it.region),
    isOutsideOrganization: derived(
      (bucket) => [evidenceOf(bucket, owned)],
      (bucket, { inventory }) =>
        fromTri(
          isOutsideOrganization(bucket, inventory, (id) => inventory.gaps.find((it) => it.id === id)),
          (it) => it,
        ),
    ),
    ...accessOfAnyBucket,
    versioning: observed(['s3:GetBucketVersioning'], (bucket) =>
      required(bucket.versioning, 'Unversioned', (it) => it.status),
    ),
    retentionDays: retention(({ whole }) => whole),
    leastRetentionDays: retention(({ any }) => any),
    someRulesMayMeetLogs: derived(
      (bucket) => [evidenceOf(bucket, [lifecycleCall])],
      (bucket, world) => {
        const it = otherLogRetention(bucket);
        if (it.state === 'unknown' || !it.value.hasPartial) return fromTri(it, () => false);
        const message = `Lifecycle rules remove a part of what is in bucket ${bucket.name}, by prefix or size. Where the logs lie in it is not read.`;
        return fromTri({ state: 'unknown', gaps: [noteOnBucket(bucket, lifecycleCall, message, world)] }, () => false);
      },
    ),
  }),
};
