import type { Inventory, Trail } from './inventory.js';
import { absent, known, type Known } from './known.js';
import { bucketArn, keyArn, nameIn, namesIn, nowhere, type Place } from './naming.js';
import type { Target, TargetType } from './results.js';
import { toldOf } from './told.js';

/** What is said of every kind of resource: the words, and what its ARN looks like. */
interface Kind {
  /** What people call one in a sentence: `log group`. */
  readonly noun: string;
  /** What stands before its name in a report: `Log group`. */
  readonly title: string;
  /** Its name in expressions, as `x-targets` of the View's schema has it. */
  readonly variable: string;
  /** How its ARN names it, its folder in a SARIF path, and what stands before the name in the ARN's resource part. */
  readonly arn: { readonly service: string; readonly type: string; readonly prefix: string };
}

type ListName =
  | 'accounts'
  | 'trails'
  | 'eventDataStores'
  | 'buckets'
  | 'keys'
  | 'logGroups'
  | 'topics'
  | 'vpcs'
  | 'distributions';
type ListedIn<L extends ListName> = NonNullable<Inventory[L]>[number];

/** How resources of one kind name those of another. */
interface Naming<T> {
  /** The call that tells. */
  readonly call: string;
  /** Ids of the other kind; absent: it names none; unknown: what it names could not be read. */
  readonly read: (it: T) => readonly Known<string>[];
}

/** A kind that has a list of its own in the inventory. */
interface ListedKind<L extends ListName, V extends string> extends Kind {
  readonly variable: V;
  readonly list: L;
  /** Which it is and where, as results name it. */
  readonly target: (it: ListedIn<L>) => Omit<Target, 'type'>;
  /** What tells that it is there; absent: AWS said that there is none. */
  readonly presence: (it: ListedIn<L>) => Known<unknown>;
  /** The calls by which it is found to be there. */
  readonly readBy: readonly string[];
  /** The ARNs under which others name it, its own first; of an account its id. */
  readonly ids: (it: ListedIn<L>) => readonly string[];
  /** What it names itself, by kind. */
  readonly names: { readonly [K in TargetType]?: Naming<ListedIn<L>> };
}

/** Keeps the literal types of a row. */
function listed<const L extends ListName, const V extends string>(row: ListedKind<L, V>): ListedKind<L, V> {
  return row;
}

type DescribedTrail = Pick<Trail, 'arn' | 'accountId' | 'homeRegion' | 'description' | 'told'>;

function byTrail(read: (it: DescribedTrail) => Known<string>): Naming<DescribedTrail> {
  return { call: 'cloudtrail:DescribeTrails', read: (it) => [read(it)] };
}

/** What a trail names, by kind. */
const namedByTrail = {
  'log-bucket': byTrail((trail) => nameIn(toldOf(trail), (it) => bucketArn(it.s3BucketName, trail.arn))),
  'kms-key': byTrail((trail) => {
    const { arn, accountId, homeRegion: region } = trail;
    return nameIn(toldOf(trail), (it) => keyArn(it.kmsKeyId, { arn, accountId, region }));
  }),
  'log-group': byTrail((trail) => nameIn(toldOf(trail), (it) => it.cloudWatchLogsLogGroupArn)),
  topic: byTrail((trail) => nameIn(toldOf(trail), (it) => it.snsTopicArn)),
} as const;

/**
 * Every kind of resource that a policy may speak of: the one list of them. A new kind is a row here, its fields in the
 * View, and what reads it.
 */
