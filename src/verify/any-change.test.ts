import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemoryStore } from '../../test/support/signed-bucket/memory-store.js';
import { logBucket, SignedWorld, verifyWorld } from '../../test/support/signed-bucket/world.js';

const world = new SignedWorld();
const chain = world.sixHours();
/** All that the window rests on: its digest files and their log files. */
const digests = chain.digests.slice(2, 9);
const objects = [...digests, ...chain.logFiles.slice(3, 24)];
const anyObject = fc.constantFrom(...objects);
const anyBits = fc.integer({ min: 1, max: 255 });

async function outcomeOf(store: MemoryStore): Promise<string> {
  const record = await verifyWorld(world, { store });
  return record.outcome;
}

/** A copy with one object changed, or deleted where there is none to put. */
function withObject(key: string, body: Buffer | undefined, keepsMetadata: boolean): MemoryStore {
  const store = world.store.copy(keepsMetadata);
  const object = store.bucket(logBucket).get(key);
  if (object === undefined) throw new Error(`There is no ${key}.`);
  if (body === undefined) store.bucket(logBucket).delete(key);
  else store.bucket(logBucket).set(key, { ...object, body });
  return store;
}

const bodyOf = (key: string): Buffer => world.store.bucket(logBucket).get(key)?.body ?? Buffer.alloc(0);

/**
 * A gzip file has a few bits that say nothing: the time in its header, what is left of the last byte. AWS signs what is
 * in the file, and a file with the same content is what AWS delivered.
 */
function holdsTheSame(before: Buffer, after: Buffer): boolean {
  try {
    return gunzipSync(after).equals(gunzipSync(before));
  } catch {
    return false;
  }
}

test.each([
  ['a bucket', true],
  ['a copy on disk', false],
])('whatever byte of %s is changed, it is not verified', async (_, keepsMetadata) => {
  let meaningless = 0;
  await fc.assert(
    fc.asyncProperty(anyObject, fc.nat(), anyBits, async (key, position, bits) => {
      const before = bodyOf(key);
      const after = Buffer.from(before);
      const index = position % after.length;
      after[index] = (after[index] ?? 0) ^ bits;
      if (holdsTheSame(before, after)) {
        meaningless += 1;
        return;
      }
      expect(await outcomeOf(withObject(key, after, keepsMetadata))).toBe('tampered');
    }),
    { numRuns: 150 },
  );
  expect(meaningless).toBeLessThan(30);
});

test('whatever is cut off, appended or deleted, it is not verified', async () => {
  await fc.assert(
    fc.asyncProperty(anyObject, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 40 }), async (key, at, more) => {
      const body = bodyOf(key);
      expect(await outcomeOf(withObject(key, body.subarray(0, at % body.length), true))).toBe('tampered');
      expect(await outcomeOf(withObject(key, Buffer.concat([body, more]), true))).toBe('tampered');
      expect(await outcomeOf(withObject(key, undefined, true))).toBe('tampered');
    }),
    { numRuns: 30 },
  );
});

test('whatever objects change places, it is not verified', async () => {
  await fc.assert(
    fc.asyncProperty(anyObject, anyObject, async (one, other) => {
      if (one === other) return;
      const store = world.store.copy();
      const bucket = store.bucket(logBucket);
      const [first, second] = [bucket.get(one), bucket.get(other)];
      if (first !== undefined && second !== undefined) bucket.set(one, second).set(other, first);
      expect(await outcomeOf(store)).toBe('tampered');
    }),
    { numRuns: 30 },
  );
});

test('whatever character of a signature is changed, it is not verified', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...digests), fc.nat({ max: 511 }), fc.nat({ max: 14 }), async (key, at, shift) => {
      const store = world.store.copy();
      const object = store.bucket(logBucket).get(key);
      const { signature = '', ...rest } = object?.metadata ?? {};
      const digit = (Number.parseInt(signature.charAt(at), 16) + 1 + shift) % 16;
      const changed = signature.slice(0, at) + digit.toString(16) + signature.slice(at + 1);
      store.bucket(logBucket).set(key, { body: bodyOf(key), metadata: { signature: changed, ...rest } });
      expect(await outcomeOf(store)).toBe('tampered');
    }),
    { numRuns: 40 },
  );
});

test('whatever objects are deleted at once, it is not verified', async () => {
  await fc.assert(
    fc.asyncProperty(fc.subarray(objects, { minLength: 1 }), async (keys) => {
      const store = world.store.copy();
      for (const key of keys) store.bucket(logBucket).delete(key);
      expect(await outcomeOf(store)).not.toBe('verified');
    }),
    { numRuns: 40 },
  );
});
