import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type LifecycleRule,
  type NotificationConfiguration,
  type ReplicationConfiguration,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { aBucket, anAccount, aWorld, canonicalUserId, type WorldBucket } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const owner = '111122223333';
const stranger = '222222222222';
const Bucket = 'logs';

async function s3For(bucket: Partial<WorldBucket> = {}, caller = {}): Promise<S3Client> {
  const world = aWorld({
    accounts: [anAccount({ id: owner }), anAccount({ id: stranger })],
    buckets: [aBucket({ name: Bucket, ...bucket })],
  });
  return sdkClients(await fakeAwsFor(world), caller).s3;
}

function withoutMetadata(answer: object): object {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => name !== '$metadata'));
}

describe('a new bucket', () => {
  test('is as S3 makes it', async () => {
    const s3 = await s3For();
    const answers = await Promise.all([
      s3.send(new GetPublicAccessBlockCommand({ Bucket })),
      s3.send(new GetBucketEncryptionCommand({ Bucket })),
      s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
      s3.send(new GetBucketAclCommand({ Bucket })),
      s3.send(new GetBucketVersioningCommand({ Bucket })),
      s3.send(new GetBucketLoggingCommand({ Bucket })),
      s3.send(new GetBucketNotificationConfigurationCommand({ Bucket })),
      s3.send(new GetBucketRequestPaymentCommand({ Bucket })),
      s3.send(new GetBucketLocationCommand({ Bucket })),
    ]);
    expect(answers.map(withoutMetadata)).toEqual([
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        },
      },
      {
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
        },
      },
      { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      {
        Owner: { ID: canonicalUserId(owner) },
        Grants: [{ Grantee: { Type: 'CanonicalUser', ID: canonicalUserId(owner) }, Permission: 'FULL_CONTROL' }],
      },
      {},
      {},
      {},
      { Payer: 'BucketOwner' },
      {},
    ]);
  });

  test.each([
    ['GetBucketPolicy', new GetBucketPolicyCommand({ Bucket }), 'NoSuchBucketPolicy'],
    ['GetBucketPolicyStatus', new GetBucketPolicyStatusCommand({ Bucket }), 'NoSuchBucketPolicy'],
    ['GetPublicAccessBlock', new GetPublicAccessBlockCommand({ Bucket }), 'NoSuchPublicAccessBlockConfiguration'],
    [
      'GetObjectLockConfiguration',
      new GetObjectLockConfigurationCommand({ Bucket }),
      'ObjectLockConfigurationNotFoundError',
    ],
    [
      'GetBucketEncryption',
      new GetBucketEncryptionCommand({ Bucket }),
      'ServerSideEncryptionConfigurationNotFoundError',
    ],
    [
      'GetBucketLifecycleConfiguration',
      new GetBucketLifecycleConfigurationCommand({ Bucket }),
      'NoSuchLifecycleConfiguration',
    ],
    ['GetBucketOwnershipControls', new GetBucketOwnershipControlsCommand({ Bucket }), 'OwnershipControlsNotFoundError'],
    ['GetBucketReplication', new GetBucketReplicationCommand({ Bucket }), 'ReplicationConfigurationNotFoundError'],
  ])('%s says with an error that nothing is set', async (_, command, name) => {
    const s3 = await s3For({ publicAccessBlock: null, encryption: null, ownership: null });
    await expect(s3.send(command)).rejects.toMatchObject({
      name,
      BucketName: Bucket,
      $metadata: {
        httpStatusCode: 404,
        requestId: expect.stringMatching(/^0{8}-/),
        extendedRequestId: expect.any(String),
      },
    });
  });
});

