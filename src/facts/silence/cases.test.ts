import { describe, expect, test } from 'vitest';
import { aStatus, aTrail, MEMBER, NOW, unknown, type TrailParts } from '../../../test/support/inventory-builders.js';
import type { TrailStatus } from '../../model/inventory.js';
import { deliveryCases } from './cases.js';

const long = '2026-09-20T00:00:00.000Z';
const error = 'AccessDenied';
const never = undefined as never;

/** Since when delivery fails: in the kindest and in the harshest reading; `-`: it does not. */
function failing(owner: Partial<TrailStatus>, parts: TrailParts = {}, member?: Partial<TrailStatus>): string[] {
  const trail = aTrail({ ...parts, status: owner });
  const others = member === undefined ? [] : [{ accountId: MEMBER, isOwner: false, status: aStatus(member) } as const];
  const { best, worst } = deliveryCases(trail, { owner: trail.status, others }, Date.parse(NOW));
  return [best, worst].map((it) => (it === undefined ? '-' : (it.since ?? 'never')));
}

const noEventsElsewhere = { latestCloudWatchLogsDeliveryTime: never };
const silent = { ...noEventsElsewhere, latestDeliveryTime: long, latestDigestDeliveryTime: long };
const quiet = { ...noEventsElsewhere, latestDeliveryTime: long };
const onlyData = {
  basic: [
    {
      readWriteType: 'All',
      includeManagementEvents: false,
      excludeManagementEventSources: [],
      dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
    },
  ],
  advanced: [],
};

describe('log files fail to arrive', () => {
  const off = { description: { logFileValidationEnabled: false } };
  const begun = { startLoggingTime: '2026-11-20T23:50:00.000Z', latestDeliveryTime: never };
  const nothing = { latestDeliveryTime: never, latestDigestDeliveryTime: never, ...noEventsElsewhere };
  const stopped = (stop: string, start: string) => ({ stopLoggingTime: stop, startLoggingTime: start });

  test.each<[string, string[], Partial<TrailStatus>, TrailParts?]>([
    ['nowhere where all is well', ['-', '-'], {}],
    [
      'since the last arrival where an error is told',
      [long, long],
      { latestDeliveryError: error, latestDeliveryTime: long },
    ],
    [
      'since then also where logging was started again',
      [long, long],
      { latestDeliveryError: error, latestDeliveryTime: long, ...stopped('2026-11-20', '2026-11-20T20:00Z') },
    ],
    [
      'for ever where an error is told and nothing ever came',
      ['never', 'never'],
      { ...begun, latestDeliveryError: error },
    ],
    ['since the last sign of life where digests are due', [long, long], silent],
    ['perhaps, where digests come and log files do not', ['-', long], quiet],
    ['nowhere then, if no call that reads is recorded', ['-', '-'], quiet, { eventSelectors: onlyData }],
    [
      'for certain, if CloudWatch Logs had events meanwhile',
      [long, long],
      { ...quiet, latestCloudWatchLogsDeliveryTime: '2026-11-20T20:00:00.000Z' },
    ],
    [
      'not for certain, if it had the first one minutes ago',
      ['-', long],
      { ...quiet, latestCloudWatchLogsDeliveryTime: '2026-11-20T23:56:00.000Z' },
    ],
    ['perhaps, where no digests are due', ['-', long], silent, off],
    ['perhaps, where nothing ever came', ['-', 'never'], nothing],
    ['not, where logging began minutes ago', ['-', '-'], { ...nothing, ...begun }],
    [
      'perhaps, where it was started again minutes ago and nothing ever came',
      ['-', 'never'],
      { ...nothing, ...stopped('2026-11-20', '2026-11-20T23:50Z') },
    ],
    [
      'perhaps, where it was stopped for all that time until minutes ago',
      ['-', long],
      { ...silent, ...stopped(long, '2026-11-20T23:50Z') },
    ],
    [
      'for certain, where it was stopped for all that time until yesterday',
      [long, long],
      { ...silent, ...stopped(long, '2026-11-20T00:00Z') },
    ],
    [
      'for certain, where it is started again each day',
      [long, long],
      { ...silent, ...stopped('2026-11-20T22:00Z', '2026-11-20T22:01Z') },
    ],
    ['perhaps, where it is not known whether digests are due', ['-', long], silent, { description: unknown('d') }],
  ])('%s', (_, expected, owner, parts) => {
    expect(failing(owner, parts)).toEqual(expected);
  });
});

describe('in a member', () => {
  test.each<[string, string[], Partial<TrailStatus>, Partial<TrailStatus>]>([
    ['its own silence counts', [long, long], {}, silent],
    ['its own error counts', [long, long], {}, { latestDeliveryError: error, latestDeliveryTime: long }],
    ["the owner's failure counts", [long, long], silent, {}],
    ["the owner's quiet does not, where files came for the member", ['-', '-'], quiet, {}],
    ["the owner's quiet does where they did not", ['-', long], quiet, quiet],
  ])('%s', (_, expected, owner, member) => {
    expect(failing(owner, {}, member)).toEqual(expected);
  });

  test('what it is told is no proof where the owner was not asked', () => {
    const trail = aTrail({ status: unknown('s') });
    const told = (status: TrailStatus) => ({ accountId: MEMBER, isOwner: false, status });
    const ask = (status: TrailStatus) =>
      deliveryCases(trail, { owner: trail.status, others: [told(status)] }, Date.parse(NOW));
    expect(ask(aStatus({ latestDeliveryError: error, latestDeliveryTime: long })).best).toEqual({ error, since: long });
    expect(ask(aStatus()).best).toBeUndefined();
  });
});
