import { expect, test } from 'vitest';
import { at, SignedWorld, verifyWorld } from '../../test/support/signed-bucket/world.js';

test('a bucket as CloudTrail leaves it is verified and complete', async () => {
  const world = new SignedWorld();
  world.sixHours();
  const record = await verifyWorld(world);
  expect(record.findings).toEqual([]);
  expect(record.scope.open).toEqual([]);
  expect(record.chains[0]?.gaps).toEqual([]);
  expect(record.outcome).toBe('verified');
  expect(record.counts.digests).toEqual({ valid: 7, invalid: 0, missing: 0, unreadable: 0 });
  expect(record.counts.logFiles).toMatchObject({ valid: 21, invalid: 0, missing: 0, uncovered: 0 });
  expect(record.chains[0]?.covered).toEqual([{ from: '2026-11-01T00:00:00Z', to: '2026-11-01T06:00:00Z' }]);
  expect(at(0)).toBe(Date.parse('2026-11-01T00:00:00Z'));
});
