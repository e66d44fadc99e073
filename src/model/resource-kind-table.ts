import type { Account, Bucket, Distribution, Inventory, LoadBalancer, Trail, Vpc } from './inventory.js';
import { absent, known, type Known } from './known.js';
import { bucketArn, keyArn, nameIn, namesIn, nowhere, type Place } from './naming.js';
import type { Target, TargetType } from './results.js';
import { toldOf } from './told.js';

/** What is said of every kind of resource: the words, and what its ARN looks like. */
export interface Kind {
  /** What people call one in a sentence: `log group`. */
  readonly noun: string;
  /** What stands before its name in a report: `Log group`. */
  readonly title: string;
  /** Its name in expressions, as `x-targets` of the View's schema has it. */
  readonly variable: string;
  /** How its ARN names it, its folder in a SARIF path, and what stands before the name in the ARN's resource part. */
  readonly arn: { readonly service: string; readonly type: string; readonly prefix: string };
  /** Its type as AWS CloudFormation, and AWS Config after it, names it. */
  readonly resourceType: string;
  /** The same for one of this ARN, where AWS has several. */
  readonly resourceTypeOf?: (arn: string) => string;
  /** The same in the findings of Security Hub; missing: it has no word for it, or none is used. */
  readonly findingType?: string;
  /** Its ARN ends in a name that whoever made it chose; keys and VPCs, say, have ids. */
  readonly hasGivenName?: true;
  /** What stands for one in the commands of recipes, and by what they take it. */
  readonly inCommands?: { readonly placeholder: RegExp; readonly by: 'name' | 'arn' };
}

/** The lists of an inventory that are those of kinds. */
export type ListName =
  | 'accounts'
  | 'trails'
  | 'eventDataStores'
  | 'buckets'
  | 'keys'
  | 'logGroups'
  | 'topics'
  | 'vpcs'
  | 'distributions'
  | 'loadBalancers'
  | 'eventBuses'
  | 'securityHubs'
  | 'otherLogBuckets';
export type ListedIn<L extends ListName> = NonNullable<Inventory[L]>[number];

/** How resources of one kind name those of another. */
interface Naming<T> {
  /** The call that tells. */
  readonly call: string;
  /** Ids of the other kind; absent: it names none; unknown: what it names could not be read. */
  readonly read: (it: T) => readonly Known<string>[];
}

