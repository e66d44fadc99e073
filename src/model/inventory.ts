// Generated from schema/inventory.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

import type { Known } from './known.js';

export type GapReason =
  'access-denied' | 'throttled' | 'not-recorded-by-config' | 'not-collected' | 'unsupported' | 'error';

/** The observed state of CloudTrail in an organization, saved as one file that replays exactly. */
export interface Inventory {
  readonly schemaVersion: '1';
  readonly tool: Tool;
  /** when the run began; `now` for every policy */
  readonly capturedAt: string;
  /** the moment in the past whose state this is; missing when it is that of the capture */
  readonly asOf?: string;
  /** where the state was read */
  readonly source: 'live' | 'config' | 'config+live';
  /** aws, aws-cn, aws-us-gov … */
  readonly partition: string;
  readonly caller: Caller;
  readonly scope: Scope;
  /** the run was stopped before it was done */
  readonly interrupted: boolean;
  readonly shard?: Shard;
  readonly organization: Organization | null;
  /** AWS said that the caller's account is in no organization; missing where it was not asked, and where the account is read without its organization */
  readonly standsAlone?: boolean;
  readonly accounts: readonly Account[];
  readonly trails: readonly Trail[];
  readonly eventDataStores: readonly EventDataStore[];
  readonly buckets: readonly Bucket[];
  readonly keys: readonly Key[];
  readonly logGroups: readonly LogGroup[];
  /** by account and Region, where log groups with metric filters are; missing: not asked */
  readonly alarms?: readonly AlarmPlace[];
  /** by account and Region, where trails can be stopped, and where event buses are asked for; missing: not asked */
  readonly eventRules?: readonly BusPlace[];
  /** other event buses to which these rules send events on; missing: not asked */
  readonly targetBuses?: readonly TargetBus[];
  /** the SNS topics that trails, alarms and event rules name; missing when they were not asked for */
  readonly topics?: readonly Topic[];
  /** the roles with which trails write to CloudWatch Logs, and rules send to topics and other event buses; missing when they were not asked for */
  readonly roles?: readonly Role[];
  /** the VPCs of accounts; missing when they were not asked for */
  readonly vpcs?: readonly Vpc[];
  /** the CloudFront distributions of accounts; missing when they were not asked for */
  readonly distributions?: readonly Distribution[];
  /** the load balancers of accounts; missing when they were not asked for */
  readonly loadBalancers?: readonly LoadBalancer[];
  /** the default event bus of each enabled Region of accounts; missing when it was not asked for */
  readonly eventBuses?: readonly EventBus[];
  /** Security Hub in each enabled Region of accounts, on or off; missing when it was not asked for */
  readonly securityHubs?: readonly SecurityHub[];
  /** the buckets that flow logs, distributions and load balancers name, those of trails too; missing when they were not asked for */
  readonly otherLogBuckets?: readonly Bucket[];
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  readonly apiCalls: ApiCalls;
  /** SHA-256 of the document without this member, as JSON without spaces: one that does not match was changed since */
  readonly digest?: string;
}
/** What wrote this file. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}
/** Who ran it. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
}
/** What the run was asked to read. */
export interface Scope {
  readonly accounts: readonly string[];
  readonly excludedAccounts: readonly string[];
  readonly organizationalUnits: readonly string[];
  /** members asked for their own event data stores, too */
  readonly deep: boolean;
}
/** Which part of a run this file holds, to be merged with the others; missing: a whole run. */
export interface Shard {
  /** from 1 to count */
  readonly index: number;
  readonly count: number;
  /** the role that was assumed in each account: shards of one run read with the same */
  readonly roleName: string;
}
/** The AWS organization. */
export interface Organization {
  readonly id: string;
  readonly arn?: string;
  /** AWS account id, 12 digits */
  readonly managementAccountId: string;
  /** ALL or CONSOLIDATED_BILLING */
  readonly featureSet?: string;
  /** roots first, then by parent */
  readonly organizationalUnits: Known<readonly OrganizationalUnit[]>;
  /** policy types enabled on the root */
  readonly policyTypes: Known<readonly string[]>;
  /** missing when they were not asked for */
  readonly serviceControlPolicies?: Known<readonly ControlPolicy[]>;
  /** missing when they were not asked for */
  readonly resourceControlPolicies?: Known<readonly ControlPolicy[]>;
  /** service principals with trusted access */
  readonly trustedServices: Known<readonly string[]>;
  /** account ids registered for cloudtrail.amazonaws.com */
  readonly delegatedAdministrators: Known<readonly string[]>;
  /** gap id, when the list of accounts could not be read to its end */
  readonly accountsGap?: string;
  /** gap id, when neither the management account nor a delegated administrator told the organization's trails */
  readonly trailsGap?: string;
  /** gap id, when neither the management account nor a delegated administrator told the organization's event data stores */
  readonly eventDataStoresGap?: string;
  readonly evidence: Readonly<Record<string, string>>;
}
/** An account of the organization, or the single account of a run without one. */
export interface Account {
  /** AWS account id, 12 digits */
  readonly id: string;
  readonly arn?: string;
  readonly name: string;
  /** PENDING_ACTIVATION, ACTIVE, SUSPENDED, PENDING_CLOSURE or CLOSED */
  readonly state: string;
  readonly joinedAt?: string;
  /** ids of the root and the OUs above it, root first */
  readonly parents: Known<readonly string[]>;
  /** its tags in Organizations; missing when they were not asked for */
  readonly tags?: Known<Readonly<Record<string, string>>>;
  /** why it is not evaluated; absent when it is */
  readonly outOfScope?: string;
  /** in a shard's inventory: the part of the run that reads this account instead, such as `shard 2 of 4` */
  readonly elsewhere?: string;
  /** ARNs of the trails that it owns; unknown when it could not be entered or ListTrails was refused */
  readonly ownTrails: Known<readonly string[]>;
  /** gap id, when there may be trails besides those of ownTrails that nothing told of */
  readonly ownTrailsGap?: string;
  /** one for each organization trail of another account */
  readonly observedTrails: readonly ObservedTrail[];
  /** ARNs of its event data stores; missing when it was not asked */
  readonly eventDataStores?: Known<readonly string[]>;
  /** its Regions; asked for only where one of them decides */
  readonly regions: Known<readonly Region[]>;
  /** the account's Block Public Access; absent: never set. Asked for in accounts that own log buckets */
  readonly publicAccessBlock: Known<PublicAccessBlock>;
  /** AWS Config's recorder in each enabled Region, by Region; missing when it was not asked */
  readonly recorders?: readonly Recorder[];
  /** gap id, when there may be Regions besides those of recorders that nothing told of */
  readonly recordersGap?: string;
  readonly fullAccess?: FullAccess;
  readonly trailRights?: TrailRights;
  /** ARNs of the VPCs that it owns; missing when it was not asked */
  readonly vpcs?: Known<readonly string[]>;
  /** ARNs of its CloudFront distributions; missing when it was not asked */
  readonly distributions?: Known<readonly string[]>;
  /** ARNs of its load balancers; missing when it was not asked */
  readonly loadBalancers?: Known<readonly string[]>;
  /** ARNs of the default event buses of its enabled Regions; missing when it was not asked */
  readonly eventBuses?: Known<readonly string[]>;
  /** ARNs that Security Hub has, or would have, in its enabled Regions; missing when it was not asked */
  readonly securityHubs?: Known<readonly string[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** What an account itself says of an organization trail of another account. */
export interface ObservedTrail {
  readonly trailArn: string;
  /** GetTrailStatus by ARN in this account; absent: this account knows no such trail */
  readonly status: Known<TrailStatus>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** What AWS Config's customer managed recorder of an account and Region is set to, and whether it works. */
export interface Recorder {
  readonly region: string;
  /** absent: there is no recorder */
  readonly settings: Known<RecorderSettings>;
  /** absent: there is no recorder */
  readonly recording: Known<boolean>;
  /** absent: there is no recorder */
  readonly lastEvent: Known<RecorderEvent>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** who holds AWS's policies of full access; missing when it was not asked */
export interface FullAccess {
  readonly policies: readonly AttachedPolicy[];
  /** the members of each group that holds one of them */
  readonly groups: readonly GroupMembers[];
}
/** To whom a managed policy is attached as a permissions policy. */
export interface AttachedPolicy {
  readonly arn: string;
  /** absent: there is no such policy */
  readonly entities: Known<PolicyEntities>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** The users of an IAM group. */
export interface GroupMembers {
  readonly name: string;
  /** names, sorted; absent: there is no such group */
  readonly users: Known<readonly string[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** the identity policies that speak of changing trails, and who has them; missing when it was not asked */
export interface TrailRights {
  /** known only where the list was read to its end */
  readonly rights: Known<RightsOnTrails>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A trail, once: at its home Region, in the account that owns it. */
export interface Trail {
  readonly arn: string;
  readonly name: string;
  /** the owner, from the ARN */
  readonly accountId: string;
  readonly homeRegion: string;
  /** absent: it was listed, and is gone */
  readonly description: Known<TrailDescription>;
  readonly told?: ToldTrail;
  /** in its home Region */
  readonly status: Known<TrailStatus>;
  readonly eventSelectors: Known<EventSelectors>;
  readonly insightSelectors: Known<readonly InsightSelector[]>;
  /** by key; absent: no such trail; missing: not asked */
  readonly tags?: Known<Readonly<Record<string, string>>>;
  readonly logVerification?: LogVerification;
  /** of a multi-Region trail, what its owner is told in each other enabled Region, by Region; missing when it was not asked */
  readonly regionalStatuses?: readonly RegionalStatus[];
  readonly evidence: Readonly<Record<string, string>>;
}
/** What is known of a trail's configuration that is not known as a whole. Of the required members of TrailDescription those may be missing that were not told; of the others those that are missing are not set. */
export interface ToldTrail {
  readonly s3BucketName: string;
  readonly s3KeyPrefix?: string;
  readonly snsTopicArn?: string;
  readonly includeGlobalServiceEvents?: boolean;
  readonly isMultiRegionTrail?: boolean;
  readonly isOrganizationTrail?: boolean;
  readonly logFileValidationEnabled?: boolean;
  /** key ARN */
  readonly kmsKeyId?: string;
  /** without the closing `:*` */
  readonly cloudWatchLogsLogGroupArn?: string;
  readonly cloudWatchLogsRoleArn?: string;
  readonly recursiveLogging?: boolean;
}
/** what verify-logs found of its log files; missing where its result was not given */
export interface LogVerification {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** findings and gaps that something was changed, added or removed */
  readonly tampering: number;
  /** each hour of the window was verified for each account and Region that was asked for */
  readonly isComplete: boolean;
  /** only some accounts or Regions were asked for, or more may belong to it */
  readonly isPart: boolean;
  readonly accounts: number;
  readonly regions: number;
  /** the first of what was found, or a sentence that all is well */
  readonly message: string;
}
/** What the owner of a multi-Region trail is told of it in another Region than its home. */
export interface RegionalStatus {
  readonly region: string;
  /** GetTrailStatus by ARN in this Region; absent: it knows no such trail */
  readonly status: Known<TrailStatus>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A CloudTrail Lake event data store. */
export interface EventDataStore {
  readonly arn: string;
  readonly name: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  /** absent: it was listed, and is gone */
  readonly details: Known<EventDataStoreDetails>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A log bucket, read in the account that owns it. */
export interface Bucket {
  readonly name: string;
  readonly arn: string;
  /** proved by AWS; absent: no bucket of this name exists; unknown: it was not found in any account that may own it */
  readonly owner: Known<BucketOwner>;
  /** bucket policy, as text */
  readonly policy: Known<string>;
  /** absent: no policy */
  readonly policyStatus: Known<BucketPolicyStatus>;
  readonly acl: Known<readonly AclGrant[]>;
  /** BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter; absent: no ownership controls, which is ObjectWriter */
  readonly objectOwnership: Known<string>;
  /** the bucket's own; absent: never set */
  readonly publicAccessBlock: Known<PublicAccessBlock>;
  readonly versioning: Known<BucketVersioning>;
  /** absent: Object Lock is off */
  readonly objectLock: Known<ObjectLock>;
  readonly encryption: Known<BucketEncryption>;
  readonly lifecycleRules: Known<readonly LifecycleRule[]>;
  /** absent: off */
  readonly accessLogging: Known<AccessLogging>;
  readonly replication: Known<readonly ReplicationRule[]>;
  /** ARNs of topics, queues and functions, `eventbridge` */
  readonly notificationDestinations: Known<readonly string[]>;
  /** what these are told; missing: AWS Config's record, or an inventory of an earlier version */
  readonly notifications?: Known<readonly BucketNotification[]>;
  /** by key; absent: no such bucket; missing: not asked */
  readonly tags?: Known<Readonly<Record<string, string>>>;
  /** where its access logs go, unless that is the bucket itself; absent: no such bucket; missing: not asked */
  readonly accessLogTarget?: Known<AccessLogTarget>;
  /** access points of the account that owns the bucket, Multi-Region ones too; missing: they were not asked for, as its policy leaves access to none and no policy asks for them */
  readonly accessPoints?: Known<readonly AccessPoint[]>;
  readonly requesterPays: Known<boolean>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A KMS key that a trail, event data store, log bucket or log group names. */
export interface Key {
  /** of the key; where an alias could not be resolved, of the alias */
  readonly arn: string;
  readonly keyId: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  /** the ids, aliases and ARNs by which it is named */
  readonly names: readonly string[];
  /** absent: no such key */
  readonly metadata: Known<KeyMetadata>;
  /** absent: KMS cannot rotate this kind of key */
  readonly rotation: Known<KeyRotation>;
  /** key policy, as text */
  readonly policy: Known<string>;
  /** missing when they were not asked for */
  readonly grants?: Known<readonly KeyGrant[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A log group that a trail names. */
export interface LogGroup {
  /** without the closing `:*` */
  readonly arn: string;
  readonly name: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  /** absent: no such log group */
  readonly details: Known<LogGroupDetails>;
  /** missing: not asked; absent: no such log group */
  readonly metricFilters?: Known<readonly MetricFilter[]>;
  /** missing: not asked; absent: no such log group */
  readonly subscriptionFilters?: Known<readonly SubscriptionFilter[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** The alarms of an account and Region that have to do with the metric filters of its log groups. */
export interface AlarmPlace {
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  readonly alarms: Known<Alarms>;
  /** those that are active or will be, whatever they mute; missing: not asked, as there are no alarms; earlier inventories have none; absent: CloudWatch has none in this Region */
  readonly muteRules?: Known<readonly MuteRule[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** The rules on the default event bus of an account and Region that may react to changes of trails; where event buses are asked for, to any event of CloudTrail. */
export interface BusPlace {
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  readonly rules: Known<readonly BusRule[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** An event bus to which rules on other event buses send events, read in the account and Region that own it. */
export interface TargetBus {
  /** as the rules name it */
  readonly arn: string;
  /** from the ARN */
  readonly name: string;
  /** from the ARN */
  readonly accountId: string;
  /** from the ARN */
  readonly region: string;
  /** as EventBridge gives it; absent: there is no such event bus */
  readonly busArn: Known<string>;
  /** its resource-based policy, as text; absent: it has none, or is not there */
  readonly policy: Known<string>;
  /** those that may match what is sent on; missing: they are among eventRules, or the event bus is not there */
  readonly rules?: Known<readonly BusRule[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** An SNS topic that a trail notifies of each log file, or an alarm tells, read in the account that owns it. */
export interface Topic {
  readonly arn: string;
  readonly name: string;
  /** from the ARN */
  readonly accountId: string;
  readonly region: string;
  /** absent: no such topic */
  readonly attributes: Known<TopicAttributes>;
  /** absent: no such topic */
  readonly subscriptions: Known<readonly TopicSubscription[]>;
  /** the key that encrypts it; missing: not encrypted, or not asked; absent: no such key */
  readonly key?: Known<TopicKey>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** An IAM role with which a trail writes to CloudWatch Logs, or a rule sends to a topic or another event bus, read in the account that owns it. */
export interface Role {
  readonly arn: string;
  readonly name: string;
  /** from the ARN */
  readonly accountId: string;
  /** absent: no such role */
  readonly details: Known<RoleDetails>;
  /** absent: no such role */
  readonly inlinePolicies: Known<readonly RolePolicy[]>;
  /** managed policies in their default versions; absent: no such role */
  readonly attachedPolicies: Known<readonly RolePolicy[]>;
  readonly permissionsBoundary?: RolePolicy;
  readonly evidence: Readonly<Record<string, string>>;
}
/** what its policies may allow at most; missing: it has none, or the role could not be read */
export interface RolePolicy {
  /** of a managed policy its ARN */
  readonly name: string;
  /** as text; absent: it is gone */
  readonly document: Known<string>;
}
/** A VPC, read in the account that owns it. */
export interface Vpc {
  readonly arn: string;
  /** its id */
  readonly name: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  /** the VPC that AWS made in this Region */
  readonly isDefault: boolean;
  /** those of the VPC itself, not of its subnets and network interfaces */
  readonly flowLogs: Known<readonly FlowLog[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A CloudFront distribution. */
export interface Distribution {
  readonly arn: string;
  /** its id */
  readonly name: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: 'global';
  /** it answers viewers */
  readonly isEnabled: boolean;
  /** what its own configuration says; absent: it is gone */
  readonly logging: Known<DistributionLogging>;
  /** ids of the deliveries of its access logs (standard logging v2) */
  readonly deliveries: Known<readonly string[]>;
  /** the same deliveries, and where they go; missing: an earlier version did not read it */
  readonly deliveryTargets?: Known<readonly DeliveryTarget[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A load balancer of Elastic Load Balancing, of any generation. */
export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  /** application, network or gateway, as AWS says; classic for the first generation */
  readonly type: string;
  /** one of its listeners has the protocol TLS; others than Network Load Balancers have none */
  readonly hasTlsListener: Known<boolean>;
  /** what its attributes say of access logs; absent: it is gone */
  readonly logging: Known<LoadBalancerLogging>;
  /** ids of the deliveries of its access logs through CloudWatch Logs */
  readonly deliveries: Known<readonly string[]>;
  /** the same deliveries, and where they go; missing: an earlier version did not read it */
  readonly deliveryTargets?: Known<readonly DeliveryTarget[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** The default event bus of a Region of an account. */
export interface EventBus {
  readonly arn: string;
  readonly name: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  /** as AWS told it */
  readonly busArn: Known<string>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** Security Hub in a Region of an account, on or off. */
export interface SecurityHub {
  /** the one that it has where it is on */
  readonly arn: string;
  readonly name: string;
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
  /** as AWS told it; absent where Security Hub is off */
  readonly hubArn: Known<string>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** A call whose answer was used, or a configuration item. */
export interface Evidence {
  readonly id: string;
  /** `service:Operation`; missing where a configuration item was used */
  readonly call?: string;
  /** the type of resource of a configuration item that AWS Config recorded, captured at `at` */
  readonly item?: string;
  readonly accountId: string;
  readonly region: string;
  /** the ARN, name or id that was asked about */
  readonly resource?: string;
  readonly at: string;
  readonly requestId?: string;
}
/** Why something is unknown. */
export interface Gap {
  readonly id: string;
  /** `service:Operation`, or the record that was not there */
  readonly call: string;
  /** the account asked, or `unknown` */
  readonly accountId: string;
  readonly region: string;
  /** the ARN, name or id that was asked about */
  readonly resource?: string;
  readonly reason: GapReason;
  /** AWS's own message, or ours */
  readonly message: string;
  readonly at: string;
}
/** HTTP requests sent: retries, pages and AssumeRole counted. */
export interface ApiCalls {
  readonly total: number;
  /** of them, refused for lack of permission */
  readonly denied: number;
  readonly byOperation: Readonly<Record<string, number>>;
}
/** Server access logging of a bucket. */
export interface AccessLogging {
  readonly targetBucket: string;
  readonly targetPrefix: string;
}
/** A grant of an access control list. */
export interface AclGrant {
  /** canonical user id, group URI or, for e-mail grantees, `email` */
  readonly grantee: string;
  /** CanonicalUser, Group or AmazonCustomerByEmail */
  readonly granteeType: string;
  /** FULL_CONTROL, READ, WRITE, READ_ACP or WRITE_ACP */
  readonly permission: string;
  /** whether the grantee is the bucket's owner; missing: AWS did not say who that is */
  readonly isOwner?: boolean;
}
/** Conditions that must all hold. */
export interface AdvancedEventSelector {
  readonly name?: string;
  readonly fieldSelectors: readonly FieldSelector[];
  /** members that AWS gave it and Trailproof does not know: what it selects is not known */
  readonly unsupported?: readonly string[];
}
/** A condition on one field of an event. */
export interface FieldSelector {
  readonly field: string;
  readonly equals: readonly string[];
  readonly startsWith: readonly string[];
  readonly endsWith: readonly string[];
  readonly notEquals: readonly string[];
  readonly notStartsWith: readonly string[];
  readonly notEndsWith: readonly string[];
  /** operators that AWS gave it and Trailproof does not know: what they let through is not known */
  readonly unsupported?: readonly string[];
}
/** A metric, and how an alarm sums it up. */
export interface AlarmMetric {
  readonly namespace: string;
  readonly name: string;
  /** Sum, p99 … */
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit?: string;
  /** the account of the metric, where that is another one */
  readonly accountId?: string;
}
/** An alarm mute rule: while it is active, its alarms start no actions. */
export interface MuteRule {
  readonly arn: string;
  readonly alarmNames: readonly string[];
  /** SCHEDULED, ACTIVE or EXPIRED */
  readonly status: string;
  /** cron(…): again and again; at(…): once */
  readonly expression: string;
  /** ISO 8601, such as PT4H */
  readonly duration: string;
  /** missing: UTC */
  readonly timezone?: string;
}
/** A rule of EventBridge. */
export interface BusRule {
  readonly arn: string;
  readonly name: string;
  /** ENABLED, DISABLED, ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS */
  readonly state: string;
  /** the event pattern, as text */
  readonly pattern: string;
  /** the service of AWS that made it */
  readonly managedBy?: string;
  /** missing: not asked, as it is disabled; absent: the rule is gone */
  readonly targets?: Known<readonly RuleTarget[]>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** What a rule of EventBridge sends events to. */
export interface RuleTarget {
  readonly arn: string;
  /** the role that EventBridge does it as */
  readonly roleArn?: string;
}
/** Alarms on metrics that some metric filter reports, and composite alarms above them. */
export interface Alarms {
  readonly metricAlarms: readonly MetricAlarm[];
  readonly compositeAlarms: readonly CompositeAlarm[];
}
/** An alarm on a metric, or on metric math. */
export interface MetricAlarm {
  readonly arn: string;
  readonly name: string;
  readonly actionsEnabled: boolean;
  /** ARNs of what is started when it goes into alarm */
  readonly alarmActions: readonly string[];
  /** ARNs of what is started when it lacks data; missing in earlier inventories */
  readonly insufficientDataActions?: readonly string[];
  /** ARNs of what is started when it is over; missing in earlier inventories */
  readonly okActions?: readonly string[];
  readonly metric?: AlarmMetric;
  /** metric math; missing: it watches one metric */
  readonly queries?: readonly MetricQuery[];
  readonly comparisonOperator: string;
  /** missing: it watches a band */
  readonly threshold?: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm?: number;
  readonly treatMissingData?: string;
}
/** A metric or an expression of metric math. */
export interface MetricQuery {
  readonly id: string;
  readonly metric?: AlarmMetric;
  readonly expression?: string;
  /** it is what the alarm watches */
  readonly returnsData: boolean;
}
/** An alarm over alarms. */
export interface CompositeAlarm {
  readonly arn: string;
  readonly name: string;
  readonly actionsEnabled: boolean;
  /** ARNs of what is started when it goes into alarm */
  readonly alarmActions: readonly string[];
  /** the alarm that holds its actions back while it is in alarm; missing: none does */
  readonly actionsSuppressor?: string;
  readonly rule: string;
}
/** What a bucket tells a topic, queue or function. */
export interface BucketNotification {
  /** an ARN; `eventbridge`, which gets every event */
  readonly destination: string;
  readonly events: readonly string[];
  /** of keys; empty: any */
  readonly prefix: string;
  /** of keys; empty: any */
  readonly suffix: string;
}
/** Default encryption of a bucket. */
export interface BucketEncryption {
  /** AES256, aws:kms, aws:kms:dsse … */
  readonly sseAlgorithm: string;
  /** key id, alias or ARN, as set */
  readonly kmsMasterKeyId?: string;
  readonly bucketKeyEnabled: boolean;
}
/** The bucket that receives the server access logs of a log bucket, in the account that owns that one. */
export interface AccessLogTarget {
  readonly region: string;
  /** of Object Lock */
  readonly hasDefaultRetention: boolean;
  readonly requesterPays: boolean;
  /** bucket policy, as text; missing: none */
  readonly policy?: string;
  /** its access control list counts, and lets the log delivery group of S3 write */
  readonly grantsLogDelivery: boolean;
}
/** An access point that leads to a log bucket. */
export interface AccessPoint {
  readonly arn: string;
  /** Internet or VPC */
  readonly networkOrigin: string;
  /** absent: it has no policy; of what a VPC alone reaches that is not asked */
  readonly policyStatus: Known<BucketPolicyStatus>;
  /** RestrictPublicBuckets of its own Block Public Access */
  readonly restrictsPublic: Known<boolean>;
  /** its own Block Public Access; missing: an inventory of an earlier version, or of what a VPC alone reaches no policy asks */
  readonly publicAccessBlock?: Known<PublicAccessBlock>;
}
/** Where a bucket lives. */
export interface BucketOwner {
  /** AWS account id, 12 digits */
  readonly accountId: string;
  readonly region: string;
}
/** S3's own verdict on the bucket policy. */
export interface BucketPolicyStatus {
  readonly isPublic: boolean;
}
/** Versioning of a bucket. */
export interface BucketVersioning {
  /** Enabled, Suspended or Unversioned */
  readonly status: string;
  readonly mfaDelete: boolean;
}
/** A service or resource control policy of the organization. */
export interface ControlPolicy {
  readonly id: string;
  readonly name: string;
  /** its text */
  readonly content: Known<string>;
  /** ids of the roots, OUs and accounts that it is attached to */
  readonly targets: Known<readonly string[]>;
}
/** A data resource of a basic event selector. */
export interface DataResource {
  readonly type: string;
  readonly values: readonly string[];
}
/** GetEventDataStore's answer. */
export interface EventDataStoreDetails {
  /** CREATED, ENABLED, PENDING_DELETION, STARTING_INGESTION, STOPPING_INGESTION or STOPPED_INGESTION */
  readonly status: string;
  readonly multiRegionEnabled: boolean;
  readonly organizationEnabled: boolean;
  readonly terminationProtectionEnabled?: boolean;
  /** days */
  readonly retentionPeriod?: number;
  /** key ARN */
  readonly kmsKeyId?: string;
  readonly billingMode?: string;
  readonly advancedEventSelectors: readonly AdvancedEventSelector[];
}
/** A basic event selector. */
export interface EventSelector {
  /** ReadOnly, WriteOnly or All */
  readonly readWriteType: string;
  readonly includeManagementEvents: boolean;
  readonly excludeManagementEventSources: readonly string[];
  readonly dataResources: readonly DataResource[];
  /** members that AWS gave it and Trailproof does not know: what it selects is not known */
  readonly unsupported?: readonly string[];
}
/** A trail's selectors, AWS's defaults filled in; one of the lists is empty. */
export interface EventSelectors {
  readonly basic: readonly EventSelector[];
  readonly advanced: readonly AdvancedEventSelector[];
}
/** What a metric filter reports. */
export interface FilterMetric {
  readonly namespace: string;
  readonly name: string;
  /** what each event adds: a number, or a field such as $.size */
  readonly value: string;
  /** what is reported where no event matches */
  readonly defaultValue?: number;
  /** their names */
  readonly dimensions: readonly string[];
  readonly unit?: string;
}
/** A kind of Insights events. */
export interface InsightSelector {
  readonly insightType: string;
  readonly eventCategories: readonly string[];
}
/** A grant of a key. */
export interface KeyGrant {
  readonly id: string;
  /** ARN of the principal, or the name of a service principal */
  readonly grantee: string;
  /** as KMS names them: Decrypt, GenerateDataKey … */
  readonly operations: readonly string[];
  /** it holds for some encryption contexts alone */
  readonly isConstrained: boolean;
}
/** DescribeKey's answer. A member that it lacked is not there, and unknown. */
export interface KeyMetadata {
  readonly keyState: string;
  /** AWS or CUSTOMER */
  readonly keyManager?: string;
  readonly origin?: string;
  readonly keySpec?: string;
  readonly keyUsage?: string;
  readonly multiRegion: boolean;
  readonly deletionDate?: string;
}
/** Automatic rotation of a key. */
export interface KeyRotation {
  readonly enabled: boolean;
  readonly periodInDays?: number;
  readonly nextRotationDate?: string;
}
/** A lifecycle rule of a bucket. */
export interface LifecycleRule {
  readonly id: string;
  readonly isEnabled: boolean;
  /** empty: the whole bucket */
  readonly prefix: string;
  readonly expirationDays?: number;
  readonly expirationDate?: string;
  readonly noncurrentDays?: number;
  /** noncurrent versions kept beyond noncurrentDays */
  readonly newerNoncurrentVersions?: number;
  /** the earliest */
  readonly transitionDays?: number;
  /** of current versions to other storage classes; missing in inventories of earlier versions */
  readonly transitions?: readonly LifecycleTransition[];
  /** applies only to tagged objects */
  readonly requiresTags: boolean;
  /** bytes */
  readonly objectSizeGreaterThan?: number;
  /** bytes */
  readonly objectSizeLessThan?: number;
}
/** A move of objects to another storage class. */
export interface LifecycleTransition {
  /** GLACIER, DEEP_ARCHIVE, STANDARD_IA … */
  readonly storageClass: string;
  /** after creation; 0 for a rule with a date, which moves all older objects on that day */
  readonly days: number;
}
/** A log group as described. */
export interface LogGroupDetails {
  /** absent: never expires */
  readonly retentionInDays?: number;
  /** key ARN */
  readonly kmsKeyId?: string;
  readonly logGroupClass: string;
  readonly deletionProtectionEnabled?: boolean;
}
/** A metric filter of a log group. */
export interface MetricFilter {
  readonly name: string;
  readonly pattern: string;
  readonly metrics: readonly FilterMetric[];
  /** it reads events as a transformer of the log group left them */
  readonly applyOnTransformedLogs: boolean;
  /** it reads only events with these system fields */
  readonly fieldSelectionCriteria?: string;
}
/** A subscription filter of a log group. */
export interface SubscriptionFilter {
  readonly name: string;
  readonly pattern: string;
  readonly destinationArn: string;
  /** it reads events as a transformer of the log group left them */
  readonly applyOnTransformedLogs: boolean;
  /** it reads only events with these system fields */
  readonly fieldSelectionCriteria?: string;
}
/** Object Lock of a bucket; mode and days are the default retention. */
export interface ObjectLock {
  readonly enabled: boolean;
  /** GOVERNANCE or COMPLIANCE */
  readonly mode?: string;
  /** 365 for each year */
  readonly days?: number;
}
/** An OU, or the root. */
export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  readonly parentId?: string;
}
/** The four settings of S3 Block Public Access. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}
/** What became of the last thing that a recorder recorded. */
export interface RecorderEvent {
  /** Pending, Success, Failure or NotApplicable; missing: AWS tells none */
  readonly status?: string;
  readonly errorCode?: string;
}
/** Which types of resources a recorder records, and how often. */
export interface RecorderSettings {
  readonly name: string;
  /** all types but the global ones of IAM, only resourceTypes, or all but these */
  readonly strategy: 'all' | 'inclusion' | 'exclusion';
  /** those of the strategy, sorted; empty for all */
  readonly resourceTypes: readonly string[];
  /** with the strategy all: users, groups, roles and policies of IAM, too */
  readonly includesGlobalTypes?: boolean;
  /** the role that it records with; missing: an inventory of an earlier version */
  readonly roleArn?: string;
  readonly frequency: 'continuous' | 'daily';
  /** types that are recorded otherwise */
  readonly overrides: readonly RecordingOverride[];
}
/** Types that a recorder records at another frequency than all else. */
export interface RecordingOverride {
  readonly resourceTypes: readonly string[];
  readonly frequency: 'continuous' | 'daily';
}
/** A Region of an account. */
export interface Region {
  readonly name: string;
  /** ENABLED, ENABLED_BY_DEFAULT, DISABLED … */
  readonly optStatus: string;
}
/** A replication rule of a bucket. */
export interface ReplicationRule {
  readonly isEnabled: boolean;
  readonly prefix: string;
  readonly requiresTags: boolean;
  readonly destinationBucketArn: string;
  readonly destinationAccountId?: string;
  /** where the bucket that it replicates to lives; absent: there is no such bucket; missing: it is not enabled, or an inventory of an earlier version */
  readonly destinationRegion?: Known<string>;
  /** it takes in objects that a KMS key encrypts, too; missing: an inventory of an earlier version, or not recorded */
  readonly replicatesKmsEncrypted?: boolean;
}
/** GetRole's answer. */
export interface RoleDetails {
  /** who may assume it, as text */
  readonly trustPolicy: string;
  /** missing: it has none */
  readonly permissionsBoundaryArn?: string;
}
/** A policy of a role. */
export interface RolePolicy1 {
  /** of a managed policy its ARN */
  readonly name: string;
  /** as text; absent: it is gone */
  readonly document: Known<string>;
}
/** What the identity policies of an account say of stopping, deleting and changing trails, where the organization's trails can be changed. */
export interface TrailRights1 {
  /** known only where the list was read to its end */
  readonly rights: Known<RightsOnTrails>;
  readonly evidence: Readonly<Record<string, string>>;
}
/** Those that no policy can allow to change a trail are left out, and so are the policies that say nothing of it. */
export interface RightsOnTrails {
  /** each once, by name */
  readonly documents: readonly IdentityPolicy[];
  /** by ARN */
  readonly principals: readonly PrincipalRights[];
}
/** An identity policy or a permissions boundary. */
export interface IdentityPolicy {
  /** of a managed policy its ARN, of an inline policy whose it is and its name, e.g. role/Admin: stop-trails */
  readonly name: string;
  /** as text, the default version; missing when AWS did not tell it */
  readonly document?: string;
}
/** A user or role and its policies, those of its groups among them. */
export interface PrincipalRights {
  readonly arn: string;
  /** its unique id, AIDA… or AROA… */
  readonly id: string;
  /** names of documents, sorted */
  readonly policies: readonly string[];
  /** the name of the document that is its permissions boundary */
  readonly boundary?: string;
  /** its own, by key */
  readonly tags: {
    readonly [k: string]: string;
  };
}
/** Who holds AWS's policies of full access in an account where the organization's trails can be changed. */
export interface FullAccess1 {
  readonly policies: readonly AttachedPolicy[];
  /** the members of each group that holds one of them */
  readonly groups: readonly GroupMembers[];
}
/** Names, sorted. */
export interface PolicyEntities {
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly groups: readonly string[];
}
/** GetTopicAttributes's answer. */
export interface TopicAttributes {
  /** AWS account id */
  readonly owner: string;
  /** access policy of the topic, as text; missing: SNS did not tell it */
  readonly policy?: string;
  /** key id, alias or ARN, as set; missing: not encrypted */
  readonly kmsMasterKeyId?: string;
  readonly subscriptionsConfirmed: number;
  /** nobody has confirmed them yet */
  readonly subscriptionsPending: number;
}
/** The KMS key that encrypts a topic. */
export interface TopicKey {
  readonly arn: string;
  /** key policy, as text */
  readonly policy: string;
  /** Enabled, Disabled, PendingDeletion …; earlier inventories have none */
  readonly state?: string;
}
/** A subscription to a topic. Its endpoint is somebody's address, and is not kept. */
export interface TopicSubscription {
  /** email, sms, https, sqs, lambda … */
  readonly protocol: string;
  readonly isConfirmed: boolean;
  /** missing: not asked, as it waits to be confirmed, nothing that is judged publishes to the topic, or another subscription takes every message; earlier inventories have none; absent: the subscription is gone */
  readonly filter?: Known<MessageFilter>;
}
/** Which messages a subscription takes, by GetSubscriptionAttributes's answer. */
export interface MessageFilter {
  /** filter policy, as text; missing: it takes every message */
  readonly policy?: string;
  /** what the policy reads: MessageAttributes or MessageBody; missing: MessageAttributes */
  readonly scope?: string;
}
/** A flow log of a VPC. */
export interface FlowLog {
  readonly id: string;
  /** ACCEPT, REJECT or ALL */
  readonly trafficType: string;
  /** ACTIVE */
  readonly status: string;
  /** SUCCESS or FAILED; missing: EC2 did not tell */
  readonly deliveryStatus?: string;
  /** why the delivery fails */
  readonly deliveryError?: string;
  /** cloud-watch-logs, s3 or kinesis-data-firehose */
  readonly destinationType: string;
  /** ARN of the log group, bucket or stream, without folders; missing: EC2 did not tell */
  readonly destination?: string;
  /** absent: there is no such log group or bucket; missing: not asked */
  readonly destinationFound?: Known<boolean>;
  readonly destinationLogGroup?: LogGroupDetails1;
}
/** the log group that it sends to; missing: it is none, or could not be read */
export interface LogGroupDetails1 {
  /** absent: never expires */
  readonly retentionInDays?: number;
  /** key ARN */
  readonly kmsKeyId?: string;
  readonly logGroupClass: string;
  readonly deletionProtectionEnabled?: boolean;
}
/** A delivery of CloudWatch Logs, and what it delivers to. */
export interface DeliveryTarget {
  readonly id: string;
  /** S3, CWL, FH or XRAY */
  readonly type: string;
  /** ARN of the delivery destination */
  readonly through: string;
  /** ARN of the bucket, log group or stream behind it, without folders; missing: not read, or there is none */
  readonly destination?: string;
  /** absent: there is no such bucket or log group, or no such delivery destination; missing: not asked */
  readonly destinationFound?: Known<boolean>;
  readonly destinationLogGroup?: LogGroupDetails2;
}
/** the log group that it delivers to; missing: it is none, or could not be read */
export interface LogGroupDetails2 {
  /** absent: never expires */
  readonly retentionInDays?: number;
  /** key ARN */
  readonly kmsKeyId?: string;
  readonly logGroupClass: string;
  readonly deletionProtectionEnabled?: boolean;
}
/** Logging in the configuration of a distribution. */
export interface DistributionLogging {
  /** domain name of the bucket that standard logging (legacy) writes to; missing: it is off */
  readonly bucket?: string;
  /** absent: there is no such bucket; missing: not asked */
  readonly bucketFound?: Known<boolean>;
  /** of real-time logs, the least sampling rate in percent among its cache behaviors; absent: one of them has no real-time logs */
  readonly realTimeSampling: Known<number>;
}
/** Access logs in the attributes of a load balancer. */
export interface LoadBalancerLogging {
  /** name of the bucket that they are written to; missing: they are off */
  readonly bucket?: string;
  /** absent: there is no such bucket; missing: not asked */
  readonly bucketFound?: Known<boolean>;
}
/** The configuration of a trail. */
export interface TrailDescription {
  readonly s3BucketName: string;
  readonly s3KeyPrefix?: string;
  readonly snsTopicArn?: string;
  readonly includeGlobalServiceEvents: boolean;
  readonly isMultiRegionTrail: boolean;
  readonly isOrganizationTrail: boolean;
  readonly logFileValidationEnabled: boolean;
  /** key ARN */
  readonly kmsKeyId?: string;
  /** without the closing `:*` */
  readonly cloudWatchLogsLogGroupArn?: string;
  readonly cloudWatchLogsRoleArn?: string;
  readonly recursiveLogging?: boolean;
}
/** GetTrailStatus's answer in one Region for one account. Empty strings of AWS's are absent here. */
export interface TrailStatus {
  readonly isLogging: boolean;
  readonly startLoggingTime?: string;
  readonly stopLoggingTime?: string;
  readonly latestDeliveryTime?: string;
  readonly latestDeliveryError?: string;
  readonly latestDigestDeliveryTime?: string;
  readonly latestDigestDeliveryError?: string;
  readonly latestCloudWatchLogsDeliveryTime?: string;
  readonly latestCloudWatchLogsDeliveryError?: string;
  readonly latestNotificationTime?: string;
  readonly latestNotificationError?: string;
}
/** What a verification of a trail's log files against its digest files found. */
export interface LogVerification1 {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** findings and gaps that something was changed, added or removed */
  readonly tampering: number;
  /** each hour of the window was verified for each account and Region that was asked for */
  readonly isComplete: boolean;
  /** only some accounts or Regions were asked for, or more may belong to it */
  readonly isPart: boolean;
  readonly accounts: number;
  readonly regions: number;
  /** the first of what was found, or a sentence that all is well */
  readonly message: string;
}
