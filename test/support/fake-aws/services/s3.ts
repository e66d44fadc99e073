import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { leaf, node, xmlDocument } from '../protocol/xml.js';
import { canonicalUserId } from '../world/build-destinations.js';
import type { WorldBucket } from '../world/resources.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';
import { notSet, parameter, readableBucket } from './s3-access.js';
import { getObject, listObjects } from './s3-objects.js';
import {
  encryptionXml,
  grantXml,
  lifecycleXml,
  loggingXml,
  notificationsXml,
  objectLockXml,
  publicAccessBlockXml,
  replicationXml,
} from './s3-documents.js';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const s3: Service = {
  name: 's3',
  operations: {
    HeadBucket: ofBucket('s3:ListBucket', headBucket),
    ListObjectsV2: { ...ofBucket('s3:ListBucket', listObjects), isPaged: true },
    GetObject: ofBucket('s3:GetObject', getObject),
    ListBuckets: { action: 's3:ListAllMyBuckets', isPaged: true, answer: listBuckets },
    GetBucketLocation: ofBucket('s3:GetBucketLocation', ({ region }) =>
      document('LocationConstraint', region === 'us-east-1' ? '' : region),
    ),
    GetBucketPolicy: ofBucket('s3:GetBucketPolicy', (bucket, call) => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: set(bucket.policy, call, 'NoSuchBucketPolicy', 'The bucket policy does not exist'),
    })),
    GetBucketPolicyStatus: ofBucket('s3:GetBucketPolicyStatus', (bucket, call) => {
      set(bucket.policy, call, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
      return document('PolicyStatus', leaf('IsPublic', bucket.policyIsPublic));
    }),
    GetPublicAccessBlock: ofBucket('s3:GetBucketPublicAccessBlock', ({ publicAccessBlock }, call) => {
      const message = 'The public access block configuration was not found';
      const it = set(publicAccessBlock, call, 'NoSuchPublicAccessBlockConfiguration', message);
      return document('PublicAccessBlockConfiguration', publicAccessBlockXml(it));
    }),
    GetBucketVersioning: ofBucket('s3:GetBucketVersioning', (bucket) =>
      document('VersioningConfiguration', leaf('Status', bucket.versioning), leaf('MfaDelete', bucket.mfaDelete)),
    ),
    GetObjectLockConfiguration: ofBucket('s3:GetBucketObjectLockConfiguration', ({ objectLock }, call) => {
      const message = 'Object Lock configuration does not exist for this bucket';
      const it = set(objectLock, call, 'ObjectLockConfigurationNotFoundError', message);
      return document('ObjectLockConfiguration', objectLockXml(it));
    }),
    GetBucketEncryption: ofBucket('s3:GetEncryptionConfiguration', ({ encryption }, call) => {
      const message = 'The server side encryption configuration was not found';
      const it = set(encryption, call, 'ServerSideEncryptionConfigurationNotFoundError', message);
      return document('ServerSideEncryptionConfiguration', encryptionXml(it));
    }),
    GetBucketLifecycleConfiguration: ofBucket('s3:GetLifecycleConfiguration', ({ lifecycle }, call) => {
      const message = 'The lifecycle configuration does not exist';
      const it = set(lifecycle, call, 'NoSuchLifecycleConfiguration', message);
      const answer = document('LifecycleConfiguration', lifecycleXml(it));
      return { ...answer, headers: { 'x-amz-transition-default-minimum-object-size': 'all_storage_classes_128K' } };
    }),
    GetBucketLogging: ofBucket('s3:GetBucketLogging', ({ logging }) =>
      document('BucketLoggingStatus', logging === null ? '' : loggingXml(logging)),
    ),
    GetBucketAcl: ofBucket('s3:GetBucketAcl', (bucket) =>
      document(
        'AccessControlPolicy',
        node('Owner', leaf('ID', canonicalUserId(bucket.accountId))),
        node('AccessControlList', ...bucket.grants.map(grantXml)),
      ),
    ),
    GetBucketOwnershipControls: ofBucket('s3:GetBucketOwnershipControls', ({ ownership }, call) => {
      const message = 'The bucket ownership controls were not found';
      const rules = set(ownership, call, 'OwnershipControlsNotFoundError', message);
      const xml = rules.map((rule) => node('Rule', leaf('ObjectOwnership', rule.ObjectOwnership)));
      return document('OwnershipControls', ...xml);
    }),
    GetBucketReplication: ofBucket('s3:GetReplicationConfiguration', ({ replication }, call) => {
      const message = 'The replication configuration was not found';
      const it = set(replication, call, 'ReplicationConfigurationNotFoundError', message);
      return document('ReplicationConfiguration', replicationXml(it));
    }),
    GetBucketNotificationConfiguration: ofBucket('s3:GetBucketNotification', ({ notifications }) =>
      document('NotificationConfiguration', notificationsXml(notifications)),
    ),
    GetBucketTagging: ofBucket('s3:GetBucketTagging', ({ tags }, call) => {
      const all = Object.entries(set(tags ?? null, call, 'NoSuchTagSet', 'The TagSet does not exist'));
      const xml = all.map(([key, value]) => node('Tag', leaf('Key', key), leaf('Value', value)));
      return document('Tagging', node('TagSet', ...xml));
    }),
    GetBucketRequestPayment: ofBucket('s3:GetBucketRequestPayment', ({ payer }) =>
      document('RequestPaymentConfiguration', leaf('Payer', payer)),
    ),
  },
};

