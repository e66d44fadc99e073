import { expect, test } from 'vitest';
import { normalizeEncryption } from './bucket.js';

const blocked = { BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } };
const byKey = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' },
  BucketKeyEnabled: true,
};
const ofKey = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'key', bucketKeyEnabled: true };

test.each([
  ['that blocks keys of the writer', [{ ...byKey, ...blocked }], ofKey],
  ['beside one that blocks them', [blocked, byKey], ofKey],
  ['that does nothing but block them', [blocked], { sseAlgorithm: 'AES256', bucketKeyEnabled: false }],
])('a rule of encryption %s', (_, Rules, expected) => {
  expect(normalizeEncryption({ Rules })).toEqual(expected);
});

test.each([[[]], [[{}]], [[{ BucketKeyEnabled: true }]], [[{ ApplyServerSideEncryptionByDefault: {} }]]])(
  'rules %j are no answer of S3',
  (Rules) => {
    expect(() => normalizeEncryption({ Rules })).toThrow(/Rules|ServerSide|SSEAlgorithm/);
  },
);
