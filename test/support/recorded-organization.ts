import { normalizeTrail } from '../../src/normalize/trail.js';
import { itemsOf } from './config-items.js';
import { aLargeOrganization } from './fake-aws/world/large-organization.js';
import { managementAccountId } from './fake-aws/world/build-accounts.js';
import type { World } from './fake-aws/world/world.js';
import { aBucket, aKey, anAccount, anInventory, aTrail, known } from './inventory-builders.js';

/** An organization of so many members as an aggregator has it: their recorders, and what the trails deliver to. */
export function aRecordedOrganization(members: number): World {
  const world = aLargeOrganization(members);
  const inventory = anInventory({
    accounts: world.accounts.map(({ id }) => anAccount({ id })),
    trails: world.trails.map(({ name, accountId, homeRegion, description }) =>
      aTrail({ name, accountId, homeRegion, description: known(normalizeTrail(description)) }),
    ),
    buckets: world.buckets.map(({ name, accountId, region }) =>
      aBucket({ name, arn: `arn:aws:s3:::${name}`, owner: known({ accountId, region }) }),
    ),
    keys: world.keys.map(({ arn }) => aKey({ arn })),
  });
  const aggregator = { accountId: managementAccountId, region: 'us-east-1', name: 'organization', accounts: null };
  return { ...world, config: { aggregators: [aggregator], recorders: [], items: itemsOf(inventory) } };
}
