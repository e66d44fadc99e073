import {
  aBucket,
  aKey,
  aLogGroup,
  anAccount,
  anOrganization,
  anOrganizationalUnit,
  aStatus,
  aTrail,
  aWorld,
  managementAccountId,
  rootId,
  type World,
  type WorldAccount,
} from '../fake-aws/index.js';

/** When the sample is read; all of its times follow from it. */
export const sampleTime = new Date('2026-11-20T06:00:00Z');

const hours = (count: number): Date => new Date(sampleTime.getTime() - count * 3_600_000);
const status = (parts: Parameters<typeof aStatus>[0] = {}) => aStatus(parts, sampleTime);

const ou = {
  security: 'ou-nw01-security1',
  production: 'ou-nw01-prod0001',
  test: 'ou-nw01-test0001',
  sandbox: 'ou-nw01-sandbox1',
  left: 'ou-nw01-suspend1',
};

const id = {
  logArchive: '222233334444',
  securityTooling: '333344445555',
  network: '444455556666',
  payments: '555566667777',
  web: '666677778888',
  dataLab: '777788889999',
  erp: '888899990000',
  identity: '999900001111',
  paymentsTest: '123456789012',
  webTest: '210987654321',
  sandboxOne: '000011112222',
  sandboxTwo: '111122224444',
  acquired: '222244446666',
  joined: '333366669999',
  closed: '444488880000',
};

const account = (parts: Parameters<typeof anAccount>[0]): WorldAccount => anAccount(parts);

const logsKey = aKey({ accountId: id.logArchive, region: 'eu-west-1', KeyId: '0f3a2b1c-5d4e-4f60-8a7b-9c8d7e6f5a4b' });
const organizationLogs = aLogGroup({ region: 'eu-west-1', logGroupName: 'northwind/cloudtrail', retentionInDays: 365 });
const paymentsKey = aKey({
  accountId: id.payments,
  region: 'eu-west-1',
  KeyId: '7c6d5e4f-3a2b-4c1d-9e0f-1a2b3c4d5e6f',
  rotation: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
});

const deliversToLogs = {
  LatestCloudWatchLogsDeliveryTime: new Date(sampleTime.getTime() - 4 * 60_000),
};

interface Statement {
  readonly Principal: '*' | { readonly Service: string };
  readonly Action: string;
  readonly Resource: string;
}

function allowing(...statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((it) => Object.assign({ Effect: 'Allow' }, it)),
  });
}

/** A service may put objects below a prefix of a bucket. */
function writableBy(Service: string, bucket: string, prefix = ''): Statement {
  return { Principal: { Service }, Action: 's3:PutObject', Resource: `arn:aws:s3:::${bucket}/${prefix}*` };
}