const table = {
  organization: {
    noun: 'organization',
    title: 'Organization',
    variable: 'organization',
    arn: { service: 'organizations', type: 'organization', prefix: 'organization/' },
  },
  account: listed({
    noun: 'account',
    title: 'Account',
    variable: 'account',
    arn: { service: 'account', type: 'account', prefix: 'account' },
    list: 'accounts',
    target: ({ id, name }) => ({ id, name, accountId: id, region: 'global' }),
    presence: () => known(undefined),
    readBy: ['organizations:ListAccounts'],
    ids: ({ id }) => [id],
    names: {
      trail: { call: 'cloudtrail:ListTrails', read: ({ ownTrails }) => namesIn(ownTrails) },
      'event-data-store': {
        call: 'cloudtrail:ListEventDataStores',
        read: ({ eventDataStores = absent }) => namesIn(eventDataStores),
      },
      vpc: { call: 'ec2:DescribeVpcs', read: ({ vpcs = absent }) => namesIn(vpcs) },
      distribution: {
        call: 'cloudfront:ListDistributions',
        read: ({ distributions = absent }) => namesIn(distributions),
      },
    },
  }),
  trail: listed({
    noun: 'trail',
    title: 'Trail',
    variable: 'trail',
    arn: { service: 'cloudtrail', type: 'trail', prefix: 'trail/' },
    list: 'trails',
    target: (it) => named({ ...it, region: it.homeRegion }),
    presence: (it) => it.description,
    readBy: ['cloudtrail:DescribeTrails'],
    ids: ({ arn }) => [arn],
    names: namedByTrail,
  }),
  'event-data-store': listed({
    noun: 'event data store',
    title: 'Event data store',
    variable: 'eventDataStore',
    arn: { service: 'cloudtrail', type: 'event-data-store', prefix: 'eventdatastore/' },
    list: 'eventDataStores',
    target: named,
    presence: (it) => it.details,
    readBy: ['cloudtrail:GetEventDataStore'],
    ids: ({ arn }) => [arn],
    names: {
      'kms-key': {
        call: 'cloudtrail:GetEventDataStore',
        read: (store) => [nameIn(store.details, (it) => keyArn(it.kmsKeyId, store))],
      },
    },
  }),
  'log-bucket': listed({
    noun: 'log bucket',
    title: 'Log bucket',
    variable: 'bucket',
    arn: { service: 's3', type: 'bucket', prefix: '' },
    list: 'buckets',
    target: ({ owner, ...it }) => named({ ...it, ...(owner.state === 'known' ? owner.value : nowhere) }),
    presence: (it) => it.owner,
    readBy: ['s3:HeadBucket', 's3:ListBuckets'],
    ids: ({ arn }) => [arn],
    names: {
      'kms-key': {
        call: 's3:GetBucketEncryption',
        read: ({ arn, owner, encryption }) => [
          owner.state === 'known'
            ? nameIn(encryption, (it) => keyArn(it.kmsMasterKeyId, { arn, ...owner.value }))
            : owner,
        ],
      },
    },
  }),
  'kms-key': listed({
    noun: 'key',
    title: 'KMS key',
    variable: 'key',
    arn: { service: 'kms', type: 'key', prefix: 'key/' },
    list: 'keys',
    target: (it) => named({ ...it, name: it.keyId }),
    presence: (it) => it.metadata,
    readBy: ['kms:DescribeKey'],
    ids: (it) => [it.arn, ...it.names].map((name) => keyArn(name, it)),
    names: {},
  }),
  'log-group': listed({
    noun: 'log group',
    title: 'Log group',
    variable: 'logGroup',
    arn: { service: 'logs', type: 'log-group', prefix: 'log-group:' },
    list: 'logGroups',
    target: named,
    presence: (it) => it.details,
    readBy: ['logs:DescribeLogGroups'],
    ids: ({ arn }) => [arn],
    names: {
      'kms-key': {
        call: 'logs:DescribeLogGroups',
        read: (group) => [nameIn(group.details, (it) => keyArn(it.kmsKeyId, group))],
      },
    },
  }),
  topic: listed({
    noun: 'topic',
    title: 'SNS topic',
    variable: 'topic',
    arn: { service: 'sns', type: 'topic', prefix: '' },
    list: 'topics',
    target: named,
    presence: (it) => it.attributes,
    readBy: ['sns:GetTopicAttributes'],
    ids: ({ arn }) => [arn],
    // Its key encrypts notifications, not logs: kms-key policies do not speak of it.
    names: {},
  }),
  vpc: listed({
    noun: 'VPC',
    title: 'VPC',
    variable: 'vpc',
    arn: { service: 'ec2', type: 'vpc', prefix: 'vpc/' },
    list: 'vpcs',
    target: named,
    presence: known,
    readBy: ['ec2:DescribeVpcs'],
    ids: ({ arn }) => [arn],
    names: {},
  }),
  distribution: listed({
    noun: 'distribution',
    title: 'CloudFront distribution',
    variable: 'distribution',
    arn: { service: 'cloudfront', type: 'distribution', prefix: 'distribution/' },
    list: 'distributions',
    target: named,
    presence: (it) => it.logging,
    readBy: ['cloudfront:ListDistributions'],
    ids: ({ arn }) => [arn],
    names: {},
  }),
  'config-recorder': {
    noun: 'recorder',
    title: 'Config recorder',
    variable: 'recorder',
    arn: { service: 'config', type: 'recorder', prefix: 'configuration-recorder/' },
  },
} as const satisfies Readonly<Record<TargetType, Kind>>;

