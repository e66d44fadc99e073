import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventDataStoreResponse,
  GetTrailStatusResponse,
  InsightSelector,
  Trail,
} from '@aws-sdk/client-cloudtrail';
import type { CompositeAlarm, GetAlarmMuteRuleOutput, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type {
  Delivery,
  DeliveryDestination,
  DeliverySource,
  LogGroup,
  MetricFilter,
  SubscriptionFilter,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FlowLog, Vpc } from '@aws-sdk/client-ec2';
import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import type { Subscription } from '@aws-sdk/client-sns';
import type { GetKeyRotationStatusResponse, GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import type {
  Grant,
  LifecycleRule,
  LoggingEnabled,
  NotificationConfiguration,
  ObjectLockConfiguration,
  OwnershipControlsRule,
  Payer,
  PublicAccessBlockConfiguration,
  ReplicationConfiguration,
  ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';

export interface WorldTrail {
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  readonly homeRegion: string;
  /** As DescribeTrails gives it. */
  readonly description: Trail;
  /** As its owner sees it. */
  readonly status: GetTrailStatusResponse;
  /** Of an organization trail: what a member sees instead, or that it does not see the trail (yet). */
  readonly inMembers: Readonly<Record<string, GetTrailStatusResponse | 'not-there'>>;
  /** In other Regions than its home: what its owner sees there instead. */
  readonly inRegions?: Readonly<Record<string, GetTrailStatusResponse>>;
  readonly selectors: TrailSelectors;
  /** null: Insights are not enabled. */
  readonly insightSelectors: readonly InsightSelector[] | null;
  /** A tag may have no value. */
  readonly tags?: Readonly<Record<string, string | undefined>>;
}

export type TrailSelectors =
  | { readonly kind: 'basic'; readonly selectors: readonly EventSelector[] }
  | { readonly kind: 'advanced'; readonly selectors: readonly AdvancedEventSelector[] };

export interface WorldEventDataStore {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** As GetEventDataStore gives it. */
  readonly details: GetEventDataStoreResponse;
}

/** A bucket with each configuration that S3 tells; null: not set, which S3 mostly answers with an error. */
export interface WorldBucket {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAt: Date;
  /** JSON text. */
  readonly policy: string | null;
  /** What S3 says of the policy. */
  readonly policyIsPublic: boolean;
  readonly publicAccessBlock: PublicAccessBlockConfiguration | null;
  readonly versioning: 'Enabled' | 'Suspended' | null;
  readonly mfaDelete: 'Enabled' | 'Disabled' | null;
  readonly objectLock: ObjectLockConfiguration | null;
  readonly encryption: readonly ServerSideEncryptionRule[] | null;
  readonly lifecycle: readonly LifecycleRule[] | null;
  readonly logging: LoggingEnabled | null;
  readonly grants: readonly Grant[];
  readonly ownership: readonly OwnershipControlsRule[] | null;
  readonly replication: ReplicationConfiguration | null;
  readonly notifications: NotificationConfiguration;
  readonly payer: Payer;
  /** Without them, S3 says that there is no set of tags. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of the account that owns the bucket. */
  readonly accessPoints: readonly WorldAccessPoint[];
}

export interface WorldAccessPoint {
  readonly name: string;
  readonly networkOrigin: 'Internet' | 'VPC';
  /** What S3 says of its policy; null: it has none. */
  readonly isPublic: boolean | null;
  readonly restrictsPublic: boolean;
  /** Without it: true. */
  readonly blocksAcls?: boolean;
  /** A Multi-Region access point. */
  readonly isMultiRegion: boolean;
}

export interface WorldKey {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  /** As DescribeKey gives it. */
  readonly metadata: KeyMetadata;
  /** `alias/…` */
  readonly aliases: readonly string[];
  /** As GetKeyRotationStatus gives it; null: KMS cannot rotate this key. */
  readonly rotation: GetKeyRotationStatusResponse | null;
  /** JSON text. */
  readonly policy: string;
  /** As ListGrants gives them. */
  readonly grants: readonly GrantListEntry[];
  /** Other accounts that the key policy lets describe it. */
  readonly sharedWith: readonly string[];
}

export interface WorldLogGroup {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** As DescribeLogGroups gives it. */
  readonly details: LogGroup;
  /** As DescribeMetricFilters gives them; without them, none. */
  readonly metricFilters?: readonly MetricFilter[];
  /** As DescribeSubscriptionFilters gives them; without them, none. */
  readonly subscriptionFilters?: readonly SubscriptionFilter[];
}

/** An alarm of either kind, as DescribeAlarms gives it. */
export interface WorldAlarm {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly metric?: MetricAlarm;
  readonly composite?: CompositeAlarm;
}

export interface WorldMuteRule {
  readonly accountId: string;
  readonly region: string;
  /** As GetAlarmMuteRule gives it. */
  readonly rule: Pick<
    GetAlarmMuteRuleOutput,
    'Name' | 'AlarmMuteRuleArn' | 'Rule' | 'MuteTargets' | 'Status' | 'MuteType'
  >;
  /** Listed, and gone when it is asked. */
  readonly isGone?: boolean;
}

export interface WorldEventBus {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly policy?: string;
}

/** A rule on the event bus that it names, else the default one. */
export interface WorldRule {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** As ListRules gives it. */
  readonly rule: Rule;
  /** As ListTargetsByRule gives them. */
  readonly targets: readonly Target[];
}

export interface WorldTopic {
  readonly arn: string;
  readonly accountId: string;
  /** As GetTopicAttributes gives them; the ARN and the numbers of subscriptions follow from the rest. */
  readonly attributes: Readonly<Record<string, string>>;
  /** As ListSubscriptionsByTopic gives them, without the topic's ARN. */
  readonly subscriptions: readonly Omit<Subscription, 'TopicArn'>[];
  /** By the ARN of a subscription: FilterPolicy and FilterPolicyScope, as GetSubscriptionAttributes gives them. */
  readonly filters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Listed, and gone when they are asked. */
  readonly goneSubscriptions?: readonly string[];
}

/** A managed policy of an account, by the names of those who hold it. */
export interface WorldAttachment {
  readonly accountId: string;
  readonly policyArn: string;
  readonly roles?: readonly string[];
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  /** Roles that have it as their permissions boundary. */
  readonly boundaryOf?: readonly string[];
}

export interface WorldIamGroup {
  readonly accountId: string;
  readonly name: string;
  readonly users: readonly string[];
  /** By name, as JSON text. */
  readonly inlinePolicies?: Readonly<Record<string, string>>;
}

/** A user beside those that attachments and groups name, with its policies as JSON text. */
export interface WorldIamUser {
  readonly accountId: string;
  readonly name: string;
  /** By name. */
  readonly inlinePolicies?: Readonly<Record<string, string>>;
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A role as IAM tells of it, with its policies as JSON text. */
export interface WorldIamRole {
  readonly accountId: string;
  readonly arn: string;
  /** Although a trail names it. */
  readonly isGone?: boolean;
  /** Without it, CloudTrail may assume it. */
  readonly trustPolicy?: string;
  /** By name. */
  readonly inlinePolicies?: Readonly<Record<string, string>>;
  /** ARNs of managed policies. */
  readonly attachedPolicies?: readonly string[];
  readonly boundary?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface WorldSecurityHub {
  readonly accountId: string;
  readonly region: string;
}

export interface WorldVpc {
  readonly accountId: string;
  readonly region: string;
  /** As DescribeVpcs gives it. */
  readonly vpc: Vpc;
  /** As DescribeFlowLogs gives them. */
  readonly flowLogs: readonly FlowLog[];
}

export interface WorldDistribution {
  readonly accountId: string;
  readonly id: string;
  readonly arn: string;
  readonly isEnabled: boolean;
  /** Of standard logging (legacy); null: it is off. */
  readonly bucket: string | null;
  /** The real-time log configuration of each cache behavior, the default one first; null: it has none. */
  readonly realTimeConfigs: readonly (string | null)[];
}

export interface WorldLoadBalancer {
  readonly accountId: string;
  readonly region: string;
  /** application, network, gateway or classic. */
  readonly type: string;
  readonly name: string;
  readonly arn: string;
  /** Of its access logs; null: they are off. */
  readonly bucket: string | null;
  /** Of its listeners. */
  readonly protocols: readonly string[];
}

/** What CloudWatch Logs delivers for other services, in an account and Region. */
export interface WorldDeliveries {
  readonly accountId: string;
  readonly region: string;
  /** As DescribeDeliverySources gives them. */
  readonly sources: readonly DeliverySource[];
  /** As DescribeDeliveries gives them. */
  readonly deliveries: readonly Delivery[];
  /** As DescribeDeliveryDestinations gives them. */
  readonly destinations: readonly DeliveryDestination[];
}