const logsWritable = (bucket: string): Statement => writableBy('cloudtrail.amazonaws.com', bucket, 'AWSLogs/');
const everyoneReads: Statement = {
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::northwind-data-lab-audit/*',
};

/**
 * The sample organization, Northwind: well meant, with the usual mistakes. Its organization trail leaves out the use
 * of KMS keys, its log bucket drops logs after 90 days, and nobody sees who reads them or is told of anything; a member stopped its own
 * trail, a lab's bucket is open to the world, an old trail cannot deliver, one names a bucket that is gone, an
 * account was bought and has no audit role yet, another one joined five hours ago.
 */
export const sampleOrganization: World = aWorld({
  organization: anOrganization({
    id: 'o-nw0rthw1nd',
    organizationalUnits: [
      anOrganizationalUnit({ id: ou.security, name: 'Security' }),
      anOrganizationalUnit({ id: 'ou-nw01-workload', name: 'Workloads' }),
      anOrganizationalUnit({ id: ou.production, name: 'Production', parent: 'ou-nw01-workload' }),
      anOrganizationalUnit({ id: ou.test, name: 'Test', parent: 'ou-nw01-workload' }),
      anOrganizationalUnit({ id: ou.sandbox, name: 'Sandbox' }),
      anOrganizationalUnit({ id: ou.left, name: 'Suspended' }),
    ],
    delegatedAdministrators: [{ accountId: id.securityTooling, service: 'cloudtrail.amazonaws.com' }],
  }),
  accounts: [
    account({ id: managementAccountId, name: 'northwind-management', parent: rootId }),
    account({
      id: id.logArchive,
      name: 'log-archive',
      parent: ou.security,
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    }),
    account({ id: id.securityTooling, name: 'security-tooling', parent: ou.security }),
    account({ id: id.network, name: 'network', parent: ou.production }),
    account({ id: id.payments, name: 'payments-production', parent: ou.production }),
    account({ id: id.web, name: 'web-shop-production', parent: ou.production }),
    account({ id: id.dataLab, name: 'data-lab', parent: ou.sandbox }),
    account({ id: id.erp, name: 'legacy-erp', parent: ou.production }),
    account({ id: id.identity, name: 'identity', parent: ou.security, optInRegions: { 'ap-southeast-3': 'ENABLED' } }),
    account({ id: id.paymentsTest, name: 'payments-test', parent: ou.test }),
    account({ id: id.webTest, name: 'web-shop-test', parent: ou.test }),
    account({ id: id.sandboxOne, name: 'sandbox-one', parent: ou.sandbox }),
    account({ id: id.sandboxTwo, name: 'sandbox-two', parent: ou.sandbox }),
    account({
      id: id.acquired,
      name: 'fabrikam-production',
      parent: ou.production,
      roles: [],
      joinedMethod: 'INVITED',
      joinedAt: new Date('2026-11-02T14:20:00Z'),
    }),
    account({ id: id.joined, name: 'mobile-app-test', parent: ou.test, joinedAt: hours(5) }),
    account({ id: id.closed, name: 'old-website', parent: ou.left, state: 'SUSPENDED' }),
  ],
  attachments: [
    {
      accountId: managementAccountId,
      policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      roles: ['AWSReservedSSO_PlatformAdmin_3f1c9a7d2b4e6058', 'BreakGlass'],
      groups: ['administrators'],
    },
    {
      accountId: id.securityTooling,
      policyArn: 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess',
      roles: ['TrailKeeper'],
    },
  ],
  iamGroups: [{ accountId: managementAccountId, name: 'administrators', users: ['alice', 'bob'] }],
  trails: [
    aTrail({
      Name: 'northwind-organization',
      HomeRegion: 'eu-west-1',
      IsOrganizationTrail: true,
      S3BucketName: 'northwind-organization-logs',
      KmsKeyId: logsKey.arn,
      CloudWatchLogsLogGroupArn: `${organizationLogs.details.logGroupArn}:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${managementAccountId}:role/cloudtrail-to-cloudwatch-logs`,
      eventSelectors: [
        {
          ReadWriteType: 'All',
          IncludeManagementEvents: true,
          DataResources: [],
          ExcludeManagementEventSources: ['kms.amazonaws.com'],
        },
      ],
      status: status(deliversToLogs),
      inMembers: { [id.joined]: 'not-there' },
    }),
    aTrail({
      accountId: id.payments,
      Name: 'pci',
      HomeRegion: 'eu-west-1',
      S3BucketName: 'northwind-payments-trail',
      KmsKeyId: paymentsKey.arn,
      status: status({
        IsLogging: false,
        StopLoggingTime: hours(61),
        TimeLoggingStopped: '2026-11-17T17:00:00Z',
        LatestDeliveryTime: hours(61),
        LatestDigestDeliveryTime: hours(61),
      }),
    }),
    aTrail({
      accountId: id.dataLab,
      Name: 'lab',
      HomeRegion: 'us-east-1',
      S3BucketName: 'northwind-data-lab-audit',
      LogFileValidationEnabled: false,
      status: status({ LatestDigestDeliveryTime: undefined }),
    }),
    aTrail({
      accountId: id.erp,
      Name: 'erp-audit',
      HomeRegion: 'eu-central-1',
      IsMultiRegionTrail: false,
      IncludeGlobalServiceEvents: false,
      S3BucketName: 'northwind-erp-audit',
      status: status({
        LatestDeliveryError: 'AccessDenied',
        LatestDigestDeliveryError: 'AccessDenied',
        LatestDeliveryTime: hours(26 * 24),
        LatestDigestDeliveryTime: hours(26 * 24),
      }),
    }),
    aTrail({
      accountId: id.sandboxTwo,
      Name: 'try-out',
      HomeRegion: 'ap-southeast-2',
      S3BucketName: 'northwind-try-out-logs',
      status: status({
        LatestDeliveryError: 'NoSuchBucket',
        LatestDeliveryTime: hours(50),
        LatestDigestDeliveryTime: hours(50),
        LatestDigestDeliveryError: 'NoSuchBucket',
      }),
    }),
  ],
  buckets: [
    aBucket({
      name: 'northwind-organization-logs',
      accountId: id.logArchive,
      region: 'eu-west-1',
      policy: allowing(logsWritable('northwind-organization-logs')),
      versioning: 'Enabled',
      encryption: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: logsKey.arn },
          BucketKeyEnabled: true,
        },
      ],
      lifecycle: [{ ID: 'save-money', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 90 } }],
    }),
    aBucket({
      name: 'northwind-payments-trail',
      accountId: id.payments,
      region: 'eu-west-1',
      policy: allowing(logsWritable('northwind-payments-trail')),
      versioning: 'Enabled',
      logging: { TargetBucket: 'northwind-payments-access', TargetPrefix: 'trail/' },
      objectLock: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Years: 1 } } },
    }),
    aBucket({
      name: 'northwind-payments-access',
      accountId: id.payments,
      region: 'eu-west-1',
      policy: allowing(writableBy('logging.s3.amazonaws.com', 'northwind-payments-access')),
    }),
    aBucket({
      name: 'northwind-data-lab-audit',
      accountId: id.dataLab,
      policy: allowing(everyoneReads, logsWritable('northwind-data-lab-audit')),
      policyIsPublic: true,
      publicAccessBlock: null,
    }),
    aBucket({ name: 'northwind-erp-audit', accountId: id.erp, region: 'eu-central-1', versioning: 'Suspended' }),
  ],
  keys: [logsKey, paymentsKey],
  logGroups: [organizationLogs],
});
