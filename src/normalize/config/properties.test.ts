import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recordedFacets } from './bucket.js';
import { normalizeItem, type ConfigItem, type ItemType } from './item.js';
import type { JsonObject } from './json.js';
import { keyPolicyOf, normalizeKeyItem, rotationOf } from './key.js';
import { normalizeBlock } from './public-access-block.js';
import { normalizeRecorderItem } from './recorder.js';
import { normalizeTrailItem } from './trail.js';

const folder = new URL('../../../test/support/config-schema/', import.meta.url);

/** The paths that AWS lists for a type of resource, with all that lead to them. */
function listed(type: ItemType): ReadonlySet<string> {
  const file = new URL(`${type.replaceAll('::', '-')}.properties.json`, folder);
  const paths = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
  return new Set(
    paths.flatMap((path) => path.split('.').map((_, index, names) => names.slice(0, index + 1).join('.'))),
  );
}

/** The same value, which writes down the path of each member that is asked for, there or not. */
function watched(value: unknown, path: string, seen: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (Array.isArray(target))
        return typeof name === 'string' && /^\d+$/.test(name) ? watched(member, path, seen) : member;
      if (typeof name !== 'string') return member;
      const inner = path === '' ? name : `${path}.${name}`;
      seen.add(inner);
      return watched(member, inner, seen);
    },
  });
}

/** The members that are read of an item in the encoding of snapshots, but for those that only this encoding has. */
function readOf(type: ItemType, parts: object, read: (item: ConfigItem) => void): string[] {
  const seen = new Set<string>();
  const raw = {
    resourceType: type,
    resourceId: 'id',
    awsAccountId: '111122223333',
    awsRegion: 'us-east-1',
    ARN: 'arn:aws:example:us-east-1:111122223333:id',
    configurationItemCaptureTime: '2026-11-20T22:00:00.000Z',
    configurationItemStatus: 'OK',
    ...parts,
  };
  // What is watched is an object of JSON as before.
  read(normalizeItem(watched(raw, '', seen) as JsonObject));
  const others = new Set(['awsAccountId', 'ARN', 'configuration', 'supplementaryConfiguration']);
  return [...seen].filter((path) => !others.has(path)).toSorted();
}

const trail = {
  name: 'main',
  trailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
  homeRegion: 'us-east-1',
  s3BucketName: 'logs',
  includeGlobalServiceEvents: true,
  isMultiRegionTrail: true,
  isOrganizationTrail: false,
  logFileValidationEnabled: true,
};

const predicates = [
  { type: 'LifecyclePrefixPredicate', prefix: 'AWSLogs/' },
  { type: 'LifecycleTagPredicate', tag: { key: 'a', value: 'b' } },
  { type: 'LifecycleObjectSizeGreaterThanPredicate', objectSizeGreaterThan: 1 },
  { type: 'LifecycleObjectSizeLessThanPredicate', objectSizeLessThan: 2 },
];

const bucket = {
  AccessControlList: { grantList: [{ grantee: { id: 'owner' }, permission: 'FullControl' }] },
  BucketPolicy: { policyText: '{"Statement":[]}' },
  BucketLoggingConfiguration: { destinationBucketName: 'access', logFilePrefix: '' },
  BucketVersioningConfiguration: { status: 'Enabled', isMfaDeleteEnabled: null },
  BucketNotificationConfiguration: { configurations: { a: { topicARN: 'arn:aws:sns:us-east-1:111122223333:t' } } },
  IsRequesterPaysEnabled: false,
  BucketTaggingConfiguration: { tagSets: [{ tags: { owner: 'security' } }] },
  PublicAccessBlockConfiguration: {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
  },
  ObjectLockConfiguration: {
    objectLockEnabled: 'Enabled',
    rule: { defaultRetention: { mode: 'GOVERNANCE', days: 365, years: null } },
  },
  ServerSideEncryptionConfiguration: {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false }],
  },
  BucketLifecycleConfiguration: {
    rules: [
      {
        id: 'expire',
        status: 'Enabled',
        filter: { predicate: { type: 'LifecycleAndOperator', operands: predicates } },
        expirationInDays: 400,
        noncurrentVersionExpiration: { noncurrentDays: null, newerNoncurrentVersions: 1 },
        transitions: [{ days: 30 }],
      },
      { id: 'plain', status: 'Enabled', filter: { predicate: predicates[0] }, expirationInDays: -1 },
    ],
  },
  BucketReplicationConfiguration: {
    rules: {
      one: {
        status: 'Enabled',
        filter: { predicate: { type: 'ReplicationPrefixPredicate', prefix: '' } },
        destinationConfig: { bucketARN: 'arn:aws:s3:::copy', account: '444455556666' },
      },
    },
  },
};

