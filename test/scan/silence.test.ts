import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventSelectors, Inventory, TrailStatus } from '../../src/model/inventory.js';
import type { Evaluation } from '../../src/model/results.js';
import {
  aGap,
  anAccount,
  anInventory,
  anObservation,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  NOW,
  unknown,
} from '../support/inventory-builders.js';
import { evaluateInventory } from '../support/scan-world.js';

const policies = [
  'trail-is-logging',
  'trail-delivers-without-error',
  'trail-sends-to-cloudwatch-logs',
  'account-has-multi-region-trail',
  'account-records-management-events',
  'account-records-s3-write-events',
  'organization-trail-covers-every-account',
];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const ago = (milliseconds: number): string => new Date(Date.parse(NOW) - milliseconds).toISOString();

/** How long ago something came; undefined: never, as far as is told. */
const arrival = fc.constantFrom(undefined, 5 * minute, 40 * minute, 2 * hour, 5 * hour, 30 * hour, 60 * day);
const code = fc.constantFrom(undefined, undefined, undefined, 'AccessDenied');
const channels = ['Delivery', 'DigestDelivery', 'CloudWatchLogsDelivery', 'Notification'] as const;

/** First and last start of logging, and the last stop; healthy, just begun, stopped, started again. */
const logging = fc.constantFrom<Partial<TrailStatus>>(
  { isLogging: true, startLoggingTime: ago(900 * day) },
  { isLogging: true, startLoggingTime: ago(10 * minute) },
  { isLogging: true, startLoggingTime: ago(10 * minute), stopLoggingTime: ago(60 * day) },
  { isLogging: true, startLoggingTime: ago(20 * hour), stopLoggingTime: ago(20 * hour + minute) },
  { isLogging: true, startLoggingTime: ago(20 * hour) },
  { isLogging: false, startLoggingTime: ago(900 * day), stopLoggingTime: ago(10 * minute) },
  { isLogging: false, startLoggingTime: ago(900 * day), stopLoggingTime: ago(60 * day) },
  { isLogging: true },
);

const status = fc
  .record({ logging, times: fc.tuple(arrival, arrival, arrival, arrival), errors: fc.tuple(code, code, code, code) })
  .map(({ logging: it, times, errors }): TrailStatus => {
    const told = channels.flatMap((channel, index): [string, string | undefined][] => [
      [channel === 'Notification' ? 'latestNotificationTime' : `latest${channel}Time`, timeOf(times[index])],
      [`latest${channel}Error`, errors[index]],
    ]);
    return withMembers({ isLogging: true, ...it }, Object.fromEntries(told));
  });

function timeOf(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : ago(milliseconds);
}

/** Members that are undefined are left out. */
function withMembers(it: TrailStatus, more: Readonly<Record<string, string | undefined>>): TrailStatus {
  return { ...it, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) };
}

interface Case {
  readonly owner: TrailStatus;
  readonly member: TrailStatus;
  readonly validates: boolean;
  readonly sendsToLogGroup: boolean;
  readonly notifies: boolean;
  readonly reads: boolean;
}

const anyCase = fc.record<Case>({
  owner: status,
  member: status,
  validates: fc.boolean(),
  sendsToLogGroup: fc.boolean(),
  notifies: fc.boolean(),
  reads: fc.boolean(),
});

const selecting = (readWriteType: string): EventSelectors => ({
  basic: [
    {
      readWriteType,
      includeManagementEvents: true,
      excludeManagementEventSources: [],
      dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
    },
  ],
  advanced: [],
});

interface Views {
  readonly owner: boolean;
  readonly member: boolean;
}
const both: Views = { owner: true, member: true };

/** An organization trail as its owner and one member are told, or without the answers of one of them. */
function inventoryOf(it: Case, views: Views): Inventory {
  const { owner, member, validates, sendsToLogGroup, notifies, reads } = it;
  const unread = unknown('unread');
  const trail = aTrail({
    description: {
      logFileValidationEnabled: validates,
      ...(sendsToLogGroup ? {} : { cloudWatchLogsLogGroupArn: undefined as never }),
      ...(notifies ? { snsTopicArn: `arn:aws:sns:eu-central-1:${MANAGEMENT}:trail` } : {}),
    },
    status: views.owner ? known(owner) : unread,
    eventSelectors: views.owner ? known(selecting(reads ? 'All' : 'WriteOnly')) : unread,
  });
  return anInventory({
    trails: [trail],
    accounts: [
      anAccount({ id: MANAGEMENT, ...(views.owner ? {} : { ownTrails: unread }) }),
      anAccount({ id: MEMBER, observedTrails: [anObservation({ status: views.member ? known(member) : unread })] }),
    ],
    gaps: [aGap({ id: 'unread' })],
  });
}

