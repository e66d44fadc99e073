import { describe, expect, test } from 'vitest';
import { mayHoldItems, parseDeliveryName, placeInFolders } from './delivery-name.js';

const account = '111122223333';
const place = { accountId: account, region: 'eu-central-1' };

describe('the name of a delivered file', () => {
  test.each([
    [
      `o-1/AWSLogs/${account}/Config/eu-central-1/2026/2/13/ConfigSnapshot/${account}_Config_eu-central-1_ConfigSnapshot_20260213T062442Z_0-1.json.gz`,
      { ...place, kind: 'snapshot', type: undefined, from: '2026-02-13T06:24:42.000Z', to: '2026-02-13T06:24:42.000Z' },
    ],
    [
      `${account}_Config_eu-central-1_ConfigHistory_AWS::CloudTrail::Trail_20260220T000000Z_20260220T060000Z_1.json.gz`,
      {
        ...place,
        kind: 'history',
        type: 'AWS::CloudTrail::Trail',
        from: '2026-02-20T00:00:00.000Z',
        to: '2026-02-20T06:00:00.000Z',
      },
    ],
    [
      `a/${account}_Config_eu-central-1_ChangeNotification_AWS::S3::Bucket_logs-20200101T000000Z_20260213T070000Z_177.json.gz`,
      {
        ...place,
        kind: 'change',
        type: 'AWS::S3::Bucket',
        from: '2026-02-13T07:00:00.000Z',
        to: '2026-02-13T07:00:00.000Z',
      },
    ],
    [
      `${account}_Config_us-gov-west-1_ConfigSnapshot_20260213T062442Z_0.json`,
      expect.objectContaining({ region: 'us-gov-west-1' }),
    ],
  ])('%s', (path, expected) => {
    expect(parseDeliveryName(path)).toEqual(expected);
  });

  test.each([
    'snapshot.json.gz',
    `${account}_CloudTrail_eu-central-1_20260213T0600Z_a.json.gz`,
    `${account}_Config_eu-central-1_ConfigSnapshot_today_0.json.gz`,
    `${account}_Config_eu-central-1_ConfigSnapshot_20269913T062442Z_0.json.gz`,
    `${account}_Config_eu-central-1_ConfigSnapshot_20260213T062442Z_0/notes.txt`,
  ])('%s is none', (path) => {
    expect(parseDeliveryName(path)).toBeUndefined();
  });
});

describe('the folder of a file', () => {
  test.each([
    [`AWSLogs/${account}/Config/eu-central-1/2026/x.json`, place],
    [`p/AWSLogs/o-abc123/${account}/Config/eu-central-1/x.json`, place],
    [String.raw`AWSLogs\111122223333\Config\eu-central-1\x.json`, place],
    [`AWSLogs/${account}/Config/x.json`, { accountId: account, region: undefined }],
    [`AWSLogs/${account}/CloudTrail/eu-central-1/x.json`, undefined],
    ['x.json', undefined],
  ])('%s', (path, expected) => {
    expect(placeInFolders(path)).toEqual(expected);
  });

  test.each([
    [`AWSLogs/${account}/Config/x.json`, true],
    ['any/where.json', true],
    [`AWSLogs/${account}/CloudTrail/x.json`, false],
    [`AWSLogs/${account}/Config/ConfigWritabilityCheckFile`, false],
    ['a/', false],
  ])('%s may hold items: %s', (path, expected) => {
    expect(mayHoldItems(path)).toBe(expected);
  });
});
