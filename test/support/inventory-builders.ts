import type {
  Account,
  Bucket,
  Distribution,
  EventDataStore,
  EventDataStoreDetails,
  EventSelectors,
  FlowLog,
  LoadBalancer,
  Gap,
  Inventory,
  Key,
  KeyMetadata,
  LogGroup,
  LogGroupDetails,
  ObservedTrail,
  Organization,
  Recorder,
  RecorderSettings,
  Role,
  Topic,
  TopicAttributes,
  Trail,
  TrailDescription,
  TrailStatus,
  EventBus,
  SecurityHub,
  Vpc,
} from '../../src/model/inventory.js';
import { parseArn } from '../../src/model/identifiers.js';
import { known, type Known } from '../../src/model/known.js';

/** Time of capture of the inventories that are built here. */
export const NOW = '2026-11-21T00:00:00.000Z';
export const MANAGEMENT = '111111111111';
export const MEMBER = '222222222222';
export const ORGANIZATION = 'o-example123';
export const REGION = 'eu-central-1';

/** What a builder takes for a resource's state: the members that differ from a healthy one, or known, absent, unknown. */
export type Facet<T> = Partial<T> | Known<T>;

function facet<T>(given: Facet<T> | undefined, healthy: T): Known<T> {
  if (given === undefined) return known(healthy);
  // None of the model's facets has a member `state`, so it marks a `Known`.
  if ('state' in given) return given;
  return known({ ...healthy, ...given });
}

/** Members set to `undefined` are left out, so that a test can take an optional member away. */
function without<T extends object>(it: T): T {
  // Leaving out members that are undefined does not change the type under exactOptionalPropertyTypes.
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as T;
}

/** A reason for something unknown; `id` is what `unknown(id)` refers to. */
export function aGap(it: Partial<Gap> & Pick<Gap, 'id'>): Gap {
  return {
    call: 'cloudtrail:GetTrailStatus',
    accountId: MEMBER,
    region: REGION,
    reason: 'access-denied',
    message: 'AccessDenied: not authorized',
    at: NOW,
    ...it,
  };
}

export function anOrganization(it: Partial<Organization> = {}): Organization {
  return {
    id: ORGANIZATION,
    arn: `arn:aws:organizations::${MANAGEMENT}:organization/${ORGANIZATION}`,
    managementAccountId: MANAGEMENT,
    featureSet: 'ALL',
    organizationalUnits: known([
      { id: 'r-root', name: 'Root' },
      { id: 'ou-prod', name: 'Production', parentId: 'r-root' },
    ]),
    policyTypes: known(['SERVICE_CONTROL_POLICY']),
    trustedServices: known(['cloudtrail.amazonaws.com']),
    delegatedAdministrators: known([]),
    evidence: {},
    ...it,
  };
}

/** An active account that was read and owns nothing; its trails are filled in by `anInventory`. */
export function anAccount(it: Partial<Account> & Pick<Account, 'id'>): Account {
  return {
    arn: `arn:aws:organizations::${MANAGEMENT}:account/${ORGANIZATION}/${it.id}`,
    name: `account-${it.id.slice(0, 4)}`,
    state: 'ACTIVE',
    joinedAt: '2025-01-01T00:00:00.000Z',
    parents: known(['r-root', 'ou-prod']),
    ownTrails: known([]),
    observedTrails: [],
    regions: known([
      { name: REGION, optStatus: 'ENABLED_BY_DEFAULT' },
      { name: 'us-east-1', optStatus: 'ENABLED_BY_DEFAULT' },
    ]),
    publicAccessBlock: known(allBlocked),
    evidence: {},
    ...it,
  };
}

/** A recorder that works and records everything; its settings as a test says, for all else `parts`. */
export function aRecorder(region: string, settings?: Facet<RecorderSettings>, parts: Partial<Recorder> = {}): Recorder {
  return {
    region,
    settings: facet(settings, {
      name: 'default',
      strategy: 'all',
      resourceTypes: [],
      includesGlobalTypes: false,
      frequency: 'continuous',
      overrides: [],
    }),
    recording: known(true),
    lastEvent: known({ status: 'Success' }),
    evidence: {},
    ...parts,
  };
}

export const allBlocked = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
} as const;

export const nothingBlocked = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
} as const;

/** Selectors that take in every management event. */
export const allManagementEvents: EventSelectors = {
  basic: [
    { readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [], dataResources: [] },
  ],
  advanced: [],
};

