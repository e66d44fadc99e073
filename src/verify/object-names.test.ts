import { expect, test } from 'vitest';
import { parseDigestName, parseLogName } from './object-names.js';

const digest = (
  middle: string,
  { base = 'AWSLogs/', account = '111122223333', day = '2026/11/01', time = '20261101T003317Z', tail = '' } = {},
): string =>
  `${base}111122223333/CloudTrail-Digest/us-east-1/${day}/${account}_CloudTrail-Digest_${middle}_${time}${tail}.json.gz`;

test.each([
  ['us-east-1_mgmt_us-east-1', 'mgmt', 'us-east-1'],
  ['us-east-1_mgmt_us-east-1_other_us-east-1', 'mgmt_us-east-1_other', 'us-east-1'],
  ['us-east-1_a_b_us-gov-west-1', 'a_b', 'us-gov-west-1'],
  ['us-east-1_us-east-1_us-east-1_eu-west-1', 'us-east-1_us-east-1', 'eu-west-1'],
  ['us-east-1_x_CloudTrail-Digest_us-east-1_y_us-west-2', 'x_CloudTrail-Digest_us-east-1_y', 'us-west-2'],
])('of %s the trail is %s', (middle, trail, homeRegion) => {
  expect(parseDigestName(digest(middle))).toMatchObject({
    account: '111122223333',
    region: 'us-east-1',
    trail,
    homeRegion,
    end: Date.UTC(2026, 10, 1, 0, 33, 17),
    isBackfill: false,
  });
});

test.each([
  ['AWSLogs/', undefined],
  ['security/AWSLogs/', undefined],
  ['AWSLogs/o-exampleorgid/', 'o-exampleorgid'],
  ['o-exampleorgid/AWSLogs/o-exampleorgid/', 'o-exampleorgid'],
  ['AWSLogs/o-exampleorgid/AWSLogs/', undefined],
])('below %s the organization is %s', (base, organizationId) => {
  const { base: found } = parseDigestName(digest('us-east-1_mgmt_us-east-1', { base })) ?? {};
  expect(found).toEqual({ path: base, organizationId });
});

test('a backfill digest says so in its name', () => {
  expect(parseDigestName(digest('us-east-1_mgmt_us-east-1', { tail: '_backfill' }))?.isBackfill).toBe(true);
});

test.each([
  ['another account than its folder', digest('us-east-1_mgmt_us-east-1', { account: '999900001111' })],
  ['another Region than its folder', digest('eu-west-1_mgmt_us-east-1')],
  ['another day than its folder', digest('us-east-1_mgmt_us-east-1', { day: '2026/11/02' })],
  ['a day that is none', digest('us-east-1_mgmt_us-east-1', { day: '2026/02/30', time: '20260230T003317Z' })],
  ['no seconds', digest('us-east-1_mgmt_us-east-1', { time: '20261101T0033Z' })],
  ['no home Region', digest('us-east-1_mgmt')],
  ['a copy beside it', `${digest('us-east-1_mgmt_us-east-1')}.bak`],
  ['no AWSLogs', digest('us-east-1_mgmt_us-east-1', { base: 'logs/' })],
])('a key with %s is no digest file', (_, key) => {
  expect(parseDigestName(key)).toBeUndefined();
});

test('a log file is of the minute of its delivery', () => {
  const key =
    'AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/01/111122223333_CloudTrail_us-east-1_20261101T0035Z_Mz9sXcY1AbCdEf12.json.gz';
  expect(parseLogName(key)).toMatchObject({ folder: 'CloudTrail', delivered: Date.UTC(2026, 10, 1, 0, 35) });
  expect(parseLogName(key.replaceAll('CloudTrail', 'CloudTrail-Insight'))?.folder).toBe('CloudTrail-Insight');
  expect(parseLogName(key.replace('/CloudTrail/', '/CloudTrail-Insight/'))).toBeUndefined();
  expect(parseLogName(key.replace('AbCdEf12', 'AbCdEf1'))).toBeUndefined();
  expect(parseDigestName(key)).toBeUndefined();
});
