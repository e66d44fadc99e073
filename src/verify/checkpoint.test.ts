import { gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { change, edit, nth, objectAt, remove } from '../../test/support/signed-bucket/tamper.js';
import { told } from '../../test/support/signed-bucket/told.js';
import {
  at,
  expecting,
  logBucket,
  SignedWorld,
  trailFacts,
  verifyWorld,
} from '../../test/support/signed-bucket/world.js';
import type { Checkpoint, CheckpointEntry } from './checkpoint.js';

/** A checkpoint in memory. */
class Kept implements Checkpoint {
  readonly entries = new Map<string, CheckpointEntry>();

  constructor(readonly spares = true) {}

  find(bucket: string, key: string): CheckpointEntry | undefined {
    return this.entries.get(`${bucket}/${key}`);
  }

  inFolder(bucket: string, folder: string): readonly CheckpointEntry[] {
    return [...this.entries.values()].filter((it) => it.bucket === bucket && it.key.startsWith(folder));
  }

  add(entry: CheckpointEntry): void {
    this.entries.set(`${entry.bucket}/${entry.key}`, entry);
  }

  copy(): Kept {
    const copy = new Kept();
    for (const entry of this.entries.values()) copy.add(entry);
    return copy;
  }

  /** The same entries for a run that reads everything again. */
  full(): Kept {
    const full = new Kept(false);
    for (const entry of this.entries.values()) full.add(entry);
    return full;
  }
}

/** A world that was verified once, and how often its objects were read since. */
async function verifiedOnce(logs: number) {
  const world = new SignedWorld();
  const chain = world.sixHours({}, logs);
  const checkpoint = new Kept();
  const first = await verifyWorld(world, { checkpoint });
  const again = async (kept: Checkpoint = checkpoint) => {
    world.store.reads.length = 0;
    const record = await verifyWorld(world, { checkpoint: kept });
    const isLog = (key: string): boolean => !key.includes('Digest');
    return {
      record,
      logs: world.store.reads.filter(isLog).length,
      digests: world.store.reads.filter((key) => !isLog(key)).length,
    };
  };
  return { world, chain, checkpoint, first, again };
}

test('what was proved is not read again, and the record says the same', async () => {
  const { first, again, checkpoint } = await verifiedOnce(3);
  expect(told(first)).toEqual(['verified']);
  expect(checkpoint.entries.size).toBe(7);
  const { record, logs, digests } = await again();
  expect(record).toEqual(first);
  // A digest file says which log files are its own.
  expect({ logs, digests }).toEqual({ logs: 0, digests: 7 });
});

test('digest files without log files are not read again either', async () => {
  const { first, again } = await verifiedOnce(0);
  const { record, digests } = await again();
  expect(digests).toBe(0);
  expect(told(record)).toEqual(['verified']);
  expect(record.anchors).toMatchObject({ earlierRun: 7, ownSignature: 0 });
  expect(record.chains[0]?.covered).toEqual(first.chains[0]?.covered);
  expect(record.chains[0]?.heads).toEqual(first.chains[0]?.heads);
});

test('only what is new is read', async () => {
  const { world, chain, again } = await verifiedOnce(3);
  chain.backfill(at(2), [chain.strayLog(at(1.5))], at(10));
  const { record, logs } = await again();
  expect(told(record)).toEqual(['verified']);
  expect(logs).toBe(1);
  expect(world.store.reads.length).toBeLessThan(10);
});

test('a log file that was edited since is read, with the others of its digest file', async () => {
  const { world, chain, again } = await verifiedOnce(3);
  edit(world, nth(chain.logFiles, 10), (it) => `${it} `);
  const { record, logs } = await again();
  expect(told(record)).toEqual(['tampered', 'log-file invalid hash 1']);
  expect(logs).toBe(3);
});

test('a log file that was compressed anew is read again, and sound', async () => {
  const { world, chain, again, checkpoint } = await verifiedOnce(3);
  const key = nth(chain.logFiles, 10);
  change(world, key, { body: gzipSync(gunzipSync(objectAt(world, key).body), { level: 1 }) });
  const { record, logs } = await again();
  expect(told(record)).toEqual(['verified']);
  expect(logs).toBe(3);
  expect(checkpoint.entries.size).toBe(7);
  expect((await again()).logs).toBe(0);
});

test('a log file that was deleted since is missing', async () => {
  const { world, chain, again } = await verifiedOnce(3);
  remove(world, chain.logFiles[10]);
  const { record } = await again();
  expect(told(record)).toEqual(['tampered', 'log-file missing gone 1']);
});

test('a digest file whose signature was changed since is read again', async () => {
  const { world, chain, again } = await verifiedOnce(0);
  const key = nth(chain.digests, 5);
  const { metadata } = objectAt(world, key);
  change(world, key, { metadata: { ...metadata, signature: '00'.repeat(256) }, lastModified: at(12) });
  const { record } = await again();
  expect(told(record)).toEqual(['tampered', 'digest invalid signature 1', 'gap 02:33 03:33 invalid-digest']);
});

test.each([0, 3])(
  'whatever byte is changed, or object deleted, since it was proved: with %i log files',
  async (logs) => {
    const { world, chain, checkpoint } = await verifiedOnce(logs);
    const objects = [...chain.digests.slice(2, 9), ...chain.logFiles.slice(logs, 8 * logs)];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...objects), fc.nat(), fc.boolean(), async (key, position, isGone) => {
        const store = world.store.copy(true);
        const object = objectAt(world, key);
        const body = Buffer.from(object.body);
        // Behind the header, whose time says nothing.
        const index = 10 + (position % (body.length - 10));
        body[index] = (body[index] ?? 0) ^ 0x55;
        if (isGone) store.bucket(logBucket).delete(key);
        else store.bucket(logBucket).set(key, { ...object, body });
        const record = await verifyWorld(world, { store, checkpoint: checkpoint.copy() });
        expect(record.outcome).toBe('tampered');
      }),
      { numRuns: 60 },
    );
  },
);