/** A status without errors, all channels delivered within the last hour. */
export function aStatus(it: Partial<TrailStatus> = {}): TrailStatus {
  return without({
    isLogging: true,
    startLoggingTime: '2026-01-01T00:00:00.000Z',
    latestDeliveryTime: '2026-11-20T23:55:00.000Z',
    latestDigestDeliveryTime: '2026-11-20T23:30:00.000Z',
    latestCloudWatchLogsDeliveryTime: '2026-11-20T23:56:00.000Z',
    ...it,
  });
}

export interface TrailParts extends Partial<
  Pick<Trail, 'name' | 'accountId' | 'homeRegion' | 'insightSelectors' | 'tags' | 'logVerification' | 'evidence'>
> {
  readonly description?: Facet<TrailDescription>;
  readonly status?: Facet<TrailStatus>;
  readonly eventSelectors?: Facet<EventSelectors>;
}

/** A logging, delivering, multi-Region organization trail with validation, key and log group. */
export function aTrail(it: TrailParts = {}): Trail {
  const { name = 'main', accountId = MANAGEMENT, homeRegion = REGION } = it;
  const description = facet<TrailDescription>(it.description, {
    s3BucketName: 'trail-logs',
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: true,
    isOrganizationTrail: accountId === MANAGEMENT,
    logFileValidationEnabled: true,
    kmsKeyId: keyArn(),
    cloudWatchLogsLogGroupArn: logGroupArn(),
    cloudWatchLogsRoleArn: roleArn('cloudtrail-to-logs', accountId),
  });
  const status = facet<TrailStatus>(it.status, aStatus());
  return {
    arn: trailArn(name, accountId, homeRegion),
    name,
    accountId,
    homeRegion,
    description: description.state === 'known' ? known(without(description.value)) : description,
    status: status.state === 'known' ? known(without(status.value)) : status,
    eventSelectors: facet(it.eventSelectors, allManagementEvents),
    insightSelectors: it.insightSelectors ?? known([]),
    tags: it.tags ?? known({ owner: 'security' }),
    ...(it.logVerification === undefined ? {} : { logVerification: it.logVerification }),
    evidence: it.evidence ?? {},
  };
}

