import {
  aBucket,
  aLogGroup,
  anAccount,
  anOrganization,
  anOrganizationalUnit,
  aStatus,
  aTrail,
  aWorld,
  managementAccountId as management,
  type World,
} from './fake-aws/index.js';
import { accountFactory } from './account-factory-zone.js';
import { joined } from './worlds.js';

const [archive, audit, workload] = ['222233334444', '333344445555', '444455556666'] as const;
const organizationId = 'o-exampleorg1';
const region = 'eu-west-1';
const ou = { security: 'ou-ab12-security1', sandbox: 'ou-ab12-sandbox11' };
const execution = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/AWSControlTowerExecution' } };

interface Zone {
  readonly bucket: string;
  readonly accessLogs: string;
  /** Services that deliver to the bucket. */
  readonly writers: readonly string[];
  /** Of service control policies: what they deny, and where they are attached. */
  readonly denials: readonly { readonly statement: object; readonly targets: readonly string[] }[];
  readonly readsS3Data?: true;
}

/** What all of them have: an organization trail with a log group, its bucket in the log archive, no metric filter. */
function aZone({ bucket, accessLogs, writers, denials, readsS3Data }: Zone): World {
  const arn = `arn:aws:s3:::${bucket}`;
  const logs = aLogGroup({ region, logGroupName: 'aws-controltower/CloudTrailLogs', retentionInDays: 14 });
  return aWorld({
    organization: anOrganization({
      id: organizationId,
      organizationalUnits: [
        anOrganizationalUnit({ id: ou.security, name: 'Security' }),
        anOrganizationalUnit({ id: ou.sandbox, name: 'Sandbox' }),
      ],
      controlPolicies: denials.map(({ statement, targets }, index) => ({
        id: `p-guardrail${index}`,
        name: `aws-guardrails-${index}`,
        type: 'SERVICE_CONTROL_POLICY',
        content: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', ...statement }] }),
        targets,
      })),
    }),
    accounts: [
      anAccount({ id: management, name: 'management' }),
      anAccount({ id: archive, name: 'Log Archive', parent: ou.security }),
      anAccount({ id: audit, name: 'Audit', parent: ou.security }),
      anAccount({ id: workload, name: 'workload', parent: ou.sandbox }),
    ],
    trails: [
      aTrail({
        Name: 'aws-controltower-BaselineCloudTrail',
        HomeRegion: region,
        IsOrganizationTrail: true,
        S3BucketName: bucket,
        S3KeyPrefix: organizationId,
        CloudWatchLogsLogGroupArn: `${logs.details.logGroupArn}:*`,
        CloudWatchLogsRoleArn: `arn:aws:iam::${management}:role/service-role/AWSControlTowerCloudTrailRole`,
        status: aStatus({ LatestCloudWatchLogsDeliveryTime: new Date() }),
        ...(readsS3Data === undefined
          ? {}
          : {
              eventSelectors: [
                {
                  ReadWriteType: 'All',
                  IncludeManagementEvents: true,
                  DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::'] }],
                  ExcludeManagementEventSources: [],
                },
              ],
            }),
      }),
    ],
    buckets: [
      aBucket({
        name: bucket,
        accountId: archive,
        region,
        versioning: 'Enabled',
        logging: { TargetBucket: accessLogs, TargetPrefix: '' },
        lifecycle: [
          {
            ID: 'RetentionRule',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            Expiration: { Days: 365 },
            NoncurrentVersionExpiration: { NoncurrentDays: 365 },
          },
        ],
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'AllowSSLRequestsOnly',
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [arn, `${arn}/*`],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
            {
              Sid: 'Check',
              Effect: 'Allow',
              Principal: { Service: writers },
              Action: 's3:GetBucketAcl',
              Resource: arn,
            },
            {
              Sid: 'Delivery',
              Effect: 'Allow',
              Principal: { Service: writers },
              Action: 's3:PutObject',
              Resource: `${arn}/${organizationId}/AWSLogs/*/*`,
              Condition: { StringEquals: { 'aws:SourceOrgID': organizationId } },
            },
          ],
        }),
      }),
      aBucket({
        name: accessLogs,
        accountId: archive,
        region,
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'logging.s3.amazonaws.com' },
              Action: 's3:PutObject',
              Resource: `arn:aws:s3:::${accessLogs}/*`,
            },
          ],
        }),
      }),
    ],
    logGroups: [logs],
  });
}

const everywhere = [ou.security, ou.sandbox];
const ofLogArchive = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
const cloudTrail = 'cloudtrail.amazonaws.com';

/**
 * Landing zone 3.x: CloudTrail and AWS Config share a bucket; the guardrails keep members from changing the trail and the
 * bucket's settings, and not from deleting log objects.
 * Source: https://docs.aws.amazon.com/controltower/latest/controlreference/mandatory-controls.html
 */
const controlTower3 = aZone({
  bucket: `aws-controltower-logs-${archive}-${region}`,
  accessLogs: `aws-controltower-s3-access-logs-${archive}-${region}`,
  writers: [cloudTrail, 'config.amazonaws.com'],
  denials: [
    {
      statement: {
        Sid: 'GRCLOUDTRAILENABLED',
        Action: [
          'cloudtrail:DeleteTrail',
          'cloudtrail:PutEventSelectors',
          'cloudtrail:StopLogging',
          'cloudtrail:UpdateTrail',
        ],
        Resource: ['arn:aws:cloudtrail:*:*:trail/aws-controltower-*'],
        Condition: execution,
      },
      targets: everywhere,
    },
    {
      statement: {
        Sid: 'GRAUDITBUCKETDELETIONPROHIBITED',
        Action: ['s3:DeleteBucket'],
        Resource: ['arn:aws:s3:::aws-controltower*'],
        Condition: execution,
      },
      targets: [ou.security],
    },
    {
      statement: {
        Sid: 'GRCTAUDITBUCKETCHANGESPROHIBITED',
        Action: [
          's3:PutEncryptionConfiguration',
          's3:PutBucketLogging',
          's3:PutBucketPolicy',
          's3:PutLifecycleConfiguration',
        ],
        Resource: ['arn:aws:s3:::aws-controltower*'],
        Condition: execution,
      },
      targets: [ou.security],
    },
  ],
});

/**
 * Landing zone 4.0: the trail has a bucket of its own, no guardrail names trails, and that of the bucket is written with
 * NotAction.
 */
const controlTower4Bucket = `aws-controltower-cloudtrail-${archive}-7kq`;
const controlTower4 = aZone({
  bucket: controlTower4Bucket,
  accessLogs: `aws-controltower-cloudtrail-access-logs-${archive}-7kq`,
  writers: [cloudTrail],
  denials: [
    {
      statement: {
        Sid: 'CTS3PV1',
        NotAction: ['s3:Get*', 's3:List*', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: ofLogArchive('aws-controltower-*'),
        Condition: execution,
      },
      targets: [ou.security],
    },
  ],
});

/** Landing Zone Accelerator with the S3 data events of its sample configuration, over a landing zone 3.x. */
const accelerator = aZone({
  bucket: `aws-accelerator-central-logs-${archive}-${region}`,
  accessLogs: `aws-accelerator-s3-access-logs-${archive}-${region}`,
  writers: [cloudTrail],
  denials: [],
  readsS3Data: true,
});

export const landingZones = {
  'Control Tower 3': controlTower3,
  'Control Tower 4': controlTower4,
  'Landing Zone Accelerator': accelerator,
  'with AFT and CfCT': joined(controlTower3, ...accountFactory(controlTower3)),
} as const;
