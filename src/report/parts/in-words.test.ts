import { expect, test } from 'vitest';
import { inWords } from './in-words.js';

test.each([
  ['bucket.isPublic', true, 'bucket is public: yes'],
  ['now - trail.delivery.latest', '624h', 'time since trail delivery latest: 26 days'],
  ['now - trail.delivery.latest', '90m0s', 'time since trail delivery latest: 90 minutes'],
  ['params.minDays', 365, 'parameter min days: 365 days'],
  ['params.maxSilence', '24h', 'parameter max silence: 24 hours'],
  ['bucket.retention.days', 1, 'bucket retention days: 1 day'],
  ['has(trail.kmsKeyId)', false, 'trail kms key id: there is none'],
  ['trail.destinations.size()', 2, 'number of trail destinations: 2'],
  ['size(trail.destinations)', 2, 'number of trail destinations: 2'],
  [
    'coverage(account, params.trails).management.writeLosses[0].eventSource',
    'kms.amazonaws.com',
    'event source of the first of coverage management write losses: kms.amazonaws.com',
  ],
  [
    'account.trails[1].regions[11].name',
    'eu-west-1',
    'name of number 12 of regions of the second of account trails: eu-west-1',
  ],
  ['trail.missingDestinations[0]', 'a', 'the first of trail missing destinations: a'],
  ['now - trail.losses[0].failingSince', '26h', 'time since failing since of the first of trail losses: 26 hours'],
  ['bucket.versioning', 'Suspended', 'bucket versioning: Suspended'],
  [
    'account.scpDenials[params.actions[cloudtrail:StopLogging]].scope',
    'no-one',
    'account scp denials of cloudtrail:StopLogging scope: no-one',
  ],
  ['params.actions', 'and 1 more', '1 more of parameter actions'],
] as const)('%s is %s: %s', (expr, value, words) => {
  expect(inWords({ expr, value })).toBe(words);
});

test.each(['a + b', "trail.name != 'x'", 'x ? y : z', 'list.exists(it, it > 3)'])('%s has no words', (expr) => {
  expect(inWords({ expr, value: true })).toBeUndefined();
});