const key = {
  keyState: 'Enabled',
  keyManager: 'CUSTOMER',
  origin: 'AWS_KMS',
  keySpec: undefined,
  customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
  keyUsage: 'ENCRYPT_DECRYPT',
};

const recorder = {
  Name: 'default',
  Recording: true,
  RecordingGroup: {
    AllSupported: false,
    RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
    ExclusionByResourceTypes: { ResourceTypes: ['AWS::EC2::Instance'] },
  },
  RecordingMode: {
    RecordingFrequency: 'DAILY',
    RecordingModeOverrides: [{ ResourceTypes: ['AWS::CloudTrail::Trail'], RecordingFrequency: 'CONTINUOUS' }],
  },
};

/**
 * Recorded, and no property that a query may name: policies and access control lists as AWS documents, and what its
 * list leaves out. Seen in the items of awslabs/aws-config-rdk and cloud-custodian.
 */
const unlisted: Readonly<Partial<Record<ItemType, readonly RegExp[]>>> = {
  'AWS::S3::Bucket': [
    /^supplementaryConfiguration\.(AccessControlList|BucketPolicy|BucketNotificationConfiguration|BucketTaggingConfiguration)(\.|$)/,
    /^supplementaryConfiguration\.BucketReplicationConfiguration\.rules(\.|$)/,
    // Filters by tag and size, and an older name of noncurrentDays.
    /\.predicate\.operands\.(tag|objectSizeGreaterThan|objectSizeLessThan)$/,
    /\.noncurrentVersionExpiration\.days$/,
  ],
  'AWS::KMS::Key': [/^supplementaryConfiguration\.Policy$/],
};

const cases: readonly (readonly [ItemType, number, string[]])[] = [
  [
    'AWS::CloudTrail::Trail',
    11,
    readOf('AWS::CloudTrail::Trail', { configuration: trail }, (item) => void normalizeTrailItem(item)),
  ],
  [
    'AWS::S3::Bucket',
    40,
    readOf('AWS::S3::Bucket', { configuration: { name: 'logs' }, supplementaryConfiguration: bucket }, (item) => {
      for (const read of Object.values(recordedFacets)) read(item.supplementary);
    }),
  ],
  [
    'AWS::KMS::Key',
    9,
    readOf(
      'AWS::KMS::Key',
      { configuration: key, supplementaryConfiguration: { Policy: '{"Statement":[]}', KeyRotationStatus: true } },
      (item) => void [normalizeKeyItem(item), rotationOf(item), keyPolicyOf(item)],
    ),
  ],
  [
    'AWS::S3::AccountPublicAccessBlock',
    4,
    readOf(
      'AWS::S3::AccountPublicAccessBlock',
      { configuration: bucket.PublicAccessBlockConfiguration },
      (item) => void normalizeBlock(item.configuration),
    ),
  ],
  [
    'AWS::Config::ConfigurationRecorder',
    12,
    readOf(
      'AWS::Config::ConfigurationRecorder',
      { configuration: recorder },
      (item) => void normalizeRecorderItem(item),
    ),
  ],
];

test.each(cases)('each member that is read of an %s is one that AWS lists', (type, atLeast, read) => {
  const known = listed(type);
  const inside = read.filter((path) => path.includes('.'));
  expect(inside.length).toBeGreaterThanOrEqual(atLeast);
  const exceptions = unlisted[type] ?? [];
  expect(read.filter((path) => !known.has(path) && !exceptions.some((it) => it.test(path)))).toEqual([]);
});

test.each(Object.entries(unlisted))('each exception of %s is one that is read, and not listed', (type, exceptions) => {
  const [, , read = []] = cases.find(([it]) => it === type) ?? [];
  // The keys of the exceptions are types of items.
  const known = listed(type as ItemType);
  for (const it of exceptions) {
    expect(read.filter((path) => it.test(path))).not.toEqual([]);
    expect([...known].filter((path) => it.test(path))).toEqual([]);
  }
});
