import { createHash } from 'node:crypto';
import { shardName, type ShardNumber } from '../../model/shard.js';

/** Which accounts of the scope a run reads. What belongs to the organization is read in any case. */
export interface PartOptions {
  readonly shard?: ShardNumber | undefined;
  /** Accounts that an earlier inventory holds whole. */
  readonly alreadyRead?: ReadonlySet<string> | undefined;
}

/** Where accounts are called that an earlier inventory holds. */
export const earlierInventory = 'the inventory that is resumed';

/** Says of each account where it is read; undefined: here. */
export function elsewhereOf(part: PartOptions | undefined): (accountId: string) => string | undefined {
  const { shard, alreadyRead } = part ?? {};
  return (accountId) => {
    if (shard !== undefined) {
      const index = shardOf(accountId, shard.count);
      if (index !== shard.index) return shardName({ index, count: shard.count });
    }
    return alreadyRead?.has(accountId) === true ? earlierInventory : undefined;
  };
}

/**
 * The shard, from 1 to `count`, that an account belongs to. It follows from the id alone: accounts that come or go
 * move no other, and every shard finds the same without being told.
 */
export function shardOf(accountId: string, count: number): number {
  return (createHash('sha256').update(accountId).digest().readUInt32BE(0) % count) + 1;
}
