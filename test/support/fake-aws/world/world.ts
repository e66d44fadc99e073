import type { AccountJoinedMethod, AccountState, OrganizationFeatureSet } from '@aws-sdk/client-organizations';
import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3-control';
import type {
  AggregatedSourceStatus,
  AggregatorFilters,
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
} from '@aws-sdk/client-config-service';
import type {
  WorldAlarm,
  WorldMuteRule,
  WorldBucket,
  WorldDeliveries,
  WorldDistribution,
  WorldEventDataStore,
  WorldAttachment,
  WorldIamGroup,
  WorldIamUser,
  WorldIamRole,
  WorldKey,
  WorldLoadBalancer,
  WorldLogGroup,
  WorldEventBus,
  WorldRule,
  WorldTopic,
  WorldTrail,
  WorldSecurityHub,
  WorldVpc,
} from './resources.js';

/** All that the fake AWS knows, as plain data; what is not stated here does not exist. */
export interface World {
  /** aws, aws-cn or aws-us-gov. */
  readonly partition: string;
  readonly organization: WorldOrganization | null;
  readonly accounts: readonly WorldAccount[];
  readonly trails: readonly WorldTrail[];
  readonly eventDataStores: readonly WorldEventDataStore[];
  readonly buckets: readonly WorldBucket[];
  readonly keys: readonly WorldKey[];
  readonly logGroups: readonly WorldLogGroup[];
  readonly alarms?: readonly WorldAlarm[];
  readonly muteRules?: readonly WorldMuteRule[];
  /** CloudWatch is of the time before mute rules. */
  readonly isWithoutMuteRules?: boolean;
  readonly eventRules?: readonly WorldRule[];
  /** Event buses besides the default ones, and default ones that have a policy. */
  readonly eventBuses?: readonly WorldEventBus[];
  readonly topics: readonly WorldTopic[];
  /** Roles that trails name; without one, it is there and may write logs. */
  readonly iamRoles?: readonly WorldIamRole[];
  /** JSON texts of managed policies, by ARN. */
  readonly managedPolicies?: Readonly<Record<string, string>>;
  /** To whom managed policies are attached; without one, to nobody. */
  readonly attachments?: readonly WorldAttachment[];
  readonly iamGroups?: readonly WorldIamGroup[];
  readonly iamUsers?: readonly WorldIamUser[];
  readonly vpcs?: readonly WorldVpc[];
  readonly distributions?: readonly WorldDistribution[];
  readonly loadBalancers?: readonly WorldLoadBalancer[];
  /** Where Security Hub is on. */
  readonly securityHubs?: readonly WorldSecurityHub[];
  /** Sampling rates of real-time log configurations, by ARN. */
  readonly samplingRates?: Readonly<Record<string, number>>;
  readonly deliveries?: readonly WorldDeliveries[];
  /** The only Regions that are on by default; without them, those of the partition. */
  readonly regions?: readonly string[];
  /** What lies in buckets, by bucket and key. */
  readonly objects?: Readonly<Record<string, Readonly<Record<string, WorldObject>>>>;
  /** Keys that CloudTrail signs digest files with, by Region. */
  readonly publicKeys?: Readonly<Record<string, readonly WorldPublicKey[]>>;
  /** What CloudTrail keeps of each account and Region, whether or not there is a trail. */
  readonly eventHistory?: Readonly<Record<string, Readonly<Record<string, readonly WorldEvent[]>>>>;
  /** Tables of log files, and what runs queries over them. */
  readonly athena?: WorldAthena;
  /** What runs queries over its event data stores. */
  readonly lake?: { readonly engine: (sql: string) => LakeRows };
  /** What its log groups hold, where they are asked with Logs Insights. */
  readonly insights?: { readonly events: readonly WorldLogEvent[] };
  /** What AWS Config recorded; without it, nothing. */
  readonly config?: WorldConfig;
}

export interface WorldAthena {
  /** By `database.table`. */
  readonly tables: Readonly<
    Record<
      string,
      {
        readonly columns: readonly { readonly name: string; readonly type: string }[];
        readonly partitionKeys: readonly { readonly name: string; readonly type: string }[];
        readonly parameters: Readonly<Record<string, string>>;
      }
    >
  >;
  /** Where results go: `s3://bucket/prefix/`; or Athena keeps them itself. */
  readonly workgroups: Readonly<Record<string, { readonly output?: string; readonly isManaged?: true }>>;
  /** The rows that a query gives, its header first. */
  readonly engine: (sql: string) => AthenaRows;
}

export type AthenaRows = readonly (readonly (string | number | null)[])[];

/** By the names of columns; null is NULL. */
export type LakeRows = readonly Readonly<Record<string, string | null>>[];

export interface WorldLogEvent {
  /** Its @timestamp, ISO 8601. */
  readonly at: string;
  readonly message: string;
}

/** Its content alone, or with what S3 keeps beside it. */
export type WorldObject = Buffer | StoredObject;

