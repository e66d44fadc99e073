import { describe, expect, test } from 'vitest';
import {
  absent,
  anAccount,
  anInventory,
  anObservation,
  aStatus,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  unknown,
  type TrailParts,
} from '../../test/support/inventory-builders.js';
import type { TrailStatus } from '../model/inventory.js';
import { deliveryOf, hasError, type Channels } from './delivery.js';
import { FactGaps } from './fact-gaps.js';
import { viewsOf } from './silence/index.js';

const sure = <T>(value: T) => ({ state: 'known', value });
const doubt = (...gaps: string[]) => ({ state: 'unknown', gaps });
const hour = 60 * 60 * 1000;
const day = 24 * hour;
const oldStart = '2026-01-01T00:00:00.000Z';

interface Told {
  readonly trail?: TrailParts;
  /** What the member is told; undefined: it is not asked. */
  readonly member?: Partial<TrailStatus>;
  /** The account that is asked about. */
  readonly of?: string;
}

/** The channels of the organization trail, as its owner and a member are told. */
function channelsOf({ trail: parts = {}, member, of }: Told): { channels: Channels; error: unknown; gaps: FactGaps } {
  const trail = aTrail(parts);
  const observedTrails = member === undefined ? [] : [anObservation({ status: known(aStatus(member)) })];
  const accounts = [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER, ownTrails: unknown('m'), observedTrails })];
  const inventory = anInventory({ trails: [trail], accounts });
  const gaps = new FactGaps();
  const views = viewsOf(trail, inventory, of);
  const channels = deliveryOf(trail, { views, capturedAt: inventory.capturedAt, gaps });
  return { channels, error: hasError(channels, views), gaps };
}

/** A status in which these members are left out. */
const without = (...members: (keyof TrailStatus)[]): Partial<TrailStatus> =>
  Object.fromEntries(members.map((member) => [member, undefined]));

describe('the channels of a trail, as its owner is told', () => {
  test('one that arrives', () => {
    const { logs, digests, notifications } = channelsOf({}).channels;
    expect([logs.isConfigured, logs.latestTime, logs.error]).toEqual([
      sure(true),
      sure('2026-11-20T23:55:00.000Z'),
      sure(undefined),
    ]);
    expect([logs.quietSince(), digests.quietSince()]).toEqual([
      sure('2026-11-20T23:55:00.000Z'),
      sure('2026-11-20T23:30:00.000Z'),
    ]);
    expect([logs.isFresh(day), digests.isFresh(3 * hour)]).toEqual([sure(true), sure(true)]);
    expect([notifications.isConfigured, notifications.isFresh(day)]).toEqual([sure(false), sure(false)]);
  });

  test('a log file is no sign of life for digests', () => {
    const status = { latestDigestDeliveryTime: '2026-11-01T00:00:00.000Z' };
    const { digests } = channelsOf({ trail: { status } }).channels;
    expect([digests.quietSince(), digests.isFresh(3 * hour)]).toEqual([sure('2026-11-01T00:00:00.000Z'), sure(false)]);
  });

  test('nothing was ever delivered nor started', () => {
    const status = without('startLoggingTime', 'latestDeliveryTime', 'latestDigestDeliveryTime');
    const { logs } = channelsOf({ trail: { status } }).channels;
    expect([logs.latestTime, logs.quietSince(), logs.isFresh(day)]).toEqual([
      sure(undefined),
      sure(undefined),
      sure(false),
    ]);
  });

  test('an old error of a channel that is off says nothing', () => {
    const { digests, notifications } = channelsOf({
      trail: {
        description: { logFileValidationEnabled: false },
        status: { latestDigestDeliveryError: 'AccessDenied', latestNotificationError: 'NotFound' },
      },
    }).channels;
    expect([digests.isConfigured, digests.error, digests.quietSince()]).toEqual([
      sure(false),
      sure(undefined),
      sure(undefined),
    ]);
    expect([notifications.isConfigured, notifications.error]).toEqual([sure(false), sure(undefined)]);
    expect(digests.byAccount().members).toEqual([]);
  });

  test('an error of a channel that is on', () => {
    const topic = 'arn:aws:sns:eu-central-1:111111111111:trail';
    const { channels, error } = channelsOf({
      trail: {
        description: { snsTopicArn: topic },
        status: { latestDeliveryError: 'AccessDenied', latestNotificationError: 'NotFound' },
      },
    });
    expect([channels.logs.error, channels.notifications.error, error]).toEqual([
      sure('AccessDenied'),
      sure('NotFound'),
      sure(true),
    ]);
  });

  test('an unread status leaves what the description tells', () => {
    const { channels, error } = channelsOf({ trail: { status: unknown('s') } });
    const { logs, digests, notifications } = channels;
    expect([logs.isConfigured, logs.quietSince(), logs.error, logs.isFresh(day)]).toEqual([
      sure(true),
      doubt('s'),
      doubt('s'),
      doubt('s'),
    ]);
    expect([digests.isConfigured, digests.quietSince()]).toEqual([sure(true), doubt('s')]);
    expect([notifications.isConfigured, notifications.error]).toEqual([sure(false), sure(undefined)]);
    expect(error).toEqual(doubt('s'));
  });

  test('an unread description leaves open whether an error counts', () => {
    const { logs, digests, cloudWatchLogs } = channelsOf({
      trail: { description: unknown('d'), status: { latestCloudWatchLogsDeliveryError: 'AccessDenied' } },
    }).channels;
    expect(logs.error).toEqual(sure(undefined));
    expect([digests.isConfigured, digests.error, digests.quietSince()]).toEqual([
      doubt('d'),
      sure(undefined),
      doubt('d'),
    ]);
    expect([cloudWatchLogs.error, cloudWatchLogs.isFresh(day)]).toEqual([doubt('d'), doubt('d')]);
    expect(cloudWatchLogs.byAccount().doubtful).toMatchObject([{ value: { accountId: MANAGEMENT }, gaps: ['d'] }]);
  });

  test('a status that is not there is no delivery', () => {
    const { logs } = channelsOf({ trail: { status: absent } }).channels;
    expect(logs.isFresh(day)).toEqual(sure(false));
  });

  test('the old error of a trail that is stopped is no failure of one that logs', () => {
    const status = { isLogging: false, latestDeliveryError: 'AccessDenied' };
    const { channels, error } = channelsOf({ trail: { status }, member: { latestDeliveryError: 'NoSuchBucket' } });
    expect([channels.logs.error, error]).toEqual([sure('AccessDenied'), sure(false)]);
  });
});

