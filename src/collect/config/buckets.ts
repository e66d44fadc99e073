import { everyFacet, type BucketFacets } from '../resources/bucket-facets.js';
import type { Account, Bucket, Trail } from '../../model/inventory.js';
import { absent, known, type Unknown } from '../../model/known.js';
import { toldOf } from '../../model/told.js';
import { recordedFacets, type RecordedFacet, type ConfigItem, normalizeBlock } from '../../normalize/index.js';
import { replicasOf, withReplicaRegions } from '../resources/replica-regions.js';
import { evidenceOfItem, noRecord, readOr, type Reading } from './reading.js';
import { byText } from '../../text/order.js';

/** The call of live AWS that each facet comes from: the View asks for the evidence by it. */
const calls: { readonly [F in RecordedFacet]: string } = {
  policy: 's3:GetBucketPolicy',
  acl: 's3:GetBucketAcl',
  publicAccessBlock: 's3:GetPublicAccessBlock',
  versioning: 's3:GetBucketVersioning',
  objectLock: 's3:GetObjectLockConfiguration',
  encryption: 's3:GetBucketEncryption',
  lifecycleRules: 's3:GetBucketLifecycleConfiguration',
  accessLogging: 's3:GetBucketLogging',
  replication: 's3:GetBucketReplication',
  notificationDestinations: 's3:GetBucketNotificationConfiguration',
  requesterPays: 's3:GetBucketRequestPayment',
  tags: 's3:GetBucketTagging',
};

/** An item is the evidence of all that these calls tell. */
const evidenceCalls: readonly string[] = ['s3:HeadBucket', ...Object.values(calls)];

/** The buckets that trails name, each from its newest item. */
export async function readRecordedBuckets(reading: Reading, trails: readonly Trail[]): Promise<Bucket[]> {
  const names = trails.map(toldOf).flatMap((it) => (it.state === 'known' ? it.value.s3BucketName : []));
  const wanted = [...new Set(names)].toSorted();
  if (wanted.length === 0) return [];
  const buckets = (await newestOf(reading, wanted)).map((it) => bucketOf(reading, it));
  const named = [...new Set(buckets.flatMap(replicasOf))].toSorted();
  if (named.length === 0) return buckets;
  const found = await newestOf(reading, named);
  const owners = new Map(found.map((it) => [it.name, placeOfReplica(reading, it)]));
  return await withReplicaRegions(buckets, (name) => owners.get(name));
}

/** A bucket, and its newest item, if there is one. */
interface Newest {
  readonly name: string;
  readonly item: ConfigItem | undefined;
  /** Why there may be one that was not read. */
  readonly gap: Unknown | undefined;
}

async function newestOf({ source }: Reading, names: readonly string[]): Promise<Newest[]> {
  const { items, ended = [], gap } = await source.items('AWS::S3::Bucket', { ids: names });
  const newest = new Map<string, ConfigItem>();
  for (const item of [...items, ...ended]) {
    const other = newest.get(item.resourceId);
    if (other === undefined || other.capturedAt < item.capturedAt) newest.set(item.resourceId, item);
  }
  return names.map((name) => ({ name, item: newest.get(name), gap }));
}

function unrecorded(reading: Reading, { name, gap }: Newest): Unknown {
  const place = { call: 's3:HeadBucket', accountId: 'unknown', region: 'global', resource: name };
  const message =
    `AWS Config has no item of bucket ${name}: no recorder whose items were read records its account and Region, ` +
    'or there is no such bucket.';
  return gap ?? noRecord(reading, place, message);
}

/** Where a bucket lives that another is replicated to. */
function placeOfReplica(reading: Reading, it: Newest): Bucket['owner'] {
  if (it.item === undefined) return unrecorded(reading, it);
  const { accountId, region, isGone, capturedAt } = it.item;
  if (!isGone) return known({ accountId, region });
  const place = { call: 's3:HeadBucket', accountId, region, resource: it.name };
  const message =
    `AWS Config recorded at ${capturedAt} that bucket ${it.name}, which logs are replicated to, was deleted, or is recorded ` +
    'no longer: whether it is there is not known.';
  return noRecord(reading, place, message);
}

