import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventDataStoreResponse,
  GetTrailStatusResponse,
  InsightSelector,
  Trail,
} from '@aws-sdk/client-cloudtrail';
import { managementAccountId } from './build-accounts.js';
import type { TrailSelectors, WorldEventDataStore, WorldTrail } from './resources.js';

/** What a test states of a trail: members as DescribeTrails names them, and what the other calls give. */
export interface TrailParts extends Omit<Trail, 'TrailARN'> {
  /** Its owner: the management account unless told otherwise. */
  readonly accountId?: string;
  readonly partition?: string;
  readonly status?: GetTrailStatusResponse;
  readonly inMembers?: WorldTrail['inMembers'];
  readonly eventSelectors?: readonly EventSelector[];
  readonly advancedEventSelectors?: readonly AdvancedEventSelector[];
  readonly insightSelectors?: readonly InsightSelector[];
  readonly tags?: WorldTrail['tags'];
}

/**
 * A trail as CreateTrail makes it through the console: multi-Region, with log file validation, recording all
 * management events, delivering well. An organization trail with `IsOrganizationTrail: true`.
 */
export function aTrail(parts: TrailParts = {}): WorldTrail {
  const { accountId = managementAccountId, partition = 'aws', status, inMembers, ...rest } = parts;
  const { eventSelectors, advancedEventSelectors, insightSelectors, tags, ...members } = rest;
  const { Name: name = 'audit', HomeRegion: homeRegion = 'us-east-1' } = members;
  const arn = `arn:${partition}:cloudtrail:${homeRegion}:${accountId}:trail/${name}`;
  const description: Trail = {
    S3BucketName: 'example-trail-logs',
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: eventSelectors !== undefined || advancedEventSelectors !== undefined,
    HasInsightSelectors: insightSelectors !== undefined,
    IsOrganizationTrail: false,
    ...members,
    Name: name,
    HomeRegion: homeRegion,
    TrailARN: arn,
  };
  return {
    arn,
    accountId,
    name,
    homeRegion,
    description,
    status: status ?? aStatus(),
    inMembers: inMembers ?? {},
    selectors: selectorsOf(eventSelectors, advancedEventSelectors),
    insightSelectors: insightSelectors ?? null,
    ...(tags === undefined ? {} : { tags }),
  };
}

function selectorsOf(
  basic: readonly EventSelector[] | undefined,
  advanced: readonly AdvancedEventSelector[] | undefined,
): TrailSelectors {
  if (advanced !== undefined) return { kind: 'advanced', selectors: advanced };
  return { kind: 'basic', selectors: basic ?? [allManagementEvents] };
}

/** What a trail has that nobody gave selectors to. */
const allManagementEvents: EventSelector = {
  ReadWriteType: 'All',
  IncludeManagementEvents: true,
  DataResources: [],
  ExcludeManagementEventSources: [],
};

/**
 * The status of a trail that logs and delivers, five minutes ago for the last time; digests every hour.
 * An error: `aStatus({ LatestDeliveryError: 'AccessDenied' })`.
 */
export function aStatus(parts: GetTrailStatusResponse = {}, now: Date = new Date()): GetTrailStatusResponse {
  const minutesAgo = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
  return {
    IsLogging: true,
    LatestDeliveryTime: minutesAgo(5),
    LatestDigestDeliveryTime: minutesAgo(40),
    LatestCloudWatchLogsDeliveryTime: minutesAgo(4),
    StartLoggingTime: new Date('2024-03-01T10:00:00Z'),
    LatestDeliveryAttemptTime: minutesAgo(5).toISOString().replace(/\.\d+/, ''),
    LatestDeliveryAttemptSucceeded: minutesAgo(5).toISOString().replace(/\.\d+/, ''),
    LatestNotificationAttemptTime: '',
    LatestNotificationAttemptSucceeded: '',
    TimeLoggingStarted: '2024-03-01T10:00:00Z',
    TimeLoggingStopped: '',
    ...parts,
  };
}

/** What a test states of an event data store: members as GetEventDataStore names them. */
export interface EventDataStoreParts extends Omit<GetEventDataStoreResponse, 'EventDataStoreArn'> {
  readonly accountId?: string;
  readonly region?: string;
  readonly partition?: string;
  /** The UUID that ends its ARN. */
  readonly id?: string;
}

/** An event data store of one account that records all management events and ingests. */
export function anEventDataStore(parts: EventDataStoreParts = {}): WorldEventDataStore {
  const { accountId = managementAccountId, region = 'us-east-1', partition = 'aws', ...rest } = parts;
  const { id = '11111111-2222-4333-8444-555555555555', Name: name = 'lake', ...members } = rest;
  const arn = `arn:${partition}:cloudtrail:${region}:${accountId}:eventdatastore/${id}`;
  const details: GetEventDataStoreResponse = {
    Status: 'ENABLED',
    AdvancedEventSelectors: [
      { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
    ],
    MultiRegionEnabled: true,
    OrganizationEnabled: false,
    RetentionPeriod: 366,
    TerminationProtectionEnabled: true,
    CreatedTimestamp: new Date('2024-03-01T10:00:00Z'),
    UpdatedTimestamp: new Date('2024-03-01T10:05:00Z'),
    BillingMode: 'EXTENDABLE_RETENTION_PRICING',
    FederationStatus: 'DISABLED',
    ...members,
    EventDataStoreArn: arn,
    Name: name,
  };
  return { arn, accountId, region, name, details };
}
