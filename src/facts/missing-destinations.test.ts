import { describe, expect, test } from 'vitest';
import {
  absent,
  aBucket,
  aKey,
  aLogGroup,
  aTrail,
  keyArn,
  logGroupArn,
  NOW,
  unknown,
} from '../../test/support/inventory-builders.js';
import type { Gap } from '../model/inventory.js';
import { missingDestinations, type DestinationState } from './missing-destinations.js';

const doubt = (...gaps: string[]) => ({ state: 'unknown', gaps });

describe('missing destinations', () => {
  const found: Gap[] = [];
  const gaps = {
    add(gap: Omit<Gap, 'id'>): string {
      found.push({ ...gap, id: `f${found.length}` });
      return `f${found.length - 1}`;
    },
  };
  const whole: DestinationState = { capturedAt: NOW, buckets: [aBucket()], keys: [aKey()], logGroups: [aLogGroup()] };
  const none = { members: [], doubtful: [] };
  /** It delivered nothing that could prove where it delivers. */
  const silent = aTrail({
    status: {
      latestDeliveryTime: '2026-11-01T00:00:00Z',
      latestDigestDeliveryTime: '2026-11-01T00:00:00Z',
      latestCloudWatchLogsDeliveryTime: '2026-11-01T00:00:00Z',
    },
  });

  test('all exist', () => {
    expect(missingDestinations(silent, whole, gaps)).toEqual(none);
  });

  test('what AWS said does not exist is missing, though it took a delivery an hour ago', () => {
    const gone = {
      capturedAt: NOW,
      buckets: [aBucket({ owner: absent })],
      keys: [aKey({ metadata: absent })],
      logGroups: [aLogGroup({ details: absent })],
    };
    expect(missingDestinations(aTrail(), gone, gaps)).toEqual({
      members: ['trail-logs', keyArn(), logGroupArn()],
      doubtful: [],
    });
  });

  test('a key that is disabled or to be deleted exists', () => {
    const keys = [aKey({ metadata: { keyState: 'PendingDeletion' } })];
    expect(missingDestinations(silent, { ...whole, keys }, gaps)).toEqual(none);
  });

  test('what could not be read may be missing', () => {
    const unread = {
      capturedAt: NOW,
      buckets: [aBucket({ owner: unknown('b') })],
      keys: [aKey({ metadata: unknown('k') })],
      logGroups: [aLogGroup({ details: unknown('l') })],
    };
    expect(missingDestinations(silent, unread, gaps)).toEqual({
      members: [],
      doubtful: [
        { value: 'trail-logs', gaps: ['b'] },
        { value: keyArn(), gaps: ['k'] },
        { value: logGroupArn(), gaps: ['l'] },
      ],
    });
    expect(missingDestinations(aTrail(), unread, gaps), 'a delivery within the last day proves them').toEqual(none);
  });

  test('a digest alone proves the bucket of a quiet trail', () => {
    const quiet = aTrail({ status: { latestDeliveryTime: '2026-11-01T00:00:00Z' } });
    expect(missingDestinations(quiet, { ...whole, buckets: [aBucket({ owner: unknown('b') })] }, gaps)).toEqual(none);
  });

  test('a delivery that failed since proves nothing', () => {
    const failing = aTrail({ status: { latestDeliveryError: 'NoSuchBucket' } });
    expect(missingDestinations(failing, { ...whole, buckets: [aBucket({ owner: unknown('b') })] }, gaps)).toEqual({
      members: [],
      doubtful: [{ value: 'trail-logs', gaps: ['b'] }],
    });
  });

  test('neither the bucket nor the status could be read', () => {
    const buckets = [aBucket({ owner: unknown('b') })];
    expect(missingDestinations(aTrail({ status: unknown('s') }), { ...whole, buckets }, gaps).doubtful).toEqual([
      { value: 'trail-logs', gaps: ['b', 's'] },
    ]);
  });

  test('a key is found by the alias that the trail names', () => {
    const alias = 'arn:aws:kms:eu-central-1:111111111111:alias/logs';
    const keys = [aKey({ names: [keyArn(), alias] })];
    expect(missingDestinations(aTrail({ description: { kmsKeyId: alias } }), { ...whole, keys }, gaps)).toEqual(none);
  });

  test('what a trail names is open when its description is', () => {
    expect(missingDestinations(aTrail({ description: unknown('d') }), whole, gaps)).toEqual({
      ...none,
      rest: doubt('d'),
    });
  });

  test('an inventory without the bucket tells so', () => {
    expect(missingDestinations(silent, { ...whole, buckets: [] }, gaps)).toEqual({
      members: [],
      doubtful: [{ value: 'trail-logs', gaps: ['f0'] }],
    });
    expect(found).toMatchObject([{ resource: 'trail-logs', reason: 'not-collected' }]);
  });
});
