import { expect, test } from 'vitest';
import { aTrail, NOW, type TrailParts } from '../../test/support/inventory-builders.js';
import type { TrailStatus } from '../model/inventory.js';
import { absent, known, unknown, type Known } from '../model/known.js';
import { failingRegions } from './failing-regions.js';

const works: TrailStatus = { isLogging: true };

const notes = {
  unknown: (region: string) => `unknown in ${region}`,
  silent: (region: string, since: string) => `silent in ${region} since ${since}`,
};

function failing(statuses: Readonly<Record<string, Known<TrailStatus>>>, parts: TrailParts = {}) {
  const regionalStatuses = Object.entries(statuses).map(([region, status]) => ({ region, status, evidence: {} }));
  return failingRegions({ ...aTrail(parts), regionalStatuses }, NOW, notes);
}

test('Regions that were not asked are left out', () => {
  expect(failingRegions(aTrail(), NOW, notes)).toEqual({ members: [], doubtful: [] });
});

test('a Region in which it is stopped fails, unless it is stopped at home', () => {
  const stopped = { 'eu-west-1': known({ isLogging: false }) };
  expect(failing(stopped)).toEqual({ members: ['eu-west-1'], doubtful: [] });
  expect(failing(stopped, { status: { isLogging: false } })).toEqual({ members: [], doubtful: [] });
});

test('a Region whose digest files stopped coming is in doubt, where they are due', () => {
  const quiet = { 'eu-west-1': known({ ...works, latestDigestDeliveryTime: '2026-09-20T00:00:00.000Z' }) };
  const gaps = ['silent in eu-west-1 since 2026-09-20T00:00:00.000Z'];
  expect(failing(quiet)).toEqual({ members: [], doubtful: [{ value: 'eu-west-1', gaps }] });
  expect(failing(quiet, { description: { logFileValidationEnabled: false } }).doubtful).toEqual([]);
  const fresh = { 'eu-west-1': known({ ...works, latestDigestDeliveryTime: NOW }) };
  expect(failing(fresh)).toEqual({ members: [], doubtful: [] });
});

test('an error of log files or of digest files names the Region', () => {
  const found = failing({
    'eu-west-1': known(works),
    'us-east-1': known({ ...works, latestDeliveryError: 'AccessDenied' }),
    'us-west-2': known({ ...works, latestDigestDeliveryError: 'NoSuchBucket' }),
  });
  expect(found).toEqual({ members: ['us-east-1', 'us-west-2'], doubtful: [] });
});

test('a Region that refused, or knows no such trail, is in doubt', () => {
  expect(failing({ 'eu-west-1': unknown('refused'), 'us-east-1': absent })).toEqual({
    members: [],
    doubtful: [
      { value: 'eu-west-1', gaps: ['refused'] },
      { value: 'us-east-1', gaps: ['unknown in us-east-1'] },
    ],
  });
});