/** An operation on one bucket of the caller's account. */
function ofBucket(action: string, answer: (bucket: WorldBucket, call: Call) => HttpAnswer): Operation {
  return {
    action,
    resource: (call) => `arn:${call.index.world.partition}:s3:::${call.hostLabel}`,
    answer: (call) => answer(readableBucket(call), call),
  };
}

function headBucket(bucket: WorldBucket, call: Call): HttpAnswer {
  const headers = {
    'x-amz-bucket-region': bucket.region,
    'x-amz-bucket-arn': `arn:${call.index.world.partition}:s3:::${bucket.name}`,
    'x-amz-access-point-alias': 'false',
  };
  return { status: 200, headers, body: '' };
}

/** The account's buckets of all Regions by name; their Regions only when the request has a parameter, as S3 does. */
function listBuckets(call: Call): HttpAnswer {
  const { caller, index } = call;
  const prefix = parameter(call, 'prefix');
  const region = parameter(call, 'bucket-region');
  const limit = parameter(call, 'max-buckets');
  const token = parameter(call, 'continuation-token');
  const size = limit === undefined ? 10_000 : Number(limit);
  if (!(size >= 1 && size <= 10_000)) throw invalid('Argument max-buckets must be an integer between 1 and 10000');
  const hasParameter = [prefix, region, limit, token].some((it) => it !== undefined);
  const buckets = (index.bucketsByOwner.get(caller.accountId) ?? []).filter(
    (bucket) => bucket.name.startsWith(prefix ?? '') && (region === undefined || bucket.region === region),
  );
  const badToken = (): ServiceError => invalid('The continuation token provided is incorrect');
  const page = pageOf(call, buckets, { token, size, badToken });
  const shown = page.items.map((bucket) =>
    node(
      'Bucket',
      leaf('Name', bucket.name),
      leaf('CreationDate', bucket.createdAt),
      hasParameter ? leaf('BucketRegion', bucket.region) : '',
    ),
  );
  return document(
    'ListAllMyBucketsResult',
    node('Owner', leaf('ID', canonicalUserId(caller.accountId))),
    node('Buckets', ...shown),
    leaf('ContinuationToken', page.next),
    leaf('Prefix', prefix),
  );
}

function set<T>(value: T | null, call: Call, code: string, message: string): T {
  if (value === null) throw notSet(call, code, message);
  return value;
}

function invalid(message: string): ServiceError {
  return new ServiceError(400, 'InvalidArgument', message);
}

function document(root: string, ...children: readonly string[]): HttpAnswer {
  return { status: 200, headers: {}, body: xmlDocument(root, namespace, ...children) };
}
