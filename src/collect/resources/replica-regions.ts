import type { Bucket, BucketOwner, ReplicationRule } from '../../model/inventory.js';
import { parseArn } from '../../model/identifiers.js';
import { known, type Known } from '../../model/known.js';

/** Tells where a bucket lives, asked first of the account that is said to own it; undefined where nobody was asked. */
type Finder = (name: string, by: BucketOwner) => Promise<Bucket['owner'] | undefined> | Bucket['owner'] | undefined;

/** The names of the buckets that enabled rules of this one replicate to. */
export function replicasOf({ replication }: Bucket): string[] {
  if (replication.state !== 'known') return [];
  return replication.value.filter((it) => it.isEnabled).map(replicaOf);
}

function replicaOf({ destinationBucketArn: arn }: ReplicationRule): string {
  return parseArn(arn)?.resource ?? arn;
}

/**
 * The buckets with the Region of each bucket that an enabled rule replicates to: a rule names a bucket, and no Region. It
 * is asked of the account that the rule names, else of the one that owns the log bucket.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Destination.html
 */
export async function withReplicaRegions(buckets: readonly Bucket[], findOwner: Finder): Promise<Bucket[]> {
  return await Promise.all(buckets.map(async (bucket) => await withRegions(bucket, findOwner)));
}

async function withRegions(bucket: Bucket, findOwner: Finder): Promise<Bucket> {
  const { owner, replication } = bucket;
  if (owner.state !== 'known' || replication.state !== 'known') return bucket;
  const rules: ReplicationRule[] = [];
  for (const rule of replication.value) {
    const region = rule.isEnabled ? await regionOf(rule, owner.value, findOwner) : undefined;
    rules.push(region === undefined ? rule : { ...rule, destinationRegion: region });
  }
  return { ...bucket, replication: known(rules) };
}

async function regionOf(
  rule: ReplicationRule,
  { accountId, region }: BucketOwner,
  findOwner: Finder,
): Promise<Known<string> | undefined> {
  const owner = await findOwner(replicaOf(rule), { accountId: rule.destinationAccountId ?? accountId, region });
  return owner?.state === 'known' ? known(owner.value.region) : owner;
}
