import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.js';

function clockAt(time: { now: number }) {
  return { now: () => time.now, sleep: async () => {} };
}

test('a burst passes at once, then calls are spaced by the rate', () => {
  const limit = new RateLimit({ family: 'x', rate: 10, burst: 3 }, clockAt({ now: 0 }));
  expect([1, 2, 3, 4, 5].map(() => limit.reserve())).toEqual([0, 0, 0, 100, 200]);
});

test('tokens come back with time, up to the burst', () => {
  const time = { now: 0 };
  const limit = new RateLimit({ family: 'x', rate: 10, burst: 2 }, clockAt(time));
  limit.reserve();
  limit.reserve();
  time.now = 60_000;
  expect([1, 2, 3].map(() => limit.reserve())).toEqual([0, 0, 100]);
});

test('never more calls within any span than burst plus rate times span', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 60 }),
      (rate, burst, pauses) => {
        const time = { now: 0 };
        const limit = new RateLimit({ family: 'x', rate, burst }, clockAt(time));
        const sentAt = pauses.map((pause) => {
          time.now += pause;
          return time.now + limit.reserve();
        });
        for (let first = 0; first < sentAt.length; first += 1) {
          for (let last = first; last < sentAt.length; last += 1) {
            const span = ((sentAt[last] ?? 0) - (sentAt[first] ?? 0)) / 1000;
            // A millisecond of rounding a call.
            expect(last - first + 1).toBeLessThanOrEqual(burst + rate * (span + 0.002) + 1e-6);
          }
        }
      },
    ),
  );
});
