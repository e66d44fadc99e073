import { parseArn } from '../model/identifiers.js';
import type { Account, Bucket, EventDataStore, Inventory, Key, LogGroup, Trail } from '../model/inventory.js';
import { byArn, byId } from '../text/order.js';

/** What of an inventory the View shows, found by what names it. All lists are sorted. */
export interface Lookup {
  /** In the scope of the run, by id. */
  readonly accounts: readonly Account[];
  account(id: string): Account | undefined;
  /** All but those that were listed and are gone. */
  readonly trails: readonly Trail[];
  trail(arn: string): Trail | undefined;
  trailsOf(accountId: string): readonly Trail[];
  /** Trails whose description could not be read: what they name is not known. */
  readonly undescribed: readonly Trail[];
  trailsOfBucket(name: string): readonly Trail[];
  trailsOfLogGroup(arn: string): readonly Trail[];
  trailsOfKey(key: Key): readonly Trail[];
  readonly stores: readonly EventDataStore[];
  storesOf(accountId: string): readonly EventDataStore[];
  /** Buckets that exist, as far as is known. */
  readonly buckets: readonly Bucket[];
  bucket(name: string): Bucket | undefined;
  bucketsOf(accountId: string): readonly Bucket[];
  readonly keys: readonly Key[];
  /** The key that something in an account and Region names by ARN, id or alias. */
  key(name: KeyName): Key | undefined;
  readonly logGroups: readonly LogGroup[];
  logGroup(arn: string): LogGroup | undefined;
}

export interface KeyName {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
}

export function lookupIn(inventory: Inventory): Lookup {
  const trails = inventory.trails.filter((trail) => trail.description.state !== 'absent').toSorted(byArn);
  const stores = inventory.eventDataStores.filter((store) => store.details.state !== 'absent').toSorted(byArn);
  const buckets = inventory.buckets.filter((bucket) => bucket.owner.state !== 'absent').toSorted(byArn);
  const described = (member: 's3BucketName' | 'cloudWatchLogsLogGroupArn' | 'kmsKeyId') =>
    groupBy(trails, ({ description: it }) => (it.state === 'known' ? it.value[member] : undefined));
  const accountById = new Map(inventory.accounts.map((account) => [account.id, account]));
  const trailByArn = new Map(trails.map((trail) => [trail.arn, trail]));
  const bucketByName = new Map(inventory.buckets.map((bucket) => [bucket.name, bucket]));
  const logGroupByArn = new Map(inventory.logGroups.map((group) => [group.arn, group]));
  const keyByName = new Map(inventory.keys.flatMap((key) => namesOf(key).map((name) => [name, key])));
  const byOwner = groupBy(trails, (trail) => trail.accountId);
  const byBucket = described('s3BucketName');
  const byLogGroup = described('cloudWatchLogsLogGroupArn');
  const byKey = described('kmsKeyId');
  const storesByOwner = groupBy(stores, (store) => store.accountId);
  const bucketsByOwner = groupBy(buckets, ({ owner }) => (owner.state === 'known' ? owner.value.accountId : undefined));
  return {
    accounts: inventory.accounts.filter((account) => account.outOfScope === undefined).toSorted(byId),
    account: (id) => accountById.get(id),
    trails,
    trail: (arn) => trailByArn.get(arn),
    trailsOf: (id) => byOwner.get(id) ?? [],
    undescribed: trails.filter((trail) => trail.description.state === 'unknown'),
    trailsOfBucket: (name) => byBucket.get(name) ?? [],
    trailsOfLogGroup: (arn) => byLogGroup.get(arn) ?? [],
    trailsOfKey: (key) =>
      [...new Set([key.arn, ...key.names])].flatMap((name) => byKey.get(name) ?? []).toSorted(byArn),
    stores,
    storesOf: (id) => storesByOwner.get(id) ?? [],
    buckets,
    bucket: (name) => bucketByName.get(name),
    bucketsOf: (id) => bucketsByOwner.get(id) ?? [],
    keys: inventory.keys.filter((key) => key.metadata.state !== 'absent').toSorted(byArn),
    key: (name) => keyByName.get(fullName(name)),
    logGroups: inventory.logGroups.filter((group) => group.details.state !== 'absent').toSorted(byArn),
    logGroup: (arn) => logGroupByArn.get(arn),
  };
}

/** An id or alias is one of the account and Region that it is used in; an ARN says so itself. */
function fullName({ name, accountId, region }: KeyName): string {
  return name.startsWith('arn:') ? name : `${accountId} ${region} ${name}`;
}

function namesOf(key: Key): string[] {
  const { accountId, region } = key;
  return [key.arn, ...key.names].map((name) => fullName({ name, accountId, region }));
}

function groupBy<T>(all: readonly T[], keyOf: (it: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const it of all) {
    const key = keyOf(it);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [it]);
    else group.push(it);
  }
  return groups;
}

/** Account, Region and name in a trail's ARN, for a trail of which nothing else could be read. */
export function namesInTrailArn(arn: string): Pick<Trail, 'accountId' | 'homeRegion' | 'name'> {
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  return { accountId, homeRegion: region, name: resource.replace(/^trail\//, '') };
}
