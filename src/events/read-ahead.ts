import { createHash } from 'node:crypto';
import { Unreadable, type ObjectStore } from '../model/object-store.js';
import type { LogObject } from './log-object.js';

/** What is held while it waits for its turn. */
const mostBytes = 32 * 1024 * 1024;

/** An object as it was fetched. */
export type Fetched = { readonly object: LogObject } & (
  | { readonly state: 'whole'; readonly stored: Buffer; readonly sha256: string }
  /** Too large to be held: it is read part after part. */
  | { readonly state: 'large' }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly error: Unreadable }
);

/** Objects in their order, some of which are fetched while the one before is read. */
export async function* readAhead(
  store: ObjectStore,
  objects: AsyncIterable<LogObject>,
  atOnce: number,
): AsyncGenerator<Fetched, void, undefined> {
  const running: { readonly size: number; readonly fetched: Promise<Fetched> }[] = [];
  let held = 0;
  const next = async (): Promise<Fetched | undefined> => {
    const first = running.shift();
    if (first === undefined) return undefined;
    held -= first.size;
    return await first.fetched;
  };
  for await (const object of objects) {
    while (running.length > 0 && (running.length >= atOnce || held + object.size > mostBytes)) {
      const fetched = await next();
      if (fetched !== undefined) yield fetched;
    }
    const fetched = fetchWhole(store, object);
    // Whoever awaits it in its turn hears of it; until then it is nobody's.
    fetched.catch(() => undefined);
    const size = Math.min(object.size, mostBytes);
    running.push({ size, fetched });
    held += size;
  }
  for (let fetched = await next(); fetched !== undefined; fetched = await next()) yield fetched;
}

async function fetchWhole(store: ObjectStore, object: LogObject): Promise<Fetched> {
  if (object.size > mostBytes) return { object, state: 'large' };
  try {
    const found = await store.read(object.bucket, object.key);
    if (found === undefined) return { object, state: 'missing' };
    const parts: Uint8Array[] = [];
    const sha256 = createHash('sha256');
    let size = 0;
    for await (const part of found.bytes) {
      parts.push(part);
      sha256.update(part);
      size += part.length;
      if (size > mostBytes) return { object, state: 'large' };
    }
    const [first] = parts;
    const stored = parts.length === 1 && first !== undefined ? asBuffer(first) : Buffer.concat(parts);
    return { object, state: 'whole', stored, sha256: sha256.digest('hex') };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { object, state: 'unreadable', error };
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
