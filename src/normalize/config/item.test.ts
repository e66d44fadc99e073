import { describe, expect, test } from 'vitest';
import { anItem } from '../../../test/support/config-items.js';
import { asApiItem, asNotificationItem, asQueryRow } from '../../../test/support/fake-aws/services/config-encodings.js';
import { MalformedAnswer } from '../malformed-answer.js';
import { recordedFacets } from './bucket.js';
import { hollowItem, latestItems, normalizeItem } from './item.js';
import { normalizeKeyItem, rotationOf } from './key.js';
import { normalizeTrailItem } from './trail.js';

const policyText = '{"Version":"2012-10-17","Statement":[]}';

const bucket = anItem({
  resourceType: 'AWS::S3::Bucket',
  resourceId: 'logs',
  configuration: { name: 'logs', owner: { id: 'a1', displayName: null } },
  supplementaryConfiguration: {
    AccessControlList:
      '{"grantSet":null,"grantList":[{"grantee":"AllUsers","permission":"Read"},{"grantee":{"id":"a1"},"permission":"FullControl"}]}',
    BucketPolicy: { policyText },
    BucketLoggingConfiguration: { destinationBucketName: null, logFilePrefix: null },
    BucketVersioningConfiguration: { status: 'Off', isMfaDeleteEnabled: null },
    BucketNotificationConfiguration: {
      configurations: { a: { type: 'QueueConfiguration', queueARN: 'arn:aws:sqs:us-east-1:111122223333:logs' } },
    },
    IsRequesterPaysEnabled: false,
    BucketTaggingConfiguration: { tagSets: [{ tags: { owner: 'security' } }] },
  },
});

const columns = [
  'resourceType',
  'resourceId',
  'accountId',
  'awsRegion',
  'arn',
  'configuration',
  'supplementaryConfiguration',
  'configurationItemStatus',
  'configurationItemCaptureTime',
];

const encodings = {
  snapshot: bucket,
  api: asApiItem(bucket),
  query: asQueryRow(bucket, columns),
  notification: asNotificationItem(bucket),
};