describe('every configuration comes as it was set', () => {
  test('bucket policy and its status', async () => {
    const policy = '{"Version":"2012-10-17","Statement":[{"Sid":"<a & \\"b\\">"}]}';
    const s3 = await s3For({ policy, policyIsPublic: true });
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).resolves.toMatchObject({ Policy: policy });
    await expect(s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).resolves.toMatchObject({
      PolicyStatus: { IsPublic: true },
    });
  });

  test('Block Public Access with parts of it off', async () => {
    const publicAccessBlock = { BlockPublicAcls: true, IgnorePublicAcls: false, BlockPublicPolicy: false };
    const s3 = await s3For({ publicAccessBlock });
    const answer = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(answer.PublicAccessBlockConfiguration).toEqual(publicAccessBlock);
  });

  test('versioning and MFA delete', async () => {
    const s3 = await s3For({ versioning: 'Suspended', mfaDelete: 'Enabled' });
    await expect(s3.send(new GetBucketVersioningCommand({ Bucket }))).resolves.toMatchObject({
      Status: 'Suspended',
      MFADelete: 'Enabled',
    });
  });

  test.each([
    { ObjectLockEnabled: 'Enabled' as const },
    { ObjectLockEnabled: 'Enabled' as const, Rule: { DefaultRetention: { Mode: 'COMPLIANCE' as const, Days: 400 } } },
    { ObjectLockEnabled: 'Enabled' as const, Rule: { DefaultRetention: { Mode: 'GOVERNANCE' as const, Years: 2 } } },
    { ObjectLockEnabled: 'Enabled' as const, Rule: { DefaultRetention: { DefaultEventHold: { Days: 30 } } } },
  ])('Object Lock %#', async (objectLock) => {
    const s3 = await s3For({ objectLock });
    const answer = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(answer.ObjectLockConfiguration).toEqual(objectLock);
  });

  test('encryption with a key', async () => {
    const encryption = [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'alias/logs' },
        BucketKeyEnabled: true,
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C' as const] },
      },
    ];
    const answer = await (await s3For({ encryption })).send(new GetBucketEncryptionCommand({ Bucket }));
    expect(answer.ServerSideEncryptionConfiguration?.Rules).toEqual(encryption);
  });

  test('lifecycle rules of every kind', async () => {
    const lifecycle: LifecycleRule[] = [
      { ID: 'all', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 400 } },
      {
        ID: 'old style',
        Status: 'Disabled',
        Prefix: 'AWSLogs/',
        Expiration: { Date: new Date('2030-01-01T00:00:00Z') },
      },
      {
        ID: 'narrow',
        Status: 'Enabled',
        Filter: {
          And: {
            Prefix: 'a&b',
            Tags: [
              { Key: 'k', Value: 'v' },
              { Key: 'k2', Value: '' },
            ],
            ObjectSizeGreaterThan: 1,
            ObjectSizeLessThan: 9,
          },
        },
        Expiration: { ExpiredObjectDeleteMarker: true },
        Transitions: [{ Days: 90, StorageClass: 'GLACIER' }],
        NoncurrentVersionTransitions: [
          { NoncurrentDays: 30, NewerNoncurrentVersions: 2, StorageClass: 'DEEP_ARCHIVE' },
        ],
        NoncurrentVersionExpiration: { NoncurrentDays: 60, NewerNoncurrentVersions: 1 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
      { ID: 'tagged', Status: 'Enabled', Filter: { Tag: { Key: 'k', Value: 'v' } }, Expiration: { Days: 1 } },
    ];
    const answer = await (await s3For({ lifecycle })).send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(answer.Rules).toEqual(lifecycle);
    expect(answer.TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K');
  });

  test('text of every kind', async () => {
    const TargetPrefix = `](http://x) ::error:: =cmd| <img onerror="x"> &amp; ]]> ../ __proto__ \r\n é 🎉 ${'x'.repeat(1000)}`;
    const answer = await (
      await s3For({ logging: { TargetBucket: 'access-logs', TargetPrefix } })
    ).send(new GetBucketLoggingCommand({ Bucket }));
    expect(answer.LoggingEnabled?.TargetPrefix).toBe(TargetPrefix);
  });

  test('access logging', async () => {
    const logging = {
      TargetBucket: 'access-logs',
      TargetPrefix: '',
      TargetGrants: [{ Grantee: { Type: 'CanonicalUser' as const, ID: 'c' }, Permission: 'READ' as const }],
      TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' as const } },
    };
    const answer = await (await s3For({ logging })).send(new GetBucketLoggingCommand({ Bucket }));
    expect(answer.LoggingEnabled).toEqual(logging);
  });

  test('grants to groups and others', async () => {
    const grants = [
      {
        Grantee: { Type: 'Group' as const, URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
        Permission: 'READ' as const,
      },
      {
        Grantee: { Type: 'AmazonCustomerByEmail' as const, EmailAddress: 'a@example.com' },
        Permission: 'WRITE' as const,
      },
    ];
    const ownership = [{ ObjectOwnership: 'ObjectWriter' as const }];
    const s3 = await s3For({ grants, ownership });
    expect((await s3.send(new GetBucketAclCommand({ Bucket }))).Grants).toEqual(grants);
    const controls = await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    expect(controls.OwnershipControls?.Rules).toEqual(ownership);
  });

  test('replication', async () => {
    const replication: ReplicationConfiguration = {
      Role: 'arn:aws:iam::111122223333:role/replication',
      Rules: [
        {
          ID: 'all',
          Priority: 1,
          Status: 'Enabled',
          Filter: { Prefix: '' },
          SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          ExistingObjectReplication: { Status: 'Disabled' },
          Destination: {
            Bucket: 'arn:aws:s3:::replica',
            Account: '444455556666',
            StorageClass: 'GLACIER',
            AccessControlTranslation: { Owner: 'Destination' },
            EncryptionConfiguration: { ReplicaKmsKeyID: 'arn:aws:kms:eu-west-1:444455556666:key/1' },
            ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } },
            Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
          },
          DeleteMarkerReplication: { Status: 'Disabled' },
        },
      ],
    };
    const answer = await (await s3For({ replication })).send(new GetBucketReplicationCommand({ Bucket }));
    expect(answer.ReplicationConfiguration).toEqual(replication);
  });

  test('notifications, and who pays', async () => {
    const Events: ['s3:ObjectCreated:*'] = ['s3:ObjectCreated:*'];
    const notifications: NotificationConfiguration = {
      TopicConfigurations: [{ Id: 't', TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Events }],
      QueueConfigurations: [
        {
          Id: 'q',
          QueueArn: 'arn:aws:sqs:us-east-1:111122223333:q',
          Events,
          Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'AWSLogs/' }] } },
        },
      ],
      LambdaFunctionConfigurations: [
        { Id: 'f', LambdaFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:f', Events },
      ],
      EventBridgeConfiguration: {},
    };
    const s3 = await s3For({ notifications, payer: 'Requester' });
    const { $metadata: _, ...answer } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(answer).toEqual(notifications);
    await expect(s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).resolves.toMatchObject({
      Payer: 'Requester',
    });
  });
});

