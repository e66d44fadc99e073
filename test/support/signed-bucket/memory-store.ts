import { createHash } from 'node:crypto';
import {
  Unreadable,
  type ListedObject,
  type ObjectStore,
  type StoredObject,
  type UnreadableReason,
} from '../../../src/model/object-store.js';

export interface MemoryObject {
  readonly body: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly lastModified?: number;
}

/** Buckets in memory, which tests tamper with. */
export class MemoryStore implements ObjectStore {
  /** By bucket and key. */
  readonly buckets = new Map<string, Map<string, MemoryObject>>();
  /** Keys, and the beginnings of prefixes, that refuse. */
  readonly refusals = new Map<string, UnreadableReason>();
  readonly reads: string[] = [];

  constructor(readonly keepsMetadata = true) {}

  bucket(name: string): Map<string, MemoryObject> {
    let bucket = this.buckets.get(name);
    if (bucket === undefined) {
      bucket = new Map();
      this.buckets.set(name, bucket);
    }
    return bucket;
  }

  /** The same objects in a store of its own. */
  copy(keepsMetadata = this.keepsMetadata): MemoryStore {
    const copy = new MemoryStore(keepsMetadata);
    for (const [name, objects] of this.buckets) copy.buckets.set(name, new Map(objects));
    return copy;
  }

  async *list(bucket: string, prefix: string, after = ''): AsyncGenerator<readonly ListedObject[]> {
    this.refuse(bucket, prefix);
    const keys = [...this.bucket(bucket).keys()].filter((it) => it.startsWith(prefix) && it > after).toSorted();
    for (let at = 0; at < keys.length; at += 7) {
      yield keys.slice(at, at + 7).map((key) => this.listed(bucket, key));
    }
  }

  async folders(bucket: string, prefix: string): Promise<readonly string[]> {
    this.refuse(bucket, prefix);
    const names = [...this.bucket(bucket).keys()]
      .filter((it) => it.startsWith(prefix) && it.slice(prefix.length).includes('/'))
      .map((it) => it.slice(prefix.length).split('/')[0] ?? '');
    return [...new Set(names)].toSorted();
  }

  async read(bucket: string, key: string): Promise<StoredObject | undefined> {
    this.reads.push(key);
    this.refuse(bucket, key);
    const object = this.bucket(bucket).get(key);
    if (object === undefined) return undefined;
    return { bytes: parts(object.body), metadata: this.keepsMetadata ? object.metadata : undefined };
  }

  private listed(bucket: string, key: string): ListedObject {
    const { body = Buffer.alloc(0), lastModified } = this.bucket(bucket).get(key) ?? {};
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    return { key, size: body.length, etag, ...(lastModified === undefined ? {} : { lastModified }) };
  }

  private refuse(bucket: string, key: string): void {
    const reason = this.refusals.get(`${bucket}/${key}`);
    if (reason !== undefined) throw new Unreadable(reason, `${reason} by the test`);
  }
}

async function* parts(body: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += 1000) yield body.subarray(at, at + 1000);
}