test.each(Object.entries(encodings))('a bucket in the %s encoding is the same bucket', (_, encoded) => {
  const item = normalizeItem({ ...encoded });
  expect(item).toMatchObject({ accountId: '111122223333', region: 'us-east-1', resourceId: 'logs', isGone: false });
  const facets = Object.entries(recordedFacets).map(([name, read]) => [name, read(item.supplementary)]);
  expect(Object.fromEntries(facets)).toEqual({
    policy: { state: 'known', value: policyText },
    acl: {
      state: 'known',
      value: [
        { grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', granteeType: 'Group', permission: 'READ' },
        { grantee: 'a1', granteeType: 'CanonicalUser', permission: 'FULL_CONTROL' },
      ],
    },
    versioning: { state: 'known', value: { status: 'Unversioned', mfaDelete: false } },
    accessLogging: { state: 'absent' },
    notificationDestinations: { state: 'known', value: ['arn:aws:sqs:us-east-1:111122223333:logs'] },
    requesterPays: { state: 'known', value: false },
    publicAccessBlock: { state: 'absent' },
    objectLock: { state: 'absent' },
    encryption: { state: 'absent' },
    lifecycleRules: { state: 'known', value: [] },
    replication: { state: 'known', value: [] },
    tags: { state: 'known', value: { owner: 'security' } },
  });
});

test('an item from a recorder that could not read the bucket tells nothing, least of all that nothing is set', () => {
  const { supplementary } = normalizeItem({ ...bucket, supplementaryConfiguration: {} });
  for (const read of Object.values(recordedFacets)) expect(() => read(supplementary)).toThrow(MalformedAnswer);
});

test('lifecycle rules of old and new items, and no rule where its predicate is not known', () => {
  const read = (rule: object) =>
    recordedFacets.lifecycleRules({
      BucketLifecycleConfiguration: { rules: [{ id: 'r', status: 'Enabled', ...rule }] },
    });
  expect(read({ prefix: 'AWSLogs/', expirationInDays: 90, noncurrentVersionExpirationInDays: -1 })).toEqual({
    state: 'known',
    value: [{ id: 'r', isEnabled: true, prefix: 'AWSLogs/', expirationDays: 90, requiresTags: false }],
  });
  const noncurrent = (noncurrentVersionExpiration: object) =>
    read({ prefix: 'a/', noncurrentVersionExpiration, noncurrentVersionExpirationInDays: -1 });
  for (const days of [{ noncurrentDays: 30 }, { days: 30 }])
    expect(noncurrent(days)).toMatchObject({ value: [{ noncurrentDays: 30 }] });
  const and = {
    type: 'LifecycleAndOperator',
    operands: [
      { type: 'LifecyclePrefixPredicate', prefix: 'a/' },
      { type: 'LifecycleTagPredicate', tag: { key: 'k', value: 'v' } },
    ],
  };
  expect(read({ prefix: null, expirationInDays: -1, filter: { predicate: and } })).toEqual({
    state: 'known',
    value: [{ id: 'r', isEnabled: true, prefix: 'a/', requiresTags: true }],
  });
  expect(() => read({ filter: { predicate: { type: 'LifecycleMoonPredicate' } } })).toThrow('LifecycleMoonPredicate');
});

test('a group of an access control list that is not known is not left out', () => {
  const AccessControlList = JSON.stringify({ grantList: [{ grantee: 'Everybody', permission: 'Read' }] });
  expect(() => recordedFacets.acl({ AccessControlList })).toThrow(MalformedAnswer);
});

test('a replication rule with a filter by tags covers no whole prefix', () => {
  const destinationConfig = { bucketARN: 'arn:aws:s3:::copy', account: null };
  const rules = {
    b: { status: 'Enabled', filter: { predicate: { type: 'ReplicationTagPredicate' } }, destinationConfig },
    a: { status: 'Enabled', prefix: 'AWSLogs/', destinationConfig },
  };
  const { state, ...rest } = recordedFacets.replication({ BucketReplicationConfiguration: { rules } });
  expect(state).toBe('known');
  expect(rest).toEqual({
    value: [
      { isEnabled: true, prefix: 'AWSLogs/', requiresTags: false, destinationBucketArn: 'arn:aws:s3:::copy' },
      { isEnabled: true, prefix: '', requiresTags: true, destinationBucketArn: 'arn:aws:s3:::copy' },
    ],
  });
});

test.each<[string, object, object]>([
  [
    'says so',
    { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } } },
    { replicatesKmsEncrypted: true },
  ],
  ['has none', { sourceSelectionCriteria: null }, { replicatesKmsEncrypted: false }],
  ['does not tell', {}, {}],
])('whether a replication rule takes what a KMS key encrypts: the record %s', (_, criteria, expected) => {
  const rule = { status: 'Enabled', prefix: '', destinationConfig: { bucketARN: 'arn:aws:s3:::copy' }, ...criteria };
  expect(recordedFacets.replication({ BucketReplicationConfiguration: { rules: { a: rule } } })).toEqual({
    state: 'known',
    value: [
      { isEnabled: true, prefix: '', requiresTags: false, destinationBucketArn: 'arn:aws:s3:::copy', ...expected },
    ],
  });
});

test('a key of before 2021 has the old name of its spec, and dates in milliseconds', () => {
  const key = normalizeItem({
    ...anItem({
      resourceType: 'AWS::KMS::Key',
      resourceId: 'k',
      configuration: {
        keyState: 'PendingDeletion',
        keyManager: 'CUSTOMER',
        origin: 'AWS_KMS',
        customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
        keyUsage: 'ENCRYPT_DECRYPT',
        deletionDate: 1_621_024_924_302,
      },
      supplementaryConfiguration: { KeyRotationStatus: 'false' },
    }),
  });
  expect(normalizeKeyItem(key)).toEqual({
    keyState: 'PendingDeletion',
    keyManager: 'CUSTOMER',
    origin: 'AWS_KMS',
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
    deletionDate: '2021-05-14T20:42:04.302Z',
  });
  expect(rotationOf(key)).toBe(false);
});

