import { expect, test } from 'vitest';
import {
  aBucket,
  anAccount,
  anInventory,
  aTrail,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Gap } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { unfoundOf } from './index.js';

const refused: Gap = {
  id: 'g',
  call: 's3:HeadBucket',
  accountId: MEMBER,
  region: 'eu-central-1',
  reason: 'access-denied',
  message: 'Forbidden',
  at: '2026-11-20T06:00:00Z',
};
const theirs = aBucket({ name: 'theirs', owner: unknown('g') });
const trails = [aTrail({ accountId: MEMBER, description: { s3BucketName: 'theirs', isOrganizationTrail: false } })];
const keysOf = (gap: Partial<Gap>) =>
  unfoundOf(
    'kms-key',
    anInventory({
      accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER })],
      trails,
      buckets: [theirs],
      gaps: [{ ...refused, ...gap }],
    }),
    new FactGaps(),
  );

test('what a bucket outside of the organization names is not missing, and may be where its owner is not known', () => {
  expect(keysOf({})).toEqual([]);
  expect(keysOf({ reason: 'throttled' })).not.toEqual([]);
});
