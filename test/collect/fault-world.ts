import {
  aBucket,
  aDistribution,
  aFlowLog,
  aLoadBalancer,
  aMetricAlarm,
  aMetricFilter,
  aMuteRule,
  anEventBus,
  anEventRule,
  anAccount,
  anEventDataStore,
  anOrganization,
  anOrganizationalUnit,
  aSendingRole,
  aSendingRule,
  aTopic,
  aVpc,
  aWorld,
  deliversAccessLogs,
  type World,
} from '../support/fake-aws/index.js';
import { aRecorder } from '../support/config-items.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, logArchive, management, prod } from '../support/worlds.js';

/** Member that only sees the organization trail. */
const plainMember = '555566667777';

/** The delegated administrator, which nothing about a bucket names. */
export const security = '666677778888';

/** The account in which each operation fails, when it is one of the account's own: it has everything. */
export const faultyAccount = prod;

export const everyAccount = [management, logArchive, prod, dev, plainMember, security];

const topic = aTopic({ accountId: prod });

/** Its policy leaves it to its owner's access points who may read. */
const bucketOfProd = aBucket({
  name: `logs-of-${prod}`,
  accountId: prod,
  policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::logs-of-${prod}/*`,
        Condition: { StringEquals: { 's3:DataAccessPointAccount': prod } },
      },
    ],
  }),
  publicAccessBlock: null,
  tags: { owner: 'audit' },
  accessPoints: [false, true].map((isMultiRegion) => ({
    name: isMultiRegion ? 'everywhere' : 'audit',
    networkOrigin: 'Internet',
    isPublic: false,
    restrictsPublic: false,
    isMultiRegion,
  })),
});

/** The event bus to which prod's rule sends events on. */
const central = `arn:aws:events:us-east-1:${prod}:event-bus/central`;

const distribution = aDistribution({
  accountId: prod,
  realTimeConfigs: [`arn:aws:cloudfront::${prod}:realtime-log-config/all`],
});

const writesLogs = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
});

/**
 * A small organization in which every operation is called: prod has a single-Region trail with Insights, bucket, key,
 * log group and topic; the bucket of dev's trail is only found in the list of the delegated administrator.
 */
export const faultWorld: World = {
  ...joined(
    anOrganizationWithATrail({
      organization: anOrganization({
        organizationalUnits: [anOrganizationalUnit({ id: 'ou-exam-workload1', name: 'workloads' })],
        delegatedAdministrators: [{ accountId: security, service: 'cloudtrail.amazonaws.com' }],
      }),
      eventDataStores: [anEventDataStore({})],
      topics: [topic],
    }),
    { accounts: [anAccount({ id: plainMember, name: 'plain' }), anAccount({ id: security, name: 'security' })] },
    {
      ...anOwnTrail(
        prod,
        {
          IsMultiRegionTrail: false,
          insightSelectors: [{ InsightType: 'ApiCallRateInsight' }],
          tags: { owner: 'audit' },
          SnsTopicARN: topic.arn,
        },
        [aMetricFilter('root-usage', '{ $.userIdentity.type = "Root" }')],
      ),
      buckets: [bucketOfProd],
    },
    {
      alarms: [aMetricAlarm('root-usage', [topic.arn], { accountId: prod })],
      muteRules: [aMuteRule(['another'], { accountId: prod })],
      eventRules: [
        anEventRule({ source: ['aws.cloudtrail'] }, [topic.arn], { accountId: prod }),
        aSendingRule({ source: ['aws.cloudtrail'] }, central, { accountId: prod, Name: 'send-on' }),
        anEventRule({ source: ['aws.cloudtrail'] }, [topic.arn], {
          accountId: prod,
          EventBusName: 'central',
          Name: 'sent-on',
        }),
      ],
      eventBuses: [anEventBus(prod, 'central', [prod])],
    },
    { ...anOwnTrail(dev, { S3BucketName: 'kept-elsewhere' }), buckets: [] },
    aWorld({ accounts: [], buckets: [aBucket({ name: 'kept-elsewhere', accountId: security })] }),
  ),
  // Each is asked for its VPCs.
  regions: ['eu-central-1', 'us-east-1'],
  vpcs: [
    aVpc({ accountId: prod, flowLogs: [aFlowLog(`arn:aws:s3:::logs-of-${prod}`)] }),
    aVpc({ accountId: dev, flowLogs: [aFlowLog(`arn:aws:logs:us-east-1:${dev}:log-group:flow-logs`)] }),
  ],
  iamRoles: [
    aSendingRole(prod),
    {
      accountId: prod,
      arn: `arn:aws:iam::${prod}:role/cloudtrail-logs`,
      inlinePolicies: { 'write-logs': writesLogs },
      attachedPolicies: [`arn:aws:iam::${prod}:policy/write-logs`],
    },
    {
      accountId: security,
      arn: `arn:aws:iam::${security}:role/stopper`,
      inlinePolicies: { stop: '{"Statement":[{"Effect":"Allow","Action":"cloudtrail:StopLogging","Resource":"*"}]}' },
    },
  ],
  managedPolicies: { [`arn:aws:iam::${prod}:policy/write-logs`]: writesLogs },
  attachments: [
    { accountId: management, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', groups: ['admins'] },
    { accountId: security, policyArn: 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess', roles: ['trails'] },
  ],
  iamGroups: [{ accountId: management, name: 'admins', users: ['ann', 'bob'] }],
  distributions: [distribution],
  loadBalancers: [
    aLoadBalancer({ accountId: prod, type: 'network', bucket: `logs-of-${prod}`, protocols: ['TLS'] }),
    aLoadBalancer({ accountId: prod, type: 'classic', name: 'old' }),
  ],
  deliveries: [deliversAccessLogs(distribution)],
  securityHubs: [{ accountId: prod, region: 'eu-central-1' }],
  samplingRates: { [`arn:aws:cloudfront::${prod}:realtime-log-config/all`]: 100 },
  config: {
    aggregators: [],
    recorders: [aRecorder({ accountId: prod, status: { lastStatus: 'Failure', lastErrorCode: 'AccessDenied' } })],
    items: [],
  },
};
