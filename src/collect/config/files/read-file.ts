import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isObject } from '../../../model/is-object.js';
import type { JsonObject } from '../../../normalize/index.js';
import { ArrayScanner, BrokenFile } from './array-scanner.js';
import type { DeliveryFile } from './delivery-file.js';

/**
 * The configuration items of a snapshot or history file, gzipped or not, one after the other: a file of a gigabyte is
 * read with no more than one item in memory.
 *
 * @param mayMatter tells of an item's bytes whether it is worth parsing
 * @throws BrokenFile when the file is cut off, broken or of another kind
 */
export async function* readItemsOf(
  file: DeliveryFile,
  mayMatter: (bytes: Buffer) => boolean = () => true,
): AsyncGenerator<JsonObject, void, undefined> {
  const scanner = new ArrayScanner('configurationItems');
  try {
    for await (const chunk of await plainBytes(file.bytes())) {
      for (const element of scanner.push(chunk)) if (mayMatter(element)) yield parse(element);
    }
  } catch (error) {
    if (error instanceof BrokenFile || !isReadError(error)) throw error;
    throw new BrokenFile(describe(error), { cause: error });
  }
  scanner.end();
}

function parse(element: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(element.toString('utf8'));
    if (isObject(value)) return value;
  } catch (error) {
    throw new BrokenFile('has a configuration item that is not JSON', { cause: error });
  }
  throw new BrokenFile('has a configuration item that is not an object');
}

async function plainBytes(bytes: AsyncIterable<Buffer>): Promise<AsyncIterable<Buffer>> {
  const { head, all } = await peek(bytes);
  if (!isGzip(head)) return all;
  const plain = createGunzip();
  // It ends the reading when nobody reads on. An error comes out of the plain bytes, where they are awaited.
  pipeline(Readable.from(all), plain, () => undefined);
  return plain;
}

/** By its first bytes: a name tells nothing. */
function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The first two bytes, or as many as there are, and all bytes. */
async function peek(bytes: AsyncIterable<Buffer>): Promise<{ head: Buffer; all: AsyncGenerator<Buffer> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return { head, all: joined(head, iterator) };
}

async function* joined(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** Of the file system or of gzip: they have a code. All else is a bug. */
function isReadError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function describe({ code, message }: Error & { readonly code: string }): string {
  if (code === 'Z_BUF_ERROR') return 'is cut off: its gzip does not end';
  return code.startsWith('Z_') ? `is gzipped, but broken: ${message}` : `cannot be read: ${message}`;
}

const firstBytes = 64 * 1024;

/** True for a file that begins like AWS Config's: an inventory has other names first. */
export async function isConfigFile(file: string): Promise<boolean> {
  let text = '';
  try {
    for await (const chunk of await plainBytes(createReadStream(file))) {
      text += chunk.toString('latin1');
      if (text.length > firstBytes) break;
    }
  } catch (error) {
    // Whoever reads the file in earnest says what is wrong with it.
    if (!isReadError(error)) throw error;
  }
  return /^\s*\{\s*"(?:fileVersion|configSnapshotId|configurationItems)"\s*:/.test(text);
}