describe('what another account is told', () => {
  const member = { latestCloudWatchLogsDeliveryError: 'AccessDenied' };

  test('an error counts, whatever the owner is told', () => {
    for (const status of [{}, unknown('not-entered')]) {
      const { channels, error } = channelsOf({ trail: { status }, member });
      expect([channels.cloudWatchLogs.error, error]).toEqual([sure('AccessDenied'), sure(true)]);
      const told = channels.cloudWatchLogs.byAccount();
      expect(told.members.find((it) => it.accountId === MEMBER)).toMatchObject({ error: 'AccessDenied' });
    }
  });

  test('an error counts in no other account', () => {
    expect(channelsOf({ member, of: MANAGEMENT }).channels.cloudWatchLogs.error).toEqual(sure(undefined));
    expect(channelsOf({ member, of: MEMBER }).channels.cloudWatchLogs.error).toEqual(sure('AccessDenied'));
  });

  test('no error proves nothing where the owner was not asked', () => {
    const { channels, error } = channelsOf({ trail: { status: unknown('not-entered') }, member: {} });
    expect([channels.logs.error, channels.logs.isFresh(day), error]).toEqual([
      doubt('not-entered'),
      doubt('not-entered'),
      doubt('not-entered'),
    ]);
    expect(channels.logs.byAccount()).toMatchObject({ members: [{ accountId: MEMBER }], rest: doubt('not-entered') });
  });

  test('a stopped shadow says nothing of the delivery', () => {
    const stopped = { isLogging: false, latestDeliveryError: 'AccessDenied' };
    expect(channelsOf({ member: stopped }).channels.logs.error).toEqual(sure(undefined));
  });

  test('silence that digests prove is one of the trail, in that account', () => {
    const silent = {
      latestDeliveryTime: '2026-09-20T00:00:00.000Z',
      latestDigestDeliveryTime: '2026-09-20T00:00:00.000Z',
    };
    expect(channelsOf({ member: silent }).channels.logs.isFresh(day)).toEqual(sure(false));
    expect(channelsOf({ member: silent, of: MANAGEMENT }).channels.logs.isFresh(day)).toEqual(sure(true));
    expect(channelsOf({ member: silent, of: MEMBER }).channels.logs.isFresh(day)).toEqual(sure(false));
  });

  test('what it is not told of is no silence', () => {
    const lessTold = without('latestDigestDeliveryTime', 'latestCloudWatchLogsDeliveryTime');
    const { digests, cloudWatchLogs } = channelsOf({ member: lessTold }).channels;
    expect([digests.isFresh(3 * hour), cloudWatchLogs.isFresh(day)]).toEqual([sure(true), sure(true)]);
    expect(digests.byAccount().members.map((it) => it.accountId)).toEqual([MANAGEMENT]);
  });
});