type Outcomes = ReadonlyMap<string, Evaluation['outcome']>;

function outcomesOf(it: Case, views: Views = both): Outcomes {
  const { evaluations } = evaluateInventory(inventoryOf(it, views), policies);
  return new Map(evaluations.map(({ policyId, target, outcome }) => [`${policyId} ${target.id}`, outcome]));
}

/** What complies after a change that gives no reason for it. */
function gained(before: Outcomes, after: Outcomes): string[] {
  return [...after]
    .filter(([key, outcome]) => outcome === 'COMPLIANT' && before.get(key) !== 'COMPLIANT')
    .map(([key]) => `${key}: ${before.get(key)} → COMPLIANT`);
}

const change = fc.record({ of: fc.constantFrom('owner', 'member'), channel: fc.constantFrom(...channels) });

describe('nothing complies', () => {
  test('because an error is told', () => {
    fc.assert(
      fc.property(anyCase, change, (it, { of, channel }) => {
        const refused = { ...it, [of]: withMembers(it[of], { [`latest${channel}Error`]: 'AccessDenied' }) };
        expect(gained(outcomesOf(it), outcomesOf(refused))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('because the owner was not asked', () => {
    fc.assert(
      fc.property(anyCase, (it) => {
        expect(gained(outcomesOf(it), outcomesOf(it, { owner: false, member: true }))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('in a member, or in the whole organization, because the member was not asked', () => {
    fc.assert(
      fc.property(anyCase, (it) => {
        const all = gained(outcomesOf(it), outcomesOf(it, { owner: true, member: false }));
        // A trail is judged by those that were asked: what is not known of a member is said of the member.
        expect(all.filter((line) => !line.startsWith('trail-'))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('that is the owner’s while the owner was not asked', () => {
    fc.assert(
      fc.property(anyCase, (it) => {
        const complies = [...outcomesOf(it, { owner: false, member: true })].filter(
          ([, outcome]) => outcome === 'COMPLIANT' || outcome === 'NOT_APPLICABLE',
        );
        expect(complies).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('because logging was started again', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom('owner', 'member'),
        fc.constantFrom(20 * hour, 10 * minute),
        (it, of, at) => {
          fc.pre(it[of].isLogging && Date.parse(it[of].startLoggingTime ?? NOW) < Date.parse(ago(at)));
          const arrivals = channels.map((channel) =>
            channel === 'Notification' ? it[of].latestNotificationTime : it[of][`latest${channel}Time`],
          );
          fc.pre(arrivals.every((time) => time === undefined || Date.parse(time) < Date.parse(ago(at + minute))));
          const again = { startLoggingTime: ago(at), stopLoggingTime: ago(at + minute) };
          const restarted = { ...it, [of]: { ...it[of], ...again } };
          expect(gained(outcomesOf(it), outcomesOf(restarted))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('because a log or digest file came earlier than it did', () => {
    const times = ['latestDeliveryTime', 'latestDigestDeliveryTime'] as const;
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom('owner', 'member'),
        fc.constantFrom(...times),
        arrival,
        (it, of, time, by) => {
          const before = it[of][time];
          fc.pre(before !== undefined && by !== undefined);
          const older = new Date(Date.parse(before ?? NOW) - (by ?? 0)).toISOString();
          expect(gained(outcomesOf(it), outcomesOf({ ...it, [of]: { ...it[of], [time]: older } }))).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('in a member that sees the trail stopped', () => {
    fc.assert(
      fc.property(anyCase, (it) => {
        const outcomes = outcomesOf({ ...it, member: { ...it.member, isLogging: false } });
        const ofMember = [...outcomes].filter(([key]) => key.endsWith(` ${MEMBER}`)).map(([, outcome]) => outcome);
        expect(new Set(ofMember)).toEqual(new Set(['NON_COMPLIANT']));
      }),
      { numRuns: 100 },
    );
  });
});
