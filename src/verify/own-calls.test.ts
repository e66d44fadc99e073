import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { nth, remove } from '../../test/support/signed-bucket/tamper.js';
import { at, homeRegion, logBucket, offset, SignedWorld, verifyWorld } from '../../test/support/signed-bucket/world.js';
import { OwnCallSearch, type OwnCall } from './own-calls.js';

const account = '111122223333';
const call = (requestId: string, parts: Partial<OwnCall> = {}): OwnCall => ({
  requestId,
  call: 'cloudtrail:DescribeTrails',
  account,
  region: homeRegion,
  at: at(2),
  ...parts,
});

/** A chain in whose log files some requests were recorded. */
function recording(...ids: readonly string[]) {
  const world = new SignedWorld();
  const records = ids.map((requestID) => ({ eventName: 'DescribeTrails', requestID, padding: 'x'.repeat(70_000) }));
  const logBody = gzipSync(JSON.stringify({ Records: records }));
  const chain = world
    .chain({ logBody })
    .start(at(-2) + offset)
    .hours(10, 2);
  return { world, chain };
}

async function proofsOf(world: SignedWorld, calls: readonly OwnCall[], now = at(11)) {
  const ownCalls = new OwnCallSearch(calls);
  const record = await verifyWorld(world, { ownCalls, now });
  return { outcome: record.outcome, ownCalls: record.ownCalls };
}

test('a call that is in a verified log file proves that events arrive', async () => {
  const { world } = recording('first', 'second');
  const { outcome, ownCalls } = await proofsOf(world, [call('second'), call('elsewhere')]);
  expect(outcome).toBe('verified');
  expect(ownCalls).toEqual([
    {
      account,
      region: homeRegion,
      state: 'found',
      calls: 2,
      found: 1,
      object: expect.stringContaining(`s3://${logBucket}/`),
    },
  ]);
});

test('a call that no log file of its time holds is missing', async () => {
  const { world } = recording('another');
  const { outcome, ownCalls } = await proofsOf(world, [call('wanted')]);
  expect(outcome).toBe('incomplete');
  expect(ownCalls?.[0]).toMatchObject({ state: 'missing', found: 0 });
});

test('a call of another account or Region is none', async () => {
  const { world } = recording('same');
  const { ownCalls } = await proofsOf(world, [call('same', { region: 'eu-west-1' })]);
  expect(ownCalls?.[0]).toMatchObject({ region: 'eu-west-1', state: 'unknown' });
});

test('a log file that was tampered with proves nothing', async () => {
  const { world, chain } = recording('wanted');
  const forged = gzipSync(JSON.stringify({ Records: [{ requestID: 'forged' }] }));
  for (const key of chain.logFiles) world.store.bucket(logBucket).set(key, { body: forged, metadata: {} });
  const { outcome, ownCalls } = await proofsOf(world, [call('forged')]);
  expect(outcome).toBe('tampered');
  expect(ownCalls?.[0]).toMatchObject({ state: 'unknown', found: 0 });
});

test('where digest files are missing, a call that was not found is unknown', async () => {
  const { world, chain } = recording('another');
  remove(world, nth(chain.digests, 4));
  expect((await proofsOf(world, [call('wanted')])).ownCalls?.[0]?.state).toBe('unknown');
});

test('where one of two trails cannot be verified, a call that was not found is unknown', async () => {
  const { world } = recording('another');
  const other = world
    .chain({ trail: 'other' })
    .start(at(-2) + offset)
    .hours(10, 2);
  expect((await proofsOf(world, [call('wanted')])).ownCalls?.[0]?.state).toBe('missing');
  remove(world, nth(other.logFiles, 8));
  expect((await proofsOf(world, [call('wanted')])).ownCalls?.[0]?.state).toBe('unknown');
});

test('a call of the last hours is not due', async () => {
  const { world } = recording('another');
  const { outcome, ownCalls } = await proofsOf(world, [call('wanted', { at: at(5) })], at(8));
  expect(outcome).toBe('incomplete');
  expect(ownCalls?.[0]?.state).toBe('not-due');
});

test('only the time of the calls is looked into', () => {
  const search = new OwnCallSearch([call('a', { at: at(2) }), call('b', { at: at(3), account: '444455556666' })]);
  expect(search.window()).toEqual({ from: at(2) - 60_000, to: at(3.5) });
  expect(search.accounts()).toEqual([account, '444455556666']);
  expect(search.regions()).toEqual([homeRegion]);
});
