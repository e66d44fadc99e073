import { UsageError } from '../model/errors.js';
import type { Inventory } from '../model/inventory.js';
import { shardName } from '../model/shard.js';

/**
 * Refuses an inventory that holds a part of a run only: judged by itself it would look like an organization in which
 * all other accounts are in order.
 *
 * @throws UsageError
 */
export function refuseShard({ shard }: Inventory): void {
  if (shard === undefined) return;
  throw new UsageError(
    `This inventory is ${shardName(shard)}: it is only a part of the organization.`,
    'Join it with the others first: trailproof merge FILE…',
  );
}
