import type { Inventory } from '../../src/model/inventory.js';
import { collectFrom, type CollectFromOptions } from '../support/collect-from.js';
import type { World } from '../support/fake-aws/index.js';

/** The inventories of all shards of a world, and that of one whole run. */
export async function readShards(
  world: World,
  count: number,
  options: CollectFromOptions = {},
): Promise<{ readonly whole: Inventory; readonly shards: readonly Inventory[] }> {
  const { inventory: whole } = await collectFrom(world, options);
  const shards: Inventory[] = [];
  for (let index = 1; index <= count; index += 1) {
    const { inventory } = await collectFrom(world, { ...options, part: { shard: { index, count } } });
    shards.push(inventory);
  }
  return { whole, shards };
}

/** An inventory without what two runs never share: times, request ids, counts of calls. */
export function timeless(inventory: Inventory): unknown {
  const { apiCalls: _calls, capturedAt: _at, evidence, gaps, ...rest } = inventory;
  return {
    ...rest,
    evidence: evidence.map(({ at: _time, requestId: _id, ...it }) => it),
    gaps: gaps.map(({ at: _time, ...it }) => it),
  };
}
