import type { Bucket, Gap, Inventory } from '../model/inventory.js';
import { doubt, sure } from './three-valued.js';
import type { Tri } from './values.js';

/**
 * Whether a bucket belongs to no account of the organization. S3 never says whose a bucket is: one that it refuses exists,
 * and is another's. When all accounts of the organization could be read and S3 refused it to each of them, which a run
 * says with the reason of the gap, it is a stranger's; while an account could not be read, or may not list its buckets, or
 * is closed and keeps its buckets until AWS deletes them, that stays open. So does that of an organization trail's bucket
 * unless it is in no account's list: a log archive may deny it to the role by a bucket policy.
 * Without an organization nothing that could be entered is outside of it.
 *
 * @param gapOf a gap of the inventory by its id
 */
export function isOutsideOrganization(
  bucket: Bucket,
  { organization, accounts, trails, gaps }: Inventory,
  gapOf: (id: string) => Gap | undefined,
): Tri<boolean> {
  const { owner, name } = bucket;
  if (owner.state === 'absent') return sure(false);
  // An account that is read by itself may be in an organization or in none: what it cannot ask of may be a stranger's.
  if (organization === null) return owner.state === 'unknown' ? doubt([owner.gap]) : sure(false);
  if (owner.state === 'known') {
    if (accounts.some((it) => it.id === owner.value.accountId)) return sure(false);
    const { accountsGap } = organization;
    return accountsGap === undefined ? sure(true) : doubt([accountsGap]);
  }
  // Whoever may not list its buckets may own this one.
  const unlisted = gaps.find((it) => it.call === 's3:ListBuckets');
  if (unlisted !== undefined) return doubt([owner.gap, unlisted.id]);
  const gap = gapOf(owner.gap);
  const wasRefused = gap?.call === 's3:HeadBucket' && gap.reason === 'access-denied';
  const isWhole =
    organization.accountsGap === undefined &&
    accounts.every((it) => it.state === 'ACTIVE' && it.outOfScope === undefined && it.ownTrails.state === 'known');
  const users = trails.filter(
    ({ description }) => description.state === 'known' && description.value.s3BucketName === name,
  );
  const isOrganizations = users.some(
    ({ description }) => description.state === 'known' && description.value.isOrganizationTrail,
  );
  const isInNoList = bucket.evidence['s3:ListBuckets'] !== undefined;
  return wasRefused && isWhole && users.length > 0 && (isInNoList || !isOrganizations)
    ? sure(true)
    : doubt([owner.gap]);
}
