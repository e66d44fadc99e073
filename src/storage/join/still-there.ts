import type { Inventory } from '../../model/inventory.js';

type Things = Pick<Inventory, 'accounts' | 'trails' | 'eventDataStores' | 'buckets' | 'keys' | 'logGroups'>;

/**
 * What the accounts still own and the trails still name. Parts that were read at different times may hold a trail
 * that its account has deleted since, and the bucket, key and log group of that trail.
 */
export function stillThere<T extends Things>(inventory: T): T {
  const owners = new Map(inventory.accounts.map((account) => [account.id, account]));
  const trails = inventory.trails.filter(({ arn, accountId }) => {
    const own = owners.get(accountId)?.ownTrails;
    return own?.state !== 'known' || own.value.includes(arn);
  });
  const eventDataStores = inventory.eventDataStores.filter(({ arn, accountId }) => {
    const own = owners.get(accountId)?.eventDataStores;
    return own?.state !== 'known' || own.value.includes(arn);
  });
  const described = trails.flatMap(({ description: it }) => (it.state === 'known' ? [it.value] : []));
  const bucketNames = new Set(described.map((it) => it.s3BucketName));
  const groupArns = new Set(described.map((it) => it.cloudWatchLogsLogGroupArn));
  const buckets = inventory.buckets.filter(({ name }) => bucketNames.has(name));
  const logGroups = inventory.logGroups.filter(({ arn }) => groupArns.has(arn));
  const keyNames = new Set([
    ...described.map((it) => it.kmsKeyId),
    ...[...eventDataStores, ...logGroups].map(({ details: it }) =>
      it.state === 'known' ? it.value.kmsKeyId : undefined,
    ),
    ...buckets.map(({ encryption: it }) => (it.state === 'known' ? it.value.kmsMasterKeyId : undefined)),
  ]);
  const keys = inventory.keys.filter(({ names }) => names.some((name) => keyNames.has(name)));
  return { ...inventory, trails, eventDataStores, buckets, keys, logGroups };
}
