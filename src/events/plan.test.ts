import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aRecord, logFile, logKey, writeFiles } from '../../test/support/event-logs.js';
import { MemoryStore } from '../../test/support/signed-bucket/memory-store.js';
import { limiter } from '../collect/run/context.js';
import { planBucket, planFolder } from './index.js';

const bucket = 'organization-logs';
const options = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T11:00:00Z', at: '2026-11-27T12:00:00.000Z' };
const body = logFile([aRecord(1)]);
const files = {
  [logKey({ delivered: '2026-11-20T10:20' })]: body,
  [logKey({ delivered: '2026-11-20T10:40' })]: body,
  [logKey({ delivered: '2026-11-18T10:40' })]: body,
};

test('the files of the window are counted in a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trailproof-plan-'));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  await writeFiles(folder, files);
  expect(await planFolder(folder, options)).toEqual({ objects: 2, bytes: 2 * body.length, listings: 0, gaps: [] });
});

test('and in a bucket, with the listings; what refuses to be listed is told', async () => {
  const store = new MemoryStore();
  for (const [key, it] of Object.entries(files)) store.bucket(bucket).set(key, { body: it, metadata: {} });
  const place = { store, bucket, prefix: 'AWSLogs', limit: limiter(4) };
  expect(await planBucket(place, options)).toEqual({ objects: 2, bytes: 2 * body.length, listings: 4, gaps: [] });
  expect(store.reads).toEqual([]);
  store.refusals.set(`${bucket}/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/20/`, 'access-denied');
  const { objects, gaps } = await planBucket(place, options);
  expect(objects).toBe(0);
  expect(gaps).toMatchObject([{ reason: 'access-denied', accountId: '111122223333' }]);
});