function bucketOf(reading: Reading, it: Newest): Bucket {
  const { name, item } = it;
  const bucket = { name, arn: `arn:${reading.partition}:s3:::${name}` };
  if (item === undefined) {
    const owner = unrecorded(reading, it);
    return { ...bucket, owner, ...everyFacet(owner), evidence: {} };
  }
  const evidence = evidenceOfAll(reading, item);
  const stale = reading.recording.staleness(item);
  if (item.isGone) {
    const owner = stale ?? endOfBucket(reading, item);
    return { ...bucket, owner, ...everyFacet(owner), evidence };
  }
  const owner = known({ accountId: item.accountId, region: item.region });
  const facets = stale === undefined ? facetsOf(reading, item) : everyFacet(stale);
  return { ...bucket, owner, ...facets, evidence };
}

function evidenceOfAll(reading: Reading, item: ConfigItem): Bucket['evidence'] {
  const id = evidenceOfItem(reading, item);
  return Object.fromEntries(evidenceCalls.map((call) => [call, id]));
}

/**
 * A bucket that a trail names and that was deleted. It is not said to be absent: anyone may have created a bucket of that
 * name since, and would receive the logs.
 */
function endOfBucket(
  { ledger, at }: Reading,
  { accountId, region, resourceId, capturedAt, isLeft }: ConfigItem,
): Unknown {
  const place = { call: 's3:HeadBucket', accountId, region, resource: resourceId };
  const message = isLeft
    ? `AWS Config records bucket ${resourceId} no longer since ${capturedAt}: whether it is there is not known.`
    : `Bucket ${resourceId} of account ${accountId} was deleted, as AWS Config recorded at ${capturedAt}: what a trail ` +
      'delivers there is lost, or goes to whoever created a bucket of that name since. Create it again, or name another.';
  return ledger.addGap(place, { reason: isLeft ? 'not-recorded-by-config' : 'error', message }, at);
}

function facetsOf(reading: Reading, item: ConfigItem): BucketFacets {
  const { accountId, region, resourceId, supplementary } = item;
  const read = <F extends RecordedFacet>(facet: F): NonNullable<Bucket[F]> | Unknown =>
    readOr(reading, { call: calls[facet], accountId, region, resource: resourceId }, () =>
      recordedFacets[facet](supplementary),
    );
  const policy = read('policy');
  return {
    policy,
    policyStatus: policy.state === 'absent' ? absent : reading.notRecorded.gap('s3:GetBucketPolicyStatus'),
    acl: read('acl'),
    objectOwnership: reading.notRecorded.gap('s3:GetBucketOwnershipControls'),
    publicAccessBlock: read('publicAccessBlock'),
    versioning: read('versioning'),
    objectLock: read('objectLock'),
    encryption: read('encryption'),
    lifecycleRules: read('lifecycleRules'),
    accessLogging: read('accessLogging'),
    replication: read('replication'),
    notificationDestinations: read('notificationDestinations'),
    requesterPays: read('requesterPays'),
    tags: read('tags'),
  };
}

export interface RecordedBlock {
  readonly it: Account['publicAccessBlock'];
  readonly evidence: Readonly<Record<string, string>>;
}

/** Block Public Access of each account that owns one of the buckets. */
export async function readRecordedBlocks(
  reading: Reading,
  buckets: readonly Bucket[],
): Promise<ReadonlyMap<string, RecordedBlock>> {
  const owners = buckets.flatMap(({ owner }) => (owner.state === 'known' ? owner.value.accountId : []));
  const accounts = [...new Set(owners)].toSorted();
  if (accounts.length === 0) return new Map();
  const { items, ended = [], gap } = await reading.source.items('AWS::S3::AccountPublicAccessBlock', { accounts });
  const all = [...items, ...ended];
  return new Map(accounts.map((accountId) => [accountId, blockOf(reading, accountId, all, gap)]));
}

function blockOf(
  reading: Reading,
  accountId: string,
  items: readonly ConfigItem[],
  gap: Unknown | undefined,
): RecordedBlock {
  const place = { call: 's3control:GetPublicAccessBlock', accountId, region: 'global' };
  const mine = items.filter((it) => it.accountId === accountId && reading.recording.staleness(it) === undefined);
  const [item] = mine.toSorted((a, b) => byText(b.capturedAt, a.capturedAt));
  if (item === undefined || item.isGone) {
    const message = `AWS Config has no item of the Block Public Access of account ${accountId} that is up to date.`;
    return { it: gap ?? noRecord(reading, place, message), evidence: {} };
  }
  const it = readOr(reading, place, () => known(normalizeBlock(item.configuration)));
  return { it, evidence: { 's3control:GetPublicAccessBlock': evidenceOfItem(reading, item) } };
}
