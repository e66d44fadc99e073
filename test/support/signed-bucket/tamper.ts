import { gunzipSync, gzipSync } from 'node:zlib';
import type { MemoryObject } from './memory-store.js';
import { logBucket, type SignedWorld } from './world.js';

export function objectAt(world: SignedWorld, key: string): MemoryObject {
  const object = world.store.bucket(logBucket).get(key);
  if (object === undefined) throw new Error(`There is no ${key}.`);
  return object;
}

export function put(world: SignedWorld, key: string, object: MemoryObject): void {
  world.store.bucket(logBucket).set(key, object);
}

export function remove(world: SignedWorld, ...keys: readonly (string | undefined)[]): void {
  for (const key of keys) {
    if (key === undefined || !world.store.bucket(logBucket).delete(key)) throw new Error(`There is no ${key}.`);
  }
}

/** Puts an object's bytes or metadata in place of what they were. */
export function change(world: SignedWorld, key: string, changes: Partial<MemoryObject>): void {
  put(world, key, { ...objectAt(world, key), ...changes });
}

/** Changes the text of a gzipped object, and leaves its metadata. */
export function edit(world: SignedWorld, key: string, alter: (text: string) => string): void {
  const text = gunzipSync(objectAt(world, key).body).toString('utf8');
  const altered = alter(text);
  if (altered === text) throw new Error(`Nothing was changed in ${key}.`);
  change(world, key, { body: gzipSync(altered) });
}

export function append(world: SignedWorld, key: string, bytes: Uint8Array): void {
  change(world, key, { body: Buffer.concat([objectAt(world, key).body, bytes]) });
}

/** The item, which must be there. */
export function nth<T>(items: readonly T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}