describe('HeadBucket', () => {
  test('tells the owner Region and ARN', async () => {
    const s3 = await s3For({ region: 'eu-west-1' }, { region: 'eu-west-1' });
    await expect(s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: owner }))).resolves.toMatchObject({
      BucketRegion: 'eu-west-1',
      BucketArn: 'arn:aws:s3:::logs',
    });
  });

  test.each([
    ['a stranger', {}, { accountId: stranger }, 403],
    ['the owner, expecting another', { ExpectedBucketOwner: stranger }, {}, 403],
    ['a stranger, expecting itself', { ExpectedBucketOwner: stranger }, { accountId: stranger }, 403],
    ['another Region', {}, { region: 'eu-west-1' }, 301],
  ])('gives %s no more than a status and the Region', async (_, input, caller, status) => {
    const s3 = await s3For({}, caller);
    await expect(s3.send(new HeadBucketCommand({ Bucket, ...input }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: status },
      $response: { headers: { 'x-amz-bucket-region': 'us-east-1' } },
    });
  });

  test('does not find a bucket that nobody has', async () => {
    const s3 = await s3For();
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'nobodys' }))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('whose and where', () => {
  test('strangers are refused, for the policy with 405', async () => {
    const s3 = await s3For({ policy: '{}' }, { accountId: stranger });
    await expect(s3.send(new GetBucketVersioningCommand({ Bucket }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Access Denied',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: 'MethodNotAllowed',
      $metadata: { httpStatusCode: 405 },
    });
  });

  test('a bucket that nobody has is no missing configuration', async () => {
    const s3 = await s3For();
    await expect(s3.send(new GetBucketPolicyCommand({ Bucket: 'nobodys' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
      BucketName: 'nobodys',
    });
  });

  test('a wrong Region is redirected to the right one, which the SDK follows when told to', async () => {
    const world = aWorld({ buckets: [aBucket({ name: Bucket, region: 'eu-west-1', versioning: 'Enabled' })] });
    const aws = await fakeAwsFor(world);
    const { s3 } = sdkClients(aws);
    await expect(s3.send(new GetBucketVersioningCommand({ Bucket }))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      Endpoint: 'logs.s3.eu-west-1.amazonaws.com',
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } },
    });
    const { s3: following } = sdkClients(aws);
    following.config.followRegionRedirects = true;
    await expect(following.send(new GetBucketVersioningCommand({ Bucket }))).resolves.toMatchObject({
      Status: 'Enabled',
    });
    expect(aws.calls().map((call) => [call.region, call.outcome])).toEqual([
      ['us-east-1', 'PermanentRedirect'],
      ['us-east-1', 'PermanentRedirect'],
      ['eu-west-1', 'ok'],
    ]);
  });
});
