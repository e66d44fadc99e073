import type { Inventory, Organization, Trail } from '../model/inventory.js';
import { allHold, fromKnown, someHold, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** Names that landing zones give to their organization trail, and to no other. */
const ofLandingZones = new Set([
  'aws-controltower-BaselineCloudTrail',
  'AWSAccelerator-Organizations-CloudTrail',
  'aws-aft-CustomizationsCloudTrail',
]);

/**
 * Whether a trail was an organization trail, and is one of the management account alone now, so that accounts which it
 * recorded are recorded by nothing. CloudTrail keeps no record of that: it shows in what was made for an organization
 * trail, the key prefix and name of landing zones and the permission to write below `AWSLogs/ORGANIZATION-ID/`. Before
 * landing zone 3.0 Control Tower gave each account a trail of that name and prefix, which therefore says nothing where
 * others own one.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/services-that-can-integrate-cloudtrail.html
 *
 * @param isUnrecorded of each account in scope: whether nothing records its management events that write
 */
export function isSevered(
  trail: Trail,
  inventory: Inventory,
  isUnrecorded: () => readonly Tri<boolean>[],
): Tri<boolean> {
  const { organization } = inventory;
  if (organization === null || trail.accountId !== organization.managementAccountId) return sure(false);
  const isAlone = fromKnown(trail.description, false, (it) => !it.isOrganizationTrail);
  if (isAlone.state === 'known' && !isAlone.value) return isAlone;
  const isMarked = allHold([isAlone, bearsMarks(trail, organization, inventory)]);
  return isMarked.state === 'known' && !isMarked.value ? isMarked : allHold([isMarked, someHold(isUnrecorded())]);
}

function bearsMarks(trail: Trail, { id }: Organization, { trails, buckets }: Inventory): Tri<boolean> {
  const { description, name } = trail;
  if (description.state !== 'known') return fromKnown(description, false, () => false);
  const { s3BucketName, s3KeyPrefix } = description.value;
  const namesakes = trails.some((it) => it.name === name && it.accountId !== trail.accountId);
  if (!namesakes && (s3KeyPrefix === id || ofLandingZones.has(name))) return sure(true);
  const bucket = buckets.find((it) => it.name === s3BucketName);
  return bucket === undefined
    ? sure(false)
    : fromKnown(bucket.policy, false, (text) => text.includes(`/AWSLogs/${id}/`));
}