interface StoredObject {
  readonly body: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  /** The code that S3 refuses to give it with, as `InvalidObjectState` for one in an archive. */
  readonly refusal?: string;
}

/** A record, and the resources that LookupEvents finds it by. */
export interface WorldEvent {
  readonly record: Readonly<Record<string, unknown>>;
  readonly resources?: readonly { readonly name: string; readonly type?: string }[];
}

export interface WorldPublicKey {
  readonly fingerprint: string;
  /** DER, in base64. */
  readonly value: string;
  readonly validFrom: number;
  readonly validTo: number;
}

export interface WorldOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  readonly featureSet: OrganizationFeatureSet;
  readonly root: { readonly id: string; readonly name: string; readonly policyTypes: readonly string[] };
  readonly organizationalUnits: readonly WorldOrganizationalUnit[];
  /** Service principals with trusted access. */
  readonly trustedServices: readonly string[];
  readonly delegatedAdministrators: readonly { readonly accountId: string; readonly service: string }[];
  /** Beside those of AWS, which allow everything and are attached everywhere. */
  readonly controlPolicies: readonly WorldControlPolicy[];
}

export interface WorldControlPolicy {
  readonly id: string;
  readonly name: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  /** JSON text. */
  readonly content: string;
  /** Ids of the root, of OUs and accounts. */
  readonly targets: readonly string[];
}

export interface WorldOrganizationalUnit {
  readonly id: string;
  readonly name: string;
  /** The root or another OU. */
  readonly parent: string;
}

export interface WorldAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: AccountState;
  readonly joinedMethod: AccountJoinedMethod;
  readonly joinedAt: Date;
  /** The root or OU that holds it; null: outside of the organization. */
  readonly parent: string | null;
  /** In Organizations. */
  readonly tags: Readonly<Record<string, string>>;
  /** Opt-in Regions that are not plainly disabled; those on by default are always enabled. */
  readonly optInRegions: Readonly<Record<string, OptInStatus>>;
  readonly roles: readonly WorldRole[];
  /** What binds every principal of the account. */
  readonly denials: readonly Denial[];
  /** The account's own Block Public Access; null: never set. */
  readonly publicAccessBlock: PublicAccessBlockConfiguration | null;
  /** Whether CloudTrail Lake answers: since 2026-05-31 it is closed to accounts that did not use it. */
  readonly hasCloudTrailLake: boolean;
}

type OptInStatus = 'ENABLED' | 'ENABLING' | 'DISABLING' | 'DISABLED';

export interface WorldRole {
  readonly name: string;
  /** Account ids, principal ARNs, `management`, `delegated-administrators` or `*`. */
  readonly trusts: readonly string[];
  /** The external id that its trust policy demands. */
  readonly externalId: string | null;
  /** Whether its trust policy allows sts:SetSourceIdentity. */
  readonly allowsSourceIdentity: boolean;
  /** Seconds. */
  readonly maxSessionDuration: number;
  readonly denials: readonly Denial[];
}

/** Who says no; it decides the wording of AWS's answer. A service control policy never binds the management account. */
export type DenialEffect =
  | 'no-identity-policy'
  | 'identity-policy'
  | 'resource-policy'
  | 'service-control-policy'
  | 'resource-control-policy';

export interface Denial {
  /** An IAM action, with `*` and `?`: `cloudtrail:Get*`. */
  readonly action: string;
  readonly effect: DenialEffect;
  /** Where it holds; without it, everywhere. */
  readonly regions?: readonly string[];
  /** Resource ARNs, with `*` and `?`; without it, all. */
  readonly resources?: readonly string[];
}

/** AWS Config's records of the world: whatever a test wants them to be, as they may lag behind it. */
export interface WorldConfig {
  readonly aggregators: readonly WorldAggregator[];
  readonly recorders: readonly WorldRecorder[];
  /** As snapshots write them. */
  readonly items: readonly SnapshotItem[];
}

export interface WorldAggregator {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** The accounts that it names; null: those of the organization. */
  readonly accounts: readonly string[] | null;
  /** Accounts whose data does not reach it, with AWS's message. */
  readonly failures?: Readonly<Record<string, string>>;
  /** Sources whose data it keeps answering with, though AWS says that it is not the most recent. */
  readonly outdated?: readonly AggregatedSourceStatus[];
  readonly filters?: AggregatorFilters;
}

export interface WorldRecorder {
  readonly accountId: string;
  readonly region: string;
  readonly description: ConfigurationRecorder;
  readonly recording: boolean;
  /** Members of its status beside these. */
  readonly status?: Partial<ConfigurationRecorderStatus>;
}

/** A configuration item as a snapshot or history file holds it. */
export interface SnapshotItem {
  readonly awsAccountId: string;
  readonly awsRegion: string;
  readonly resourceType: string;
  readonly resourceId: string;
  readonly ARN: string;
  readonly configurationItemCaptureTime: string;
  readonly configurationItemStatus: string;
  readonly configuration: Readonly<Record<string, unknown>> | null;
  readonly supplementaryConfiguration: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
}
