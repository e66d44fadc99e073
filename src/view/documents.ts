import {
  type BucketSetting,
  type Controls,
  doubt,
  type DocumentSetting,
  type LogTrail,
  type Members,
  noControls,
} from '../facts/index.js';
import type { Bucket, Trail } from '../model/inventory.js';
import { nowhere } from '../model/naming.js';
import type { World } from './world.js';

/** Resource control policies above an account: none bind the resources of the management account. */
export function resourceControlsOf(accountId: string, world: World): Controls {
  const { organization } = world.inventory;
  if (organization === null || accountId === organization.managementAccountId) return noControls;
  const { policyTypes } = organization;
  if (policyTypes.state === 'unknown') return { ...noControls, open: doubt([policyTypes.gap]) };
  if (policyTypes.state === 'absent' || !policyTypes.value.includes('RESOURCE_CONTROL_POLICY')) return noControls;
  const message = `The resource control policies above account ${accountId} were not read.`;
  const gap = world.note({
    call: 'organizations:ListPolicies',
    accountId,
    region: 'global',
    reason: 'not-collected',
    message,
  });
  return { ...noControls, open: doubt([gap]) };
}

/** A trail as far as it decides where its files lie; undefined where it could not be described. */
export function logTrailOf({ arn, accountId, description }: Trail): LogTrail | undefined {
  if (description.state !== 'known') return undefined;
  const { s3KeyPrefix, isOrganizationTrail } = description.value;
  return { arn, accountId, s3KeyPrefix, isOrganizationTrail };
}

/** What the documents of a resource are judged in. */
export function documentSetting(
  resource: { readonly arn: string; readonly accountId: string; readonly region: string },
  world: World,
): DocumentSetting {
  const { inventory } = world;
  const { organization, partition } = inventory;
  const { arn, accountId, region } = resource;
  return {
    partition,
    organizationId: organization?.id,
    accountIds: inventory.accounts.map(({ id }) => id),
    ...(organization?.accountsGap === undefined ? {} : { accountsOpen: doubt([organization.accountsGap]) }),
    resourceControls: resourceControlsOf(accountId, world),
    note: (gap, about) => world.gaps.add({ ...gap, accountId, region, resource: arn, at: inventory.capturedAt }, about),
  };
}

/** The same for a log bucket, with the trails that deliver to it. */
export function bucketSetting(bucket: Bucket, world: World): BucketSetting {
  const { lookup } = world;
  const owner = bucket.owner.state === 'known' ? bucket.owner.value : nowhere;
  const undescribed = lookup.undescribed.flatMap(({ description }) =>
    description.state === 'unknown' ? [description.gap] : [],
  );
  return {
    ...documentSetting({ arn: bucket.arn, ...owner }, world),
    trails: lookup.trailsNaming('log-bucket', bucket).flatMap((trail) => logTrailOf(trail) ?? []),
    ...(undescribed.length === 0 ? {} : { trailsOpen: doubt(undescribed) }),
  };
}

/** The active accounts whose events an organization trail delivers. */
export function membersOf({ inventory: { organization, accounts } }: World): Members {
  return {
    accountIds: accounts.flatMap(({ id, state }) => (state === 'ACTIVE' ? [id] : [])),
    ...(organization?.accountsGap === undefined ? {} : { open: doubt([organization.accountsGap]) }),
  };
}
