import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anAccount,
  anInventory,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
} from '../../../test/support/inventory-builders.js';
import type { Account, Trail } from '../../model/inventory.js';
import { FactGaps } from '../fact-gaps.js';
import { logAreas } from './log-buckets.js';

const states = ['delivers', 'stopped', 'refused', 'status-unread', 'description-unread'] as const;

interface Drawn {
  readonly bucket: string;
  readonly prefix: string | undefined;
  readonly state: (typeof states)[number];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  bucket: fc.constantFrom('one', 'two'),
  prefix: fc.constantFrom(undefined, 'logs', 'o-example123456'),
  state: fc.constantFrom(...states),
});
const asked = fc.constantFrom(
  'one/',
  'two/',
  'one/logs/',
  'one/logs/AWSLogs/',
  'one/AWSLogs/',
  'one/data/',
  'two/logs/x',
  'three/',
);
const ways = fc.constantFrom<'read' | 'unread' | 'kept-out' | 'closed'>('read', 'unread', 'kept-out', 'closed');

function trailOf({ bucket, prefix, state }: Drawn, index: number): Trail {
  const name = `trail-${index}`;
  if (state === 'description-unread') return aTrail({ name, description: unknown('description') });
  const description = { s3BucketName: bucket, ...(prefix === undefined ? {} : { s3KeyPrefix: prefix }) };
  switch (state) {
    case 'delivers':
      return aTrail({ name, description });
    case 'stopped':
      return aTrail({ name, description, status: { isLogging: false } });
    case 'refused':
      return aTrail({ name, description, status: { latestDeliveryError: 'AccessDenied' } });
    case 'status-unread':
      return aTrail({ name, description, status: unknown('status') });
  }
}

function memberThatIs(way: 'read' | 'unread' | 'kept-out' | 'closed'): Account {
  const member = anAccount({ id: MEMBER });
  switch (way) {
    case 'read':
      return member;
    case 'unread':
      return { ...member, ownTrails: unknown('own-trails') };
    case 'kept-out':
      return { ...member, ownTrails: unknown('not-asked'), outOfScope: 'excluded' };
    case 'closed':
      return { ...member, state: 'SUSPENDED', ownTrails: unknown('not-asked'), outOfScope: 'suspended' };
  }
}

function isLogs(all: readonly Drawn[], way: 'read' | 'unread' | 'kept-out' | 'closed', place: string) {
  const trails = all.map(trailOf);
  const accounts = [anAccount({ id: MANAGEMENT, ownTrails: known(trails.map(({ arn }) => arn)) }), memberThatIs(way)];
  return logAreas(anInventory({ trails, accounts }), new FactGaps())(`arn:aws:s3:::${place}`).isLogs;
}

/** Whether the place lies where the trail puts its files, by name alone. */
function holds({ bucket, prefix }: Drawn, place: string): boolean {
  const own = prefix === undefined ? `${bucket}/AWSLogs/` : `${bucket}/${prefix}/`;
  return place.startsWith(own) || (prefix !== 'logs' && place === `${bucket}/`);
}

describe('the exemption of log buckets from data events', () => {
  const world = [fc.array(drawn, { maxLength: 4 }), ways, asked] as const;

  test('is certain only where a trail that logs and delivers puts its files', () => {
    fc.assert(
      fc.property(...world, (trails, way, place) => {
        const it = isLogs(trails, way, place);
        const delivering = trails.some((one) => one.state === 'delivers' && holds(one, place));
        expect(it.state === 'known' && it.value).toBe(delivering);
      }),
    );
  });

  test('is denied only where every trail that may deliver there is known', () => {
    fc.assert(
      fc.property(...world, (trails, way, place) => {
        if (trails.some((it) => it.state === 'delivers' && holds(it, place))) return;
        const mayDeliver = trails.some(
          (it) => it.state === 'description-unread' || (it.state === 'status-unread' && holds(it, place)),
        );
        const isOpen = mayDeliver || way === 'unread' || way === 'kept-out';
        expect(isLogs(trails, way, place).state).toBe(isOpen ? 'unknown' : 'known');
      }),
    );
  });

  test('an account that is kept out never turns an exemption into a finding', () => {
    fc.assert(
      fc.property(world[0], asked, (trails, place) => {
        const whole = isLogs(trails, 'read', place);
        const part = isLogs(trails, 'kept-out', place);
        expect(part.state === 'unknown' || (part.value && whole.state === 'known' && whole.value)).toBe(true);
      }),
    );
  });

  test('a stopped or refused trail makes no bucket a log bucket', () => {
    fc.assert(
      fc.property(...world, (trails, way, place) => {
        const others = trails.filter((it) => it.state !== 'stopped' && it.state !== 'refused');
        expect(isLogs(trails, way, place)).toEqual(isLogs(others, way, place));
      }),
    );
  });
});