test('a digest file that was put in the place of another one since is rewritten, even with a valid signature', async () => {
  const { world, chain, again, checkpoint } = await verifiedOnce(0);
  const key = nth(chain.digests, 8);
  const entry = checkpoint.find('organization-logs', key);
  if (entry === undefined) throw new Error('It was not written down.');
  remove(world, ...chain.digests.slice(9));
  checkpoint.add({ ...entry, sha256: '00'.repeat(32), state: 'another 1' });
  const { record } = await again();
  expect(told(record)).toEqual(['tampered', 'digest invalid rewritten 1', 'gap 05:33 06:00 invalid-digest']);
});

test('digest files that were proved and are gone are missing, though an explanation was made up for them', async () => {
  const { world, chain, checkpoint } = await verifiedOnce(3);
  remove(world, ...chain.digests.slice(0, 5), ...chain.logFiles.slice(0, 12));
  const without = await verifyWorld(world);
  expect(told(without)).toEqual(['incomplete', 'gap 00:00 02:33 retention']);
  expect(told(await verifyWorld(world, { checkpoint }))).toEqual([
    'tampered',
    'digest missing gone 3',
    'gap 00:00 02:33 retention',
  ]);
  const expectation = expecting([trailFacts({ expiration: 1 })]);
  const now = at(60);
  expect(told(await verifyWorld(world, { checkpoint, expectation, now }))).toEqual([
    'incomplete',
    'gap 00:00 02:33 retention',
  ]);
});

test('a stopped trail whose last digest files were deleted is found out', async () => {
  const { world, chain, checkpoint } = await verifiedOnce(3);
  remove(world, ...chain.digests.slice(7), ...chain.logFiles.slice(18));
  const expectation = expecting([trailFacts({ status: { isLogging: false, stoppedAt: at(4.56) } })]);
  expect(told(await verifyWorld(world, { checkpoint, expectation }))[1]).toBe('digest missing gone 2');
});

test('a run that reads everything again compares it with what was proved', async () => {
  const { again, checkpoint, chain } = await verifiedOnce(3);
  const full = await again(checkpoint.full());
  expect(told(full.record)).toEqual(['verified']);
  expect(full.logs).toBe(chain.logFiles.slice(3, 24).length);
});

test('only digest files with all their log files are written down', async () => {
  const world = new SignedWorld();
  const chain = world.sixHours({}, 3);
  remove(world, chain.logFiles[10]);
  world.store.refusals.set(`organization-logs/${nth(chain.logFiles, 15)}`, 'network');
  const checkpoint = new Kept();
  await verifyWorld(world, { checkpoint });
  expect(checkpoint.entries.size).toBe(5);
  const sampled = new Kept();
  await verifyWorld(world, { checkpoint: sampled, sample: { perDigest: 1, seed: '0' } });
  expect(sampled.entries.size).toBe(0);
});