export function trailArn(name = 'main', accountId = MANAGEMENT, region = REGION): string {
  return `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
}

export interface EventDataStoreParts extends Partial<
  Pick<EventDataStore, 'accountId' | 'region' | 'name' | 'evidence'>
> {
  readonly id?: string;
  readonly details?: Facet<EventDataStoreDetails>;
}

/** An enabled, multi-Region event data store of the whole organization that takes in all management events. */
export function anEventDataStore(it: EventDataStoreParts = {}): EventDataStore {
  const { id = 'lake', accountId = MANAGEMENT, region = REGION } = it;
  const all = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  const details = facet<EventDataStoreDetails>(it.details, {
    status: 'ENABLED',
    multiRegionEnabled: true,
    organizationEnabled: accountId === MANAGEMENT,
    terminationProtectionEnabled: true,
    retentionPeriod: 2557,
    billingMode: 'EXTENDABLE_RETENTION_PRICING',
    advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', ...all, equals: ['Management'] }] }],
  });
  return {
    arn: `arn:aws:cloudtrail:${region}:${accountId}:eventdatastore/${id}`,
    name: it.name ?? id,
    accountId,
    region,
    details: details.state === 'known' ? known(without(details.value)) : details,
    evidence: it.evidence ?? {},
  };
}

/** A private, versioned bucket of the management account that keeps its objects for ever. */
export function aBucket(it: Partial<Bucket> = {}): Bucket {
  const name = it.name ?? 'trail-logs';
  const owner = it.owner ?? known({ accountId: MANAGEMENT, region: REGION });
  const healthy: Omit<Bucket, 'name' | 'arn' | 'owner' | 'evidence'> = {
    policy: known('{"Version":"2012-10-17","Statement":[]}'),
    policyStatus: known({ isPublic: false }),
    acl: known([{ grantee: 'owner', granteeType: 'CanonicalUser', permission: 'FULL_CONTROL' }]),
    objectOwnership: known('BucketOwnerEnforced'),
    publicAccessBlock: known(allBlocked),
    versioning: known({ status: 'Enabled', mfaDelete: false }),
    objectLock: known({ enabled: true, mode: 'COMPLIANCE', days: 365 }),
    encryption: known({ sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn(), bucketKeyEnabled: true }),
    lifecycleRules: known([]),
    accessLogging: known({ targetBucket: 'access-logs', targetPrefix: 'trail/' }),
    replication: known([]),
    notificationDestinations: known([]),
    requesterPays: known(false),
    tags: known({ owner: 'security' }),
  };
  // Collecting leaves every facet of a bucket as unknown, or as absent, as its owner is.
  const facets = owner.state === 'known' ? healthy : mapFacets(healthy, owner);
  return { name, arn: `arn:aws:s3:::${name}`, owner, ...facets, evidence: {}, ...it };
}

function mapFacets<T extends object>(healthy: T, it: Known<never>): T {
  // Every member of a bucket's facets is a `Known`, and `Known<never>` fits each.
  return Object.fromEntries(Object.keys(healthy).map((name) => [name, it])) as T;
}

export interface KeyParts extends Partial<Pick<Key, 'arn' | 'names' | 'rotation' | 'policy' | 'grants' | 'evidence'>> {
  readonly metadata?: Facet<KeyMetadata>;
}

export function keyArn(id = 'logs', accountId = MANAGEMENT, region = REGION): string {
  return `arn:aws:kms:${region}:${accountId}:key/${id}`;
}

/** An enabled customer managed key that rotates. */
export function aKey(it: KeyParts = {}): Key {
  const { arn = keyArn() } = it;
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  const metadata = facet<KeyMetadata>(it.metadata, {
    keyState: 'Enabled',
    keyManager: 'CUSTOMER',
    origin: 'AWS_KMS',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
  });
  const unread: Known<never> | undefined = metadata.state === 'known' ? undefined : metadata;
  return {
    arn,
    keyId: resource.replace(/^key\//, ''),
    accountId,
    region,
    names: it.names ?? [arn],
    metadata,
    rotation: it.rotation ?? unread ?? known({ enabled: true, periodInDays: 365 }),
    policy: it.policy ?? unread ?? known('{"Version":"2012-10-17","Statement":[]}'),
    grants: it.grants ?? unread ?? known([]),
    evidence: it.evidence ?? {},
  };
}

export function logGroupArn(name = 'trail', accountId = MANAGEMENT, region = REGION): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
}

export interface LogGroupParts extends Partial<Pick<LogGroup, 'arn' | 'evidence'>> {
  readonly details?: Facet<LogGroupDetails>;
}

export function aLogGroup(it: LogGroupParts = {}): LogGroup {
  const { arn = logGroupArn() } = it;
  const { accountId = '', region = '', resource = '' } = parseArn(arn) ?? {};
  return {
    arn,
    name: resource.replace(/^log-group:/, ''),
    accountId,
    region,
    details: facet<LogGroupDetails>(it.details, { logGroupClass: 'STANDARD' }),
    evidence: it.evidence ?? {},
  };
}

export function topicArn(name = 'trail', accountId = MANAGEMENT, region = REGION): string {
  return `arn:aws:sns:${region}:${accountId}:${name}`;
}

export interface TopicParts extends Partial<Pick<Topic, 'arn' | 'subscriptions' | 'evidence'>> {
  readonly attributes?: Facet<TopicAttributes>;
}

/** A topic with one subscriber by e-mail, who has confirmed. */
export function aTopic(it: TopicParts = {}): Topic {
  const { arn = topicArn() } = it;
  const { accountId = '', region = '', resource: name = '' } = parseArn(arn) ?? {};
  const attributes = facet<TopicAttributes>(it.attributes, {
    owner: accountId,
    policy: '{"Version":"2008-10-17","Statement":[]}',
    subscriptionsConfirmed: 1,
    subscriptionsPending: 0,
  });
  const unread: Known<never> | undefined = attributes.state === 'known' ? undefined : attributes;
  return {
    arn,
    name,
    accountId,
    region,
    attributes,
    subscriptions: it.subscriptions ?? unread ?? known([{ protocol: 'email', isConfirmed: true, filter: known({}) }]),
    evidence: it.evidence ?? {},
  };
}

/** Of the role with which trails write to CloudWatch Logs. */
export function roleArn(name = 'cloudtrail-to-logs', accountId = MANAGEMENT): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}

/** A role that CloudTrail may assume, without policies. */
export function aRole(it: Partial<Role> = {}): Role {
  const { name = 'cloudtrail-to-logs', accountId = MANAGEMENT } = it;
  const trustPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 'sts:AssumeRole',
    },
  });
  return {
    arn: roleArn(name, accountId),
    name,
    accountId,
    details: known({ trustPolicy }),
    inlinePolicies: known([]),
    attachedPolicies: known([]),
    evidence: {},
    ...it,
  };
}

/** A VPC of a member, with a flow log of all traffic to a bucket that is there. */
export function aVpc(it: Partial<Vpc> = {}): Vpc {
  const { accountId = MEMBER, region = REGION, name = 'vpc-1a2b3c4d' } = it;
  return {
    arn: `arn:aws:ec2:${region}:${accountId}:vpc/${name}`,
    name,
    accountId,
    region,
    isDefault: false,
    flowLogs: known([aFlowLog()]),
    evidence: {},
    ...it,
  };
}

/** An Application Load Balancer of a member that logs to a bucket that is there. */
export function aLoadBalancer(it: Partial<LoadBalancer> = {}): LoadBalancer {
  const { accountId = MEMBER, region = REGION, name = 'web' } = it;
  return {
    arn: `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/${name}/1a2b3c4d`,
    name,
    accountId,
    region,
    type: 'application',
    hasTlsListener: known(false),
    logging: known({ bucket: 'access-logs', bucketFound: known(true) }),
    deliveries: known([]),
    evidence: {},
    ...it,
  };
}

/** The default event bus of a member. */
export function anEventBus(it: Partial<EventBus> = {}): EventBus {
  const { accountId = MEMBER, region = REGION } = it;
  const arn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  return { arn, name: 'default', accountId, region, busArn: known(arn), evidence: {}, ...it };
}

/** Security Hub of a member, on in its Region. */
export function aSecurityHub(it: Partial<SecurityHub> = {}): SecurityHub {
  const { accountId = MEMBER, region = REGION } = it;
  const arn = `arn:aws:securityhub:${region}:${accountId}:hub/default`;
  return { arn, name: 'default', accountId, region, hubArn: known(arn), evidence: {}, ...it };
}

/** A distribution of a member, with standard logging of either kind and real-time logs. */
export function aDistribution(it: Partial<Distribution> = {}): Distribution {
  const { accountId = MEMBER, name = 'E1A2B3C4D5' } = it;
  return {
    arn: `arn:aws:cloudfront::${accountId}:distribution/${name}`,
    name,
    accountId,
    region: 'global',
    isEnabled: true,
    logging: known({ bucket: 'access-logs.s3.amazonaws.com', realTimeSampling: known(100) }),
    deliveries: known(['a1b2c3d4']),
    evidence: {},
    ...it,
  };
}

/** A flow log of all traffic that delivers to a bucket that is there. */
export function aFlowLog(it: Partial<FlowLog> = {}): FlowLog {
  return {
    id: 'fl-1a2b3c4d',
    trafficType: 'ALL',
    status: 'ACTIVE',
    deliveryStatus: 'SUCCESS',
    destinationType: 's3',
    destination: 'arn:aws:s3:::flow-logs',
    destinationFound: known(true),
    ...it,
  };
}

/** A member's own answer on an organization trail. */
export function anObservation(it: Partial<ObservedTrail> & { readonly trailArn?: string } = {}): ObservedTrail {
  return { trailArn: trailArn(), status: known(aStatus()), evidence: {}, ...it };
}

/**
 * An inventory of an organization with a management account and a member, and a healthy organization trail with its
 * bucket, key and log group. What is given replaces a list as a whole. An account that could be read owns the trails
 * whose ARN names it, and observes each organization trail of another account unless it says what it observed.
 */
export function anInventory(it: Partial<Inventory> = {}): Inventory {
  const organization = it.organization === undefined ? anOrganization() : it.organization;
  const trails = it.trails ?? [aTrail()];
  const accounts = it.accounts ?? [anAccount({ id: MANAGEMENT, name: 'management' }), anAccount({ id: MEMBER })];
  return {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version: '0.0.0-test' },
    capturedAt: NOW,
    source: 'live',
    partition: 'aws',
    caller: { accountId: MANAGEMENT, arn: `arn:aws:iam::${MANAGEMENT}:role/audit` },
    scope: { accounts: [], excludedAccounts: [], organizationalUnits: [], deep: false },
    interrupted: false,
    eventDataStores: [],
    buckets: [aBucket()],
    keys: [aKey()],
    logGroups: [aLogGroup()],
    evidence: [],
    gaps: [],
    apiCalls: { total: 0, denied: 0, byOperation: {} },
    ...it,
    organization,
    trails,
    accounts: accounts.map((account) => withTrails(account, trails)),
  };
}

function withTrails(account: Account, trails: readonly Trail[]): Account {
  if (account.ownTrails.state !== 'known') return account;
  const own = trails.filter((trail) => trail.accountId === account.id).map((trail) => trail.arn);
  const told = new Set(account.observedTrails.map((seen) => seen.trailArn));
  const others = trails.filter(
    ({ accountId, arn, description }) =>
      accountId !== account.id &&
      !told.has(arn) &&
      description.state === 'known' &&
      description.value.isOrganizationTrail,
  );
  return {
    ...account,
    ownTrails: known([...new Set([...account.ownTrails.value, ...own])].toSorted()),
    observedTrails: [...account.observedTrails, ...others.map((trail) => anObservation({ trailArn: trail.arn }))],
  };
}

export { absent, known, unknown } from '../../src/model/known.js';
