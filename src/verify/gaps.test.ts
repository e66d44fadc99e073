import { expect, test } from 'vitest';
import type { ChainWriter } from '../../test/support/signed-bucket/chain-writer.js';
import { nth, remove } from '../../test/support/signed-bucket/tamper.js';
import { told } from '../../test/support/signed-bucket/told.js';
import {
  accountId,
  at,
  expecting,
  homeRegion,
  offset,
  SignedWorld,
  trailFacts,
  verifyWorld,
} from '../../test/support/signed-bucket/world.js';
import type { Expectation, TrailFacts } from './expectation.js';
import type { VerifyOptions } from './options.js';

interface Case {
  readonly name: string;
  readonly write: (world: SignedWorld) => ChainWriter;
  readonly facts?: Partial<TrailFacts>;
  readonly expectation?: Partial<Expectation>;
  readonly options?: Partial<VerifyOptions>;
  readonly told: readonly string[];
}

const start = (world: SignedWorld): ChainWriter => world.chain().start(at(-2) + offset);
const stopped = (from: number): Partial<TrailFacts> => ({ status: { isLogging: false, stoppedAt: from } });

const cases: readonly Case[] = [
  {
    name: 'logging was stopped and started again',
    write: (world) =>
      start(world)
        .hours(4, 1)
        .stop(at(3), 1)
        .start(at(5) + 60_000)
        .hours(4),
    told: ['incomplete', 'gap 03:00 05:01 logging-stopped'],
  },
  {
    name: 'the digest file that starts a new chain is of the hour before, in which logging was stopped',
    write: (world) => start(world).hours(4).stop(at(3), 1).start(at(3.5), 0).hours(6),
    told: ['incomplete', 'gap 03:00 03:30 logging-stopped'],
  },
  {
    name: 'validation was off for a while: no last digest file, and log files without one',
    write: (world) => {
      const chain = start(world).hours(4);
      chain.strayLog(at(3.2));
      return chain.start(at(5)).hours(5);
    },
    told: ['incomplete', 'log-file uncovered in-a-gap 1', 'gap 02:33 05:00 restarted'],
  },
  {
    name: 'logging was turned on within the window',
    write: (world) => world.chain().start(at(3)).hours(7),
    told: ['incomplete', 'gap 00:00 03:00 started'],
  },
  {
    name: 'logging was turned on, and all that came then was deleted',
    write: (world) => world.chain().start(at(3)),
    told: ['tampered', 'gap 00:00 03:00 started', 'gap 03:00 06:00 missing-digest'],
  },
  {
    name: 'logging was turned on so late that no more is due',
    write: (world) => world.chain().start(at(5)),
    options: { now: at(6) },
    told: ['incomplete', 'gap 00:00 05:00 started', 'gap 05:00 06:00 not-yet-delivered'],
  },
  {
    name: 'logging was stopped for less than an hour at a full hour of the digest files',
    write: (world) => start(world).hours(4).start(at(3.2), 0).hours(6),
    told: ['incomplete', 'gap 02:33 03:12 restarted'],
  },
  {
    name: 'all that a trail delivered since the window starts was deleted, and nothing says that it must be there',
    write: (world) => {
      world.chain({ trail: 'other' }).start(at(-2)).hours(12);
      return start(world).hours(1, 1);
    },
    facts: { name: 'other' },
    expectation: { knowsAllTrails: false },
    told: ['tampered', `gap ${accountId} us-east-1 00:00 06:00 missing-chain`],
  },
  {
    name: 'a trail that records one Region now recorded another one until the window starts',
    write: (world) => {
      world.chain({ region: 'eu-west-1' }).start(at(-3)).hours(2);
      return start(world).hours(10);
    },
    told: ['incomplete', `gap ${accountId} eu-west-1 00:00 06:00 not-recorded`],
  },
  {
    name: 'a trail that was stopped before the window and deleted is over',
    write: (world) => {
      world.chain({ trail: 'other' }).start(at(-5)).hours(2).stop(at(-2.5));
      return start(world).hours(10);
    },
    told: ['verified'],
  },
  {
    name: 'the account joined within the window',
    write: (world) => world.chain().start(at(3)).hours(7),
    expectation: { chains: [{ trail: trailFacts(), account: accountId, region: homeRegion, since: at(1) }] },
    told: ['verified'],
  },
  {
    name: 'logging was stopped, as its last digest file shows, and is still',
    write: (world) => start(world).hours(4, 1).stop(at(3), 1),
    told: ['incomplete', 'gap 03:00 06:00 logging-stopped'],
  },
  {
    name: 'logging was stopped, as CloudTrail says, but its last digest file is gone',
    write: (world) => start(world).hours(4, 1),
    facts: stopped(at(3)),
    told: ['tampered', 'gap 02:33 03:00 missing-digest', 'gap 03:00 06:00 logging-stopped'],
  },
  {
    name: 'digest files are gone from an hour when CloudTrail was still logging',
    write: (world) => start(world).hours(2, 1),
    facts: stopped(at(5)),
    told: ['tampered', 'gap 00:33 05:00 missing-digest', 'gap 05:00 06:00 logging-stopped'],
  },
  {
    name: 'logging was stopped and started again, and all digest files since are gone',
    write: (world) => start(world).hours(4, 1).stop(at(3), 1),
    facts: { status: { isLogging: true, startedAt: at(3.5) } },
    told: ['tampered', 'gap 03:00 03:30 logging-stopped', 'gap 03:30 06:00 missing-digest'],
  },
  {
    name: 'logging was started again so late that no more is due',
    write: (world) => start(world).hours(4, 1).stop(at(3), 1),
    facts: { status: { isLogging: true, startedAt: at(5.8) } },
    options: { now: at(9) },
    told: ['incomplete', 'gap 03:00 05:48 logging-stopped', 'gap 05:48 06:00 not-yet-delivered'],
  },
  {
    name: 'the digest file before a stop is the newest one, and CloudTrail says that it delivered later ones',
    write: (world) => start(world).hours(4, 1).stop(at(3), 1),
    facts: { status: { isLogging: false, stoppedAt: at(2), latestDigest: at(7) } },
    told: ['tampered', 'gap 03:00 04:30 missing-digest', 'gap 04:30 06:00 logging-stopped'],
  },
  {
    name: 'validation is off now, and CloudTrail says that it delivered digest files until later than there are any',
    write: (world) => start(world).hours(4, 1),
    facts: { validates: false, status: { isLogging: true, latestDigest: at(7) } },
    told: ['tampered', 'gap 02:33 04:30 missing-digest', 'gap 04:30 06:00 validation-off'],
  },
  {
    name: 'validation is off now',
    write: (world) => start(world).hours(4, 1),
    facts: { validates: false },
    told: ['incomplete', 'gap 02:33 06:00 validation-off'],
  },
  {
    name: 'validation was never on',
    write: (world) => world.chain(),
    facts: { validates: false },
    told: ['incomplete', 'gap 00:00 06:00 validation-off'],
  },
  {
    name: 'CloudTrail cannot deliver',
    write: (world) => start(world).hours(4, 1),
    facts: { status: { isLogging: true, latestDigest: at(3), digestError: 'AccessDenied' } },
    told: ['incomplete', 'gap 02:33 06:00 delivery-failed'],
  },
  {
    name: 'CloudTrail could not deliver later than the digest files that are gone',
    write: (world) => start(world).hours(3, 1),
    facts: { status: { isLogging: true, latestDigest: at(8), digestError: 'AccessDenied' } },
    told: ['tampered', 'gap 01:33 06:00 missing-digest'],
  },
  {
    name: 'the trail was deleted',
    write: (world) => start(world).hours(4, 1),
    expectation: { trails: [], chains: [] },
    told: ['incomplete', 'gap 02:33 06:00 trail-deleted'],
  },
  {
    name: 'the account left the organization',
    write: (world) => start(world).hours(4, 1),
    expectation: { accounts: new Set(['999988887777']), chains: [] },
    told: ['incomplete', 'gap 02:33 06:00 account-left'],
  },
  {
    name: 'digest files of the last hours are not due',
    write: (world) => start(world).hours(5, 1),
    options: { now: at(6) },
    told: ['incomplete', 'gap 03:33 06:00 not-yet-delivered'],
  },
  {
    name: 'one hour is overdue and the next ones are not due',
    write: (world) => start(world).hours(4, 1),
    options: { now: at(6.5) },
    told: ['tampered', 'gap 02:33 03:33 missing-digest', 'gap 03:33 06:00 not-yet-delivered'],
  },
  {
    name: 'lifecycle rules removed the oldest digest and log files',
    write: (world) => {
      const chain = start(world).hours(10, 1);
      remove(world, ...chain.digests.slice(0, 5), ...chain.logFiles.slice(0, 4));
      return chain;
    },
    told: ['incomplete', 'gap 00:00 02:33 retention'],
  },
  {
    name: 'the oldest digest files are gone, and no lifecycle rule is known to remove them',
    write: (world) => {
      const chain = start(world).hours(10, 1);
      remove(world, ...chain.digests.slice(0, 5), ...chain.logFiles.slice(0, 4));
      return chain;
    },
    facts: { expiration: 'never' },
    told: ['tampered', 'gap 00:00 02:33 missing-digest'],
  },
  {
    name: 'the oldest digest files are gone long before a lifecycle rule removes them',
    write: (world) => {
      const chain = start(world).hours(10, 1);
      remove(world, ...chain.digests.slice(0, 5), ...chain.logFiles.slice(0, 4));
      return chain;
    },
    facts: { expiration: 365 },
    told: ['tampered', 'gap 00:00 02:33 missing-digest'],
  },
  {
    name: 'the oldest digest files are gone, and their log files are not',
    write: (world) => {
      const chain = start(world).hours(10, 1);
      remove(world, ...chain.digests.slice(0, 5));
      return chain;
    },
    told: ['tampered', 'log-file uncovered in-a-gap 3', 'gap 00:00 02:33 missing-digest'],
  },
  {
    name: 'digest files at the beginning of the window are gone, and older ones are there',
    write: (world) => {
      const chain = start(world).hours(10, 1);
      remove(world, ...chain.digests.slice(2, 5), ...chain.logFiles.slice(1, 4));
      return chain;
    },
    told: ['tampered', 'gap 00:00 02:33 missing-digest'],
  },
  {
    name: 'a digest file cannot be read',
    write: (world) => {
      const chain = start(world).hours(10, 1);
      world.store.refusals.set(`organization-logs/${nth(chain.digests, 5)}`, 'archived');
      return chain;
    },
    told: [
      'incomplete',
      'log-file uncovered in-a-gap 1',
      'digest unreadable archived 1',
      'gap 02:33 03:33 unreadable-digest',
    ],
  },
  {
    name: 'the digest files cannot be listed',
    write: (world) => {
      world.store.refusals.set(
        `organization-logs/AWSLogs/${accountId}/CloudTrail-Digest/${homeRegion}/`,
        'access-denied',
      );
      return start(world).hours(10, 1);
    },
    told: ['incomplete', 'gap 00:00 06:00 unreadable-digest'],
  },
];

test.each(cases)('$name', async ({ write, facts, expectation, options, told: expected }) => {
  const world = new SignedWorld();
  write(world);
  const record = await verifyWorld(world, { expectation: expecting([trailFacts(facts)], expectation), ...options });
  expect(told(record)).toEqual(expected);
});
