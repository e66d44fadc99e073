import { type BucketSetting, doubt, type DocumentSetting, type LogTrail, type Members } from '../facts/index.js';
import type { Account, Bucket, Inventory, Trail } from '../model/inventory.js';
import { nowhere } from '../model/naming.js';
import { byText } from '../text/order.js';
import { resourceControlsOf } from './controls.js';
import type { World } from './world.js';

/** A trail as far as it decides where its files lie; undefined where it could not be described. */
export function logTrailOf({ arn, accountId, description }: Trail): LogTrail | undefined {
  if (description.state !== 'known') return undefined;
  const { s3KeyPrefix, isOrganizationTrail } = description.value;
  return { arn, accountId, s3KeyPrefix, isOrganizationTrail };
}

interface AccountIds {
  readonly all: readonly string[];
  readonly active: readonly string[];
}

/** Of each inventory once: thousands of documents are judged among the same accounts. */
const accountIds = new WeakMap<Inventory, AccountIds>();

/** The ids of an inventory's accounts, and of those that are active. */
export function accountIdsIn(inventory: Inventory): AccountIds {
  const before = accountIds.get(inventory);
  if (before !== undefined) return before;
  const { accounts } = inventory;
  const idsOf = (all: readonly Account[]): string[] => all.map(({ id }) => id).toSorted(byText);
  const ids = { all: idsOf(accounts), active: idsOf(accounts.filter(({ state }) => state === 'ACTIVE')) };
  accountIds.set(inventory, ids);
  return ids;
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
    accountIds: accountIdsIn(inventory).all,
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
export function membersOf({ inventory }: World): Members {
  const { organization } = inventory;
  return {
    accountIds: accountIdsIn(inventory).active,
    ...(organization?.accountsGap === undefined ? {} : { open: doubt([organization.accountsGap]) }),
  };
}
