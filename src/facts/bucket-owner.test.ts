import { expect, test } from 'vitest';
import {
  absent,
  aBucket,
  anAccount,
  anInventory,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../test/support/inventory-builders.js';
import type { Bucket, Gap, Inventory } from '../model/inventory.js';
import { isOutsideOrganization } from './bucket-owner.js';

const refused: Gap = {
  id: 'g',
  call: 's3:HeadBucket',
  accountId: MEMBER,
  region: 'eu-central-1',
  reason: 'access-denied',
  message: 'Forbidden',
  at: '2026-11-20T06:00:00Z',
};
const mine = aTrail({ accountId: MEMBER, description: { s3BucketName: 'theirs', isOrganizationTrail: false } });

function outside(
  owner: Bucket['owner'],
  change: Partial<Inventory> = {},
  gap = refused,
  evidence: Bucket['evidence'] = {},
) {
  const whole = anInventory({ accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER })], trails: [mine] });
  const bucket = { ...aBucket({ name: 'theirs', owner }), evidence };
  return isOutsideOrganization(bucket, { ...whole, ...change }, (id) => (id === 'g' ? gap : undefined));
}

const owned = (accountId: string) => known({ accountId, region: 'eu-central-1' });

test('an owner that is known is in the organization or not', () => {
  expect(outside(owned(MEMBER))).toEqual(known(false));
  expect(outside(owned('999988887777'))).toEqual(known(true));
  expect(outside(owned('999988887777'), { organization: null })).toEqual(known(false));
  expect(outside(absent)).toEqual(known(false));
  expect(outside(absent, { organization: null })).toEqual(known(false));
});

test('what an account by itself is refused may be of its organization, or not', () => {
  expect(outside(unknown('g'), { organization: null })).toEqual({ state: 'unknown', gaps: ['g'] });
});

test("a bucket that S3 refuses to everyone who could own it is a stranger's", () => {
  expect(outside(unknown('g'))).toEqual(known(true));
});

test("one that an organization trail uses may deny it to the role: it is a stranger's if it is in no account's list", () => {
  const ofAll = { trails: [aTrail({ description: { s3BucketName: 'theirs', isOrganizationTrail: true } })] };
  expect(outside(unknown('g'), ofAll)).toEqual({ state: 'unknown', gaps: ['g'] });
  expect(outside(unknown('g'), ofAll, refused, { 's3:ListBuckets': 'e' })).toEqual(known(true));
});

test.each<[string, Partial<Inventory>, Partial<Gap>]>([
  ['S3 could not be asked', {}, { reason: 'throttled' }],
  ['no account could be entered that may own it', {}, { call: 'sts:AssumeRole' }],
  ['an account was not read', { accounts: [anAccount({ id: MEMBER, ownTrails: unknown('x') })] }, {}],
  [
    'an account was closed',
    {
      accounts: [
        anAccount({ id: MANAGEMENT }),
        { ...anAccount({ id: MEMBER }), state: 'SUSPENDED', outOfScope: 'its state is SUSPENDED' },
      ],
    },
    {},
  ],
  ['an account is out of scope', { accounts: [{ ...anAccount({ id: MEMBER }), outOfScope: 'excluded' }] }, {}],
  ['an account may not list its buckets', { gaps: [{ ...refused, id: 'l', call: 's3:ListBuckets' }] }, {}],
  ['no trail delivers there', { trails: [] }, {}],
])('stays open where %s', (_, change, gap) => {
  expect(outside(unknown('g'), change, { ...refused, ...gap })).toMatchObject({ state: 'unknown' });
});