/** A kind that has a list of its own in the inventory. */
export interface ListedKind<L extends ListName, V extends string> extends Kind {
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

/** A row of a kind that accounts are asked for only where a policy asks. An account tells ARNs under its list's name. */
function chosen<const L extends ListName & keyof Account, const V extends string>(
  row: ListedKind<L, V>,
): ListedKind<L, V> & { readonly isChosen: true } {
  return { ...row, isChosen: true };
}

/** What of a trail tells where it sends to. */
export type DescribedTrail = Pick<Trail, 'arn' | 'accountId' | 'homeRegion' | 'description' | 'told'>;

function byTrail(read: (it: DescribedTrail) => Known<string>): Naming<DescribedTrail> {
  return { call: 'cloudtrail:DescribeTrails', read: (it) => [read(it)] };
}

/** What a trail names, by kind. */
export const namedByTrail = {
  'log-bucket': byTrail((trail) => nameIn(toldOf(trail), (it) => bucketArn(it.s3BucketName, trail.arn))),
  'kms-key': byTrail((trail) => {
    const { arn, accountId, homeRegion: region } = trail;
    return nameIn(toldOf(trail), (it) => keyArn(it.kmsKeyId, { arn, accountId, region }));
  }),
  'log-group': byTrail((trail) => nameIn(toldOf(trail), (it) => it.cloudWatchLogsLogGroupArn)),
  topic: byTrail((trail) => nameIn(toldOf(trail), (it) => it.snsTopicArn)),
} as const;

/** The buckets that the flow logs of a VPC write to. */
function flowLogBuckets({ flowLogs }: Vpc): readonly Known<string>[] {
  if (flowLogs.state !== 'known') return [flowLogs];
  return flowLogs.value.flatMap(({ destinationType, destination }) =>
    destinationType === 's3' && destination !== undefined ? [known(destination)] : [],
  );
}

/**
 * The bucket of standard logging (legacy), which a distribution names by its domain.
 * Source: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_LoggingConfig.html
 */
function distributionBuckets({ arn, logging, deliveryTargets }: Distribution): readonly Known<string>[] {
  return [
    nameIn(logging, ({ bucket }) => {
      const name = bucket?.replace(/\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/, '');
      return name === undefined ? undefined : bucketArn(name, arn);
    }),
    ...deliveryBuckets(deliveryTargets),
  ];
}

function loadBalancerBuckets({ arn, logging, deliveryTargets }: LoadBalancer): readonly Known<string>[] {
  return [
    nameIn(logging, ({ bucket }) => (bucket === undefined ? undefined : bucketArn(bucket, arn))),
    ...deliveryBuckets(deliveryTargets),
  ];
}

/** The buckets that CloudWatch Logs delivers to. */
function deliveryBuckets(targets: LoadBalancer['deliveryTargets']): readonly Known<string>[] {
  if (targets === undefined) return [];
  if (targets.state !== 'known') return [targets];
  return targets.value.flatMap(({ type, destination, destinationFound }): readonly Known<string>[] => {
    if (type !== 'S3') return [];
    if (destination !== undefined) return [known(destination)];
    // Which bucket it is could not be read.
    return destinationFound?.state === 'unknown' ? [destinationFound] : [];
  });
}

/**
 * Every kind of resource that a policy may speak of: the one list of them. A new kind is a row here, its fields in the
 * View, and what reads it.
 */
export const table = {
  organization: {
    noun: 'organization',
    title: 'Organization',
    variable: 'organization',
    arn: { service: 'organizations', type: 'organization', prefix: 'organization/' },
    resourceType: 'AWS::Organizations::Organization',
  },
  account: listed({
    noun: 'account',
    title: 'Account',
    variable: 'account',
    arn: { service: 'account', type: 'account', prefix: 'account' },
    resourceType: 'AWS::Organizations::Account',
    findingType: 'AwsAccount',
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
      'load-balancer': {
        call: 'elbv2:DescribeLoadBalancers',
        read: ({ loadBalancers = absent }) => namesIn(loadBalancers),
      },
      'event-bus': {
        call: 'events:DescribeEventBus',
        read: ({ eventBuses = absent }) => namesIn(eventBuses),
      },
      'security-hub': {
        call: 'securityhub:DescribeHub',
        read: ({ securityHubs = absent }) => namesIn(securityHubs),
      },
    },
  }),
  trail: listed({
    noun: 'trail',
    title: 'Trail',
    variable: 'trail',
    arn: { service: 'cloudtrail', type: 'trail', prefix: 'trail/' },
    resourceType: 'AWS::CloudTrail::Trail',
    findingType: 'AwsCloudTrailTrail',
    hasGivenName: true,
    inCommands: { placeholder: /(?<![A-Z-])TRAIL(?:-ARN)?(?![A-Z-])/g, by: 'arn' },
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
    resourceType: 'AWS::CloudTrail::EventDataStore',
    inCommands: { placeholder: /(?<![A-Z-])(?:EVENT-DATA-)?STORE(?:-ARN)?(?![A-Z-])/g, by: 'arn' },
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
    resourceType: 'AWS::S3::Bucket',
    findingType: 'AwsS3Bucket',
    hasGivenName: true,
    inCommands: { placeholder: /(?<![A-Z-])BUCKET(?![A-Z-])/g, by: 'name' },
    list: 'buckets',
    target: bucketTarget,
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
    resourceType: 'AWS::KMS::Key',
    findingType: 'AwsKmsKey',
    inCommands: { placeholder: /(?<![A-Z-])KEY(?:-ARN|-ID)?(?![A-Z-])/g, by: 'arn' },
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
    resourceType: 'AWS::Logs::LogGroup',
    hasGivenName: true,
    inCommands: { placeholder: /(?<![A-Z-])LOG-GROUP(?:-NAME)?(?![A-Z-])/g, by: 'name' },
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
    resourceType: 'AWS::SNS::Topic',
    findingType: 'AwsSnsTopic',
    hasGivenName: true,
    list: 'topics',
    target: named,
    presence: (it) => it.attributes,
    readBy: ['sns:GetTopicAttributes'],
    ids: ({ arn }) => [arn],
    // Its key encrypts notifications, not logs: kms-key policies do not speak of it.
    names: {},
  }),
  vpc: chosen({
    noun: 'VPC',
    title: 'VPC',
    variable: 'vpc',
    arn: { service: 'ec2', type: 'vpc', prefix: 'vpc/' },
    resourceType: 'AWS::EC2::VPC',
    inCommands: { placeholder: /(?<![A-Z-])VPC-ID(?![A-Z-])/g, by: 'name' },
    list: 'vpcs',
    target: named,
    presence: known,
    readBy: ['ec2:DescribeVpcs'],
    ids: ({ arn }) => [arn],
    names: { 'other-log-bucket': { call: 'ec2:DescribeFlowLogs', read: flowLogBuckets } },
  }),
  distribution: chosen({
    noun: 'distribution',
    title: 'CloudFront distribution',
    variable: 'distribution',
    arn: { service: 'cloudfront', type: 'distribution', prefix: 'distribution/' },
    resourceType: 'AWS::CloudFront::Distribution',
    inCommands: { placeholder: /(?<![A-Z-])DISTRIBUTION-ID(?![A-Z-])/g, by: 'name' },
    list: 'distributions',
    target: named,
    presence: (it) => it.logging,
    readBy: ['cloudfront:ListDistributions'],
    ids: ({ arn }) => [arn],
    names: { 'other-log-bucket': { call: 'cloudfront:GetDistributionConfig', read: distributionBuckets } },
  }),
  'load-balancer': chosen({
    noun: 'load balancer',
    title: 'Load balancer',
    variable: 'loadBalancer',
    arn: { service: 'elasticloadbalancing', type: 'loadbalancer', prefix: 'loadbalancer/' },
    resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    resourceTypeOf: (arn) =>
      /:loadbalancer\/(?:app|net|gwy)\//.test(arn)
        ? 'AWS::ElasticLoadBalancingV2::LoadBalancer'
        : 'AWS::ElasticLoadBalancing::LoadBalancer',
    list: 'loadBalancers',
    target: named,
    presence: (it) => it.logging,
    readBy: ['elbv2:DescribeLoadBalancers', 'elb:DescribeLoadBalancers'],
    ids: ({ arn }) => [arn],
    names: { 'other-log-bucket': { call: 'elbv2:DescribeLoadBalancerAttributes', read: loadBalancerBuckets } },
  }),
  'event-bus': chosen({
    noun: 'event bus',
    title: 'Event bus',
    variable: 'eventBus',
    arn: { service: 'events', type: 'event-bus', prefix: 'event-bus/' },
    resourceType: 'AWS::Events::EventBus',
    list: 'eventBuses',
    target: named,
    presence: (it) => it.busArn,
    readBy: ['events:DescribeEventBus'],
    ids: ({ arn }) => [arn],
    names: {},
  }),
  'security-hub': chosen({
    noun: 'Security Hub',
    title: 'Security Hub',
    variable: 'securityHub',
    arn: { service: 'securityhub', type: 'hub', prefix: 'hub/' },
    resourceType: 'AWS::SecurityHub::Hub',
    list: 'securityHubs',
    target: named,
    // Each Region has its place for one: that it is off is for policies to judge.
    presence: known,
    readBy: ['securityhub:DescribeHub'],
    ids: ({ arn }) => [arn],
    names: {},
  }),
  'other-log-bucket': listed({
    noun: 'bucket of other logs',
    title: 'Bucket of other logs',
    variable: 'otherLogBucket',
    arn: { service: 's3', type: 'bucket', prefix: '' },
    resourceType: 'AWS::S3::Bucket',
    findingType: 'AwsS3Bucket',
    hasGivenName: true,
    inCommands: { placeholder: /(?<![A-Z-])BUCKET(?![A-Z-])/g, by: 'name' },
    list: 'otherLogBuckets',
    target: bucketTarget,
    presence: (it) => it.owner,
    readBy: ['s3:HeadBucket', 's3:ListBuckets'],
    ids: ({ arn }) => [arn],
    names: {},
  }),
  'config-recorder': {
    noun: 'recorder',
    title: 'Config recorder',
    variable: 'recorder',
    arn: { service: 'config', type: 'recorder', prefix: 'configuration-recorder/' },
    resourceType: 'AWS::Config::ConfigurationRecorder',
  },
} as const satisfies Readonly<Record<TargetType, Kind>>;

function named({ arn, name, accountId, region }: { readonly arn: string; readonly name: string } & Place) {
  return { id: arn, arn, name, accountId, region };
}

function bucketTarget({ owner, ...it }: Bucket) {
  return named({ ...it, ...(owner.state === 'known' ? owner.value : nowhere) });
}
