import { expect, test } from 'vitest';
import { aBucket, aTrail, known, unknown, type TrailParts } from '../../test/support/inventory-builders.js';
import type { Bucket } from '../model/inventory.js';
import { usesKms } from './log-encryption.js';

const sseS3: Bucket['encryption'] = known({ sseAlgorithm: 'AES256', bucketKeyEnabled: false });
const sseKms: Bucket['encryption'] = known({ sseAlgorithm: 'aws:kms:dsse', bucketKeyEnabled: false });
const plain: TrailParts = { description: { kmsKeyId: undefined as never } };
const keyed: TrailParts = { description: { kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/k' } };

test.each<[string, TrailParts[], Bucket['encryption'], unknown]>([
  ['no key', [plain], sseS3, { state: 'known', value: false }],
  ['the key of one of its trails', [plain, keyed], sseS3, { state: 'known', value: true }],
  [
    'the key of a trail elsewhere',
    [{ description: { ...keyed.description, s3BucketName: 'other' } }],
    sseS3,
    { state: 'known', value: false },
  ],
  ["the bucket's own key alone", [plain], sseKms, { state: 'unknown', gaps: ['default'] }],
  ['a trail that could not be described', [{ description: unknown('d') }], sseS3, { state: 'unknown', gaps: ['d'] }],
  ['an encryption that could not be read', [plain], unknown('e'), { state: 'unknown', gaps: ['e'] }],
])('logs are encrypted with %s', (_, trails, encryption, expected) => {
  expect(
    usesKms(
      aBucket({ encryption }),
      trails.map((it) => aTrail(it)),
      () => 'default',
    ),
  ).toEqual(expected);
});
