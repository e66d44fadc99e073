/** One of several parts that a run is split into: `index` counts from 1 to `count`. */
export interface ShardNumber {
  readonly index: number;
  readonly count: number;
}

/** `shard 2 of 4` */
export function shardName({ index, count }: ShardNumber): string {
  return `shard ${index} of ${count}`;
}
