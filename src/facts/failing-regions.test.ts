import { expect, test } from 'vitest';
import type { TrailStatus } from '../model/inventory.js';
import { absent, known, unknown, type Known } from '../model/known.js';
import { failingRegions } from './failing-regions.js';

const works: TrailStatus = { isLogging: true };

function failing(statuses: Readonly<Record<string, Known<TrailStatus>>>) {
  const regionalStatuses = Object.entries(statuses).map(([region, status]) => ({ region, status, evidence: {} }));
  return failingRegions({ regionalStatuses }, (region) => `silent in ${region}`);
}

test('Regions that were not asked are left out', () => {
  expect(failingRegions({}, () => 'none')).toEqual({ members: [], doubtful: [] });
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
      { value: 'us-east-1', gaps: ['silent in us-east-1'] },
    ],
  });
});
