import { describe, expect, test } from 'vitest';
import {
  aBucket,
  absent,
  anInventory,
  aTrail,
  known,
  MEMBER,
  ORGANIZATION,
  unknown,
  type TrailParts,
} from '../../test/support/inventory-builders.js';
import type { Inventory } from '../model/inventory.js';
import { isSevered } from './severed-trail.js';

const alone = { isOrganizationTrail: false } as const;
const yes = known(true);
const no = known(false);

function severed(
  parts: TrailParts,
  it: Partial<Inventory> = {},
  unrecorded: Parameters<typeof isSevered>[2] = () => [no, yes],
) {
  const trail = aTrail(parts);
  const others = it.trails ?? [];
  return isSevered(trail, anInventory({ ...it, trails: [trail, ...others] }), unrecorded);
}

describe('a trail that was an organization trail', () => {
  test.each<[string, TrailParts, Partial<Inventory>]>([
    ['the key prefix of an organization', { description: { ...alone, s3KeyPrefix: ORGANIZATION } }, {}],
    ['the name that a landing zone gives', { name: 'AWSAccelerator-Organizations-CloudTrail', description: alone }, {}],
    [
      'a bucket that lets CloudTrail write for the organization',
      { description: alone },
      { buckets: [aBucket({ policy: known(`{"Resource":"arn:aws:s3:::trail-logs/AWSLogs/${ORGANIZATION}/*"}`) })] },
    ],
  ])('shows by %s', (_, parts, it) => {
    expect(severed(parts, it)).toEqual(yes);
  });

  test.each<[string, TrailParts, Partial<Inventory>]>([
    ['is still one', { description: { s3KeyPrefix: ORGANIZATION } }, {}],
    ['is of a member', { accountId: MEMBER, description: { ...alone, s3KeyPrefix: ORGANIZATION } }, {}],
    ['bears no marks', { description: alone }, { buckets: [aBucket()] }],
    ['names a bucket without a policy', { description: alone }, { buckets: [aBucket({ policy: absent })] }],
    ['is of no organization', { description: { ...alone, s3KeyPrefix: ORGANIZATION } }, { organization: null }],
    [
      'has a namesake in each account, as before landing zone 3.0',
      { name: 'aws-controltower-BaselineCloudTrail', description: { ...alone, s3KeyPrefix: ORGANIZATION } },
      { trails: [aTrail({ name: 'aws-controltower-BaselineCloudTrail', accountId: MEMBER })] },
    ],
  ])('is none that %s', (_, parts, it) => {
    expect(severed(parts, it)).toEqual(no);
  });

  test('is missed by nobody where every account is recorded', () => {
    const parts = { description: { ...alone, s3KeyPrefix: ORGANIZATION } };
    expect(severed(parts, {}, () => [no, no])).toEqual(no);
    expect(severed(parts, {}, () => [no, { state: 'unknown', gaps: ['a'] }])).toEqual({
      state: 'unknown',
      gaps: ['a'],
    });
  });

  test('stays open where it could not be described, or its bucket may show it', () => {
    expect(severed({ description: unknown('d') })).toEqual({ state: 'unknown', gaps: ['d'] });
    const buckets = [aBucket({ policy: unknown('p') })];
    expect(severed({ description: alone }, { buckets })).toEqual({ state: 'unknown', gaps: ['p'] });
  });
});
