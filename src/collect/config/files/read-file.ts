import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isObject, type JsonObject } from '../../../normalize/config/json.js';
import { ArrayScanner, BrokenFile } from './array-scanner.js';

/**
 * The configuration items of a snapshot or history file, gzipped or not, one after the other: a file of a gigabyte is
 * read with no more than one item in memory.
 *
 * @param mayMatter tells of an item's bytes whether it is worth parsing
 * @throws BrokenFile when the file is cut off, broken or of another kind
 */
export async function* readItemsOf(
  file: string,
  mayMatter: (bytes: Buffer) => boolean = () => true,
): AsyncGenerator<JsonObject, void, undefined> {
  const scanner = new ArrayScanner('configurationItems');
  try {
    for await (const chunk of await plainBytes(file)) {
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
    throw new BrokenFile('has a configuration item that is no JSON', { cause: error });
  }
  throw new BrokenFile('has a configuration item that is no object');
}

async function plainBytes(file: string): Promise<AsyncIterable<Buffer>> {
  const stream = createReadStream(file);
  if (!(await isGzip(file))) return stream;
  const plain = createGunzip();
  // It closes the file when nobody reads on. An error comes out of the plain bytes, where they are awaited.
  pipeline(stream, plain, () => undefined);
  return plain;
}

/** By its first bytes: a name tells nothing. */
async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
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
    for await (const chunk of await plainBytes(file)) {
      text += chunk.toString('latin1');
      if (text.length > firstBytes) break;
    }
  } catch (error) {
    // Whoever reads the file in earnest says what is wrong with it.
    if (!isReadError(error)) throw error;
  }
  return /^\s*\{\s*"(?:fileVersion|configSnapshotId|configurationItems)"\s*:/.test(text);
}