test('a member of a key that is missing or malformed leaves the others readable', () => {
  const configuration = { keyState: 'Enabled', keyManager: 'CUSTOMER', origin: 7 };
  const key = normalizeItem({ ...anItem({ resourceType: 'AWS::KMS::Key', resourceId: 'k', configuration }) });
  expect(normalizeKeyItem(key)).toEqual({ keyState: 'Enabled', keyManager: 'CUSTOMER', multiRegion: false });
});

describe('an item of a trail', () => {
  const configuration = {
    name: 't',
    trailARN: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/t',
    homeRegion: 'us-east-1',
    s3BucketName: 'logs',
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: true,
    logFileValidationEnabled: true,
  };
  const trailAt = (configurationItemCaptureTime: string, parts: object = {}) =>
    normalizeTrailItem(
      normalizeItem({
        ...anItem({
          resourceType: 'AWS::CloudTrail::Trail',
          resourceId: 't',
          configurationItemCaptureTime,
          configuration: { ...configuration, ...parts },
        }),
      }),
    );
  const told = {
    s3BucketName: 'logs',
    includeGlobalServiceEvents: true,
    isMultiRegionTrail: true,
    logFileValidationEnabled: true,
  };

  test('from before there were organization trails is of none', () => {
    expect(trailAt('2018-11-18T23:59:59.000Z')).toMatchObject({
      description: { ...told, isOrganizationTrail: false },
      missing: [],
    });
  });

  test('of later that does not say so may be of one, and tells all else', () => {
    expect(trailAt('2018-11-19T00:00:00.000Z')).toEqual({
      description: told,
      missing: ['isOrganizationTrail'],
      hasInsightSelectors: undefined,
    });
  });

  test.each([
    ['isOrganizationTrail', 'perhaps'],
    ['logFileValidationEnabled', 1],
    ['isMultiRegionTrail', undefined],
  ])('with a wrong %s lacks just that', (member, value) => {
    const { description, missing } = trailAt('2018-01-01T00:00:00.000Z', { [member]: value });
    expect(missing).toEqual([member]);
    expect(description).not.toHaveProperty(member);
  });

  test('that does not say where it delivers says nothing', () => {
    expect(() => trailAt('2026-01-01T00:00:00.000Z', { s3BucketName: null })).toThrow('s3BucketName');
  });
});

test('of an item that cannot be read, what can be is kept', () => {
  const cut = '{"cut';
  const parts = (raw: object) => {
    const item = hollowItem({ ...bucket, configuration: { a: 1 }, supplementaryConfiguration: { b: 2 }, ...raw });
    return [item?.configuration, item?.supplementary];
  };
  expect(parts({ supplementaryConfiguration: cut })).toEqual([{ a: 1 }, {}]);
  expect(parts({ configuration: cut })).toEqual([{}, { b: 2 }]);
  expect(parts({ configuration: cut, supplementaryConfiguration: cut })).toEqual([{}, {}]);
  expect(parts({ resourceCreationTime: 'never' })).toEqual([{ a: 1 }, { b: 2 }]);
  expect(hollowItem({ ...bucket, configurationItemCaptureTime: 'never' })).toBeUndefined();
});

test('times with an offset, and the last item of a resource counts', () => {
  const at = (time: string, status = 'OK') =>
    normalizeItem({ ...bucket, configurationItemCaptureTime: time, configurationItemStatus: status });
  const early = at('2026-11-20T10:00:00.000-05:00');
  expect(early.capturedAt).toBe('2026-11-20T15:00:00.000Z');
  const late = at('2026-11-20T15:30:00.000Z');
  expect(latestItems([late, early])).toEqual([late]);
  expect(latestItems([late, early, at('2026-11-20T16:00:00.000Z', 'ResourceDeleted')])).toEqual([]);
});

test.each([
  ['no set', undefined],
  ['nulls', { tagSets: null }],
  ['an empty set', { tagSets: [{ tags: {} }] }],
])('a bucket whose item has %s of tags has none', (_, tagging) => {
  const { supplementaryConfiguration: supplementary } = bucket;
  const it = normalizeItem({
    ...bucket,
    supplementaryConfiguration: { ...supplementary, BucketTaggingConfiguration: tagging ?? null },
  });
  expect(recordedFacets.tags(it.supplementary)).toEqual({ state: 'known', value: {} });
});
