import { aBucket, aKey, aTrail, managementAccountId as management, type World } from './fake-aws/index.js';

const archive = '222233334444';
const region = 'eu-west-1';
const factoryLogs = `aws-aft-logs-${archive}-${region}`;
const factoryAccess = `aws-aft-s3-access-logs-${archive}-${region}`;
const triggerLogs = `customcontroltower-cloudtraildataeventbucket-${management}`;
const triggerAccess = `custom-control-tower-s3-access-logs-${management}`;

function statements(...all: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: all });
}

function onlyTls(arn: string): object {
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  return { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`], Condition };
}

function takesAccessLogs(name: string, accountId: string) {
  const Principal = { Service: 'logging.s3.amazonaws.com' };
  const Resource = `arn:aws:s3:::${name}/*`;
  const policy = statements({ Effect: 'Allow', Principal, Action: 's3:PutObject', Resource });
  return aBucket({ name, accountId, region, policy });
}

const key = aKey({ accountId: archive, region, rotation: { KeyRotationEnabled: true } });

/**
 * The trail of Account Factory for Terraform: data events of S3 and Lambda of the whole organization. It leaves out the
 * buckets of the log archive by names that no object has, so it records its own deliveries.
 * Source: https://github.com/aws-ia/terraform-aws-control_tower_account_factory,
 * sources/aft-lambda-layer/aft_common/feature_options.py and modules/aft-feature-options.
 */
function factory(others: readonly string[]): Partial<World> {
  const arn = `arn:aws:s3:::${factoryLogs}`;
  const services = ['cloudtrail.amazonaws.com', 'vpc-flow-logs.amazonaws.com', 'delivery.logs.amazonaws.com'];
  const put = { Effect: 'Allow', Principal: { Service: services }, Action: 's3:PutObject', Resource: `${arn}/*` };
  const data = { Field: 'eventCategory', Equals: ['Data'] };
  const left = [...others, factoryLogs, factoryAccess].map((it) => `arn:aws:s3:::${it}/*`);
  return {
    trails: [
      aTrail({
        Name: 'aws-aft-CustomizationsCloudTrail',
        HomeRegion: region,
        IsOrganizationTrail: true,
        S3BucketName: factoryLogs,
        KmsKeyId: key.arn,
        advancedEventSelectors: [
          {
            Name: 'No Log Archive Buckets',
            FieldSelectors: [
              data,
              { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
              { Field: 'resources.ARN', NotEquals: left },
            ],
          },
          {
            Name: 'Lambda functions',
            FieldSelectors: [data, { Field: 'resources.type', Equals: ['AWS::Lambda::Function'] }],
          },
        ],
      }),
    ],
    buckets: [
      aBucket({
        name: factoryLogs,
        accountId: archive,
        region,
        versioning: 'Enabled',
        logging: { TargetBucket: factoryAccess, TargetPrefix: 'log/' },
        encryption: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key.arn } }],
        lifecycle: [
          {
            ID: 'old',
            Status: 'Enabled',
            Filter: { Prefix: '' },
            NoncurrentVersionExpiration: { NoncurrentDays: 365 },
          },
        ],
        policy: statements(put, onlyTls(arn)),
      }),
      takesAccessLogs(factoryAccess, archive),
    ],
    keys: [key],
  };
}

/** The trail by which Customizations for Control Tower notices a new configuration: writes to one bucket. */
function trigger(): Partial<World> {
  const arn = `arn:aws:s3:::${triggerLogs}`;
  const cloudTrail = { Service: 'cloudtrail.amazonaws.com' };
  const put = {
    Effect: 'Allow',
    Principal: cloudTrail,
    Action: 's3:PutObject',
    Resource: `${arn}/AWSLogs/${management}/*`,
  };
  const configuration = `arn:aws:s3:::custom-control-tower-configuration-${management}-${region}/`;
  return {
    trails: [
      aTrail({
        Name: 'CustomControlTowerCloudTrailDataEvents',
        HomeRegion: region,
        IsMultiRegionTrail: false,
        S3BucketName: triggerLogs,
        LogFileValidationEnabled: false,
        eventSelectors: [
          {
            ReadWriteType: 'WriteOnly',
            IncludeManagementEvents: false,
            DataResources: [{ Type: 'AWS::S3::Object', Values: [configuration] }],
            ExcludeManagementEventSources: [],
          },
        ],
      }),
    ],
    buckets: [
      aBucket({
        name: triggerLogs,
        accountId: management,
        region,
        versioning: 'Enabled',
        logging: { TargetBucket: triggerAccess, TargetPrefix: '' },
        policy: statements(put, onlyTls(arn)),
      }),
      takesAccessLogs(triggerAccess, management),
    ],
  };
}

/** What Account Factory for Terraform and Customizations for Control Tower add to a landing zone. */
export function accountFactory(world: World): readonly Partial<World>[] {
  return [factory(world.buckets.map(({ name }) => name)), trigger()];
}
