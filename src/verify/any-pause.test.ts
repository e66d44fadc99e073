import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { at, expecting, offset, SignedWorld, trailFacts, verifyWorld } from '../../test/support/signed-bucket/world.js';
import type { TrailFacts } from './expectation.js';

const minute = 60_000;

/** What CloudTrail and the bucket may say of the trail, each of which explains some gaps. */
const facts: readonly Partial<TrailFacts>[] = [
  {},
  { expiration: 'never' },
  { expiration: 1 },
  { validates: false },
  { status: { isLogging: false } },
  { status: { isLogging: false, stoppedAt: at(20) } },
  { status: { isLogging: true, startedAt: at(20) } },
  { status: { isLogging: true, latestDigest: at(-1), digestError: 'AccessDenied' } },
];

test('whenever and however shortly logging was stopped within the window, it is not verified', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom(...facts),
      async (hours, minutes, pause, said) => {
        const world = new SignedWorld();
        const chain = world
          .chain()
          .start(at(-2) + offset)
          .hours(1 + hours, 1);
        const stopped = chain.end() + minutes * minute;
        if (minutes > 0) chain.stop(stopped);
        const started = stopped + pause * minute;
        chain.start(started);
        while (chain.end() < at(9)) chain.hours(1, 1);
        const record = await verifyWorld(world, { expectation: expecting([trailFacts(said)]), now: at(13) });
        const isOfWindow = stopped < at(6) && started > at(0);
        expect(isOfWindow && record.outcome === 'verified').toBe(false);
        expect(record.chains[0]?.covered).toHaveLength(isOfWindow && stopped > at(0) && started < at(6) ? 2 : 1);
      },
    ),
    { numRuns: 120 },
  );
});

test('whatever row of digest files is gone with their log files, it is not verified, whatever would explain it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 8 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(...facts),
      async (first, count, said) => {
        const world = new SignedWorld();
        const chain = world.sixHours({}, 1);
        const gone = new Set(chain.digests.slice(first, first + count));
        // The first digest file lists no log files.
        const goneLogs = chain.logFiles.slice(first - 1, first - 1 + count);
        for (const key of [...gone, ...goneLogs]) world.store.bucket('organization-logs').delete(key);
        const record = await verifyWorld(world, { expectation: expecting([trailFacts(said)]), now: at(11) });
        expect(record.outcome).not.toBe('verified');
      },
    ),
    { numRuns: 120 },
  );
});