type Kinds = typeof table;

/** What is said of every kind. */
export const resourceKinds: Readonly<Record<TargetType, Kind>> = table;

/** Kinds that have a list of their own in the inventory. */
export type ListedType = {
  [K in TargetType]: Kinds[K] extends { readonly list: ListName } ? K : never;
}[TargetType];

/** A resource of a kind as the inventory has it. */
export type ResourceOf<K extends ListedType> = ListedIn<ListOf<K>>;

/** The name in expressions of a kind with a list, and of its list. */
export type VariableOf<K extends ListedType> = Kinds[K]['variable'];
export type ListOf<K extends ListedType> = Kinds[K]['list'];

/** The rows of kinds with a list, for who asks by a kind that only its caller knows. */
export const listedKinds: { readonly [K in ListedType]: ListedKind<ListOf<K>, VariableOf<K>> } = table;

/** In the order of the table. */
export const listedTypes = (Object.keys(table) as TargetType[]) // the keys of the table are the kinds
  .filter(isListed);

export function isListed(kind: TargetType): kind is ListedType {
  return 'list' in table[kind];
}

/** The kinds whose lists an inventory has: one that is missing was not asked for. */
export function kindsIn(inventory: Partial<Pick<Inventory, ListName>>): readonly ListedType[] {
  return listedTypes.filter((kind) => listedKinds[kind].list in inventory);
}

/** Whether no account was asked for a kind that only accounts tell of. */
export function wasNotAsked(kind: TargetType, inventory: Partial<Pick<Inventory, ListName>>): boolean {
  return isListed(kind) && kindsNaming(kind).includes('account') && !(listedKinds[kind].list in inventory);
}

/** The resources of a kind that an inventory holds, those too that AWS said are not there. */
export function resourcesOf<K extends ListedType>(
  kind: K,
  inventory: Pick<Inventory, ListName>,
): readonly ResourceOf<K>[] {
  return inventory[listedKinds[kind].list] ?? [];
}

/** What tells that a resource is there; absent: AWS said that there is none. */
export function presenceOf<K extends ListedType>(kind: K, it: ResourceOf<K>): Known<unknown> {
  return listedKinds[kind].presence(it);
}

/** The ARNs under which others name a resource, its own first; of an account its id. */
export function idsOf<K extends ListedType>(kind: K, it: ResourceOf<K>): readonly string[] {
  return listedKinds[kind].ids(it);
}

/** Which resource it is and where, as results name it. */
export function targetOf<K extends ListedType>(kind: K, it: ResourceOf<K>): Target {
  return { type: kind, ...listedKinds[kind].target(it) };
}

/** Whether a target may be there and was not found: of a place, and without a name. */
export function isUnfound({ type, arn }: Target): boolean {
  return arn === undefined && isListed(type) && type !== 'account';
}

/** The kinds whose resources name those of a kind, and through which these are found. */
export function kindsNaming(kind: TargetType): readonly ListedType[] {
  return listedTypes.filter((other) => listedKinds[other].names[kind] !== undefined);
}

/** The calls that tell what resources of one kind name of another. */
export function callsNaming(namer: ListedType, kind: TargetType): readonly string[] {
  const call = listedKinds[namer].names[kind]?.call;
  return call === undefined ? [] : [call];
}

/** What trails name, by kind, where each name is one ARN. */
export function namesOfTrail(it: DescribedTrail): readonly string[] {
  const names = Object.values(namedByTrail).flatMap(({ read }) => read(it));
  return names.flatMap((name) => (name.state === 'known' ? name.value : []));
}

/** What a resource names of a kind. */
export function namesOf<K extends ListedType>(namer: K, it: ResourceOf<K>, kind: TargetType): readonly Known<string>[] {
  return listedKinds[namer].names[kind]?.read(it) ?? [];
}

function named({ arn, name, accountId, region }: { readonly arn: string; readonly name: string } & Place) {
  return { id: arn, arn, name, accountId, region };
}