const onlyWrites = [
  {
    readWriteType: 'WriteOnly',
    includeManagementEvents: true,
    excludeManagementEventSources: [],
    dataResources: [],
  },
];

describe('what is not certain', () => {
  test.each<[string, keyof Channels, keyof TrailStatus, string]>([
    ['validation', 'digests', 'latestDigestDeliveryTime', 'about an hour after log file validation is turned on'],
    [
      'a log group',
      'cloudWatchLogs',
      'latestCloudWatchLogsDeliveryTime',
      'AWS does not tell when the log group was set',
    ],
  ])('%s that may have been turned on just now', (_, channel, member, message) => {
    const { channels, gaps } = channelsOf({ trail: { status: without(member) } });
    const { quietSince, isFresh } = channels[channel];
    const fresh = isFresh(3 * hour);
    expect(fresh).toEqual(quietSince());
    expect(fresh).toEqual(doubt(...gaps.all().map(({ id }) => id)));
    expect(gaps.all()).toMatchObject([{ accountId: MANAGEMENT, reason: 'unsupported' }]);
    expect(gaps.all()[0]?.message).toContain(message);
  });

  test('two channels of one account are two questions', () => {
    const status = without('latestDigestDeliveryTime', 'latestCloudWatchLogsDeliveryTime');
    const { channels, gaps } = channelsOf({ trail: { status } });
    expect(channels.digests.isFresh(3 * hour)).not.toEqual(channels.cloudWatchLogs.isFresh(day));
    expect(gaps.all()).toHaveLength(2);
  });

  test('a first start within the time is no silence', () => {
    const started = { startLoggingTime: '2026-11-20T23:00:00.000Z' };
    const status = { ...without('latestDeliveryTime', 'latestDigestDeliveryTime'), ...started };
    const { logs, digests } = channelsOf({ trail: { status } }).channels;
    expect([logs.isFresh(day), digests.isFresh(3 * hour)]).toEqual([sure(true), sure(true)]);
    const refused = channelsOf({ trail: { status: { ...status, latestDeliveryError: 'AccessDenied' } } }).channels;
    expect(refused.logs.isFresh(day)).toEqual(sure(false));
  });

  test('a quiet account is told from a dead trail by no digest, if the trail records reads', () => {
    const status = { startLoggingTime: oldStart, latestDeliveryTime: '2026-11-01T00:00:00.000Z' };
    const { channels, gaps } = channelsOf({
      trail: { status: { ...status, ...without('latestCloudWatchLogsDeliveryTime') } },
    });
    expect(channels.logs.isFresh(day)).toEqual(doubt(...gaps.all().map(({ id }) => id)));
    expect(gaps.all()[0]?.message).toContain('Scan again in an hour');
    const quiet = channelsOf({ trail: { status, eventSelectors: { basic: onlyWrites, advanced: [] } } }).channels;
    expect([quiet.logs.isFresh(day), quiet.logs.quietSince()]).toEqual([sure(true), sure('2026-11-20T23:30:00.000Z')]);
  });

  test('without digests a silence may be a quiet account, unless nothing ever arrived', () => {
    const quietFor = (status: Partial<TrailStatus>, writesOnly = false) => {
      const selectors = writesOnly ? { eventSelectors: { basic: onlyWrites, advanced: [] } } : {};
      const description = { logFileValidationEnabled: false };
      const parts = { status: { startLoggingTime: oldStart, ...status }, description, ...selectors };
      return channelsOf({ trail: parts });
    };
    const since = without('latestDigestDeliveryTime', 'latestCloudWatchLogsDeliveryTime');
    const last = { ...since, latestDeliveryTime: '2026-11-18T00:00:00.000Z' };
    for (const writesOnly of [false, true]) {
      const { channels, gaps } = quietFor(last, writesOnly);
      expect(channels.logs.isFresh(day)).toEqual(doubt(...gaps.all().map(({ id }) => id)));
      expect(gaps.all()).toMatchObject([{ call: 'cloudtrail:GetTrailStatus', accountId: MANAGEMENT }]);
    }
    const never = quietFor({ ...since, ...without('latestDeliveryTime') }).channels;
    expect(never.logs.isFresh(day)).toEqual(sure(false));
    const refused = quietFor({ ...last, latestDeliveryError: 'AccessDenied' }).channels;
    expect(refused.logs.isFresh(day)).toEqual(sure(false));
    const elsewhere = quietFor({ ...last, latestCloudWatchLogsDeliveryTime: '2026-11-19T00:00:00.000Z' }).channels;
    expect(elsewhere.logs.isFresh(day)).toEqual(sure(false));
  });
});
