import { pipeline, Readable } from 'node:stream';
import { createGunzip, gunzip, type Gunzip, type ZlibOptions } from 'node:zlib';
import { LogFault } from './record-cutter.js';

/** What is unpacked at once; more than that is unpacked part after part. */
export const smallContent = 16 * 1024 * 1024;
interface Limits {
  /** CloudTrail's log files hold some megabytes; one of a gigabyte that was made of them is read, a bomb is not. */
  readonly content: number;
  /** From there on it matters how much it was packed. */
  readonly doubtful: number;
}

const defaultLimits: Limits = { content: 2 * 1024 * 1024 * 1024, doubtful: 64 * 1024 * 1024 };
/** Log files are packed to a tenth or, where they repeat much, to a hundredth; gzip packs zeros to a thousandth. */
const mostPacked = 500;
const partSize = 256 * 1024;

/** Several members are one file. Behind zeros, which end a file for Node, nothing is read: there may be more of it. */
const unpack = (stored: Buffer, options: ZlibOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    gunzip(stored, { ...options, info: true }, (error, found) => {
      if (error !== null) {
        reject(error);
        return;
      }
      // With `info` it is the content together with what unpacked it.
      const { buffer, engine } = found as unknown as { readonly buffer: Buffer; readonly engine: Gunzip };
      if (stored.subarray(engine.bytesWritten).some((it) => it !== 0)) reject(somethingBehind());
      else resolve(buffer);
    });
  });

function somethingBehind(): LogFault {
  return new LogFault('has something behind its gzip, and what that holds is not known');
}

/**
 * The content of a file, whether it is gzipped or not: by its first bytes, since a name tells nothing.
 *
 * @returns undefined where it is large: see {@link contentParts}
 * @throws LogFault when it is cut off or damaged
 */
export async function smallContentOf(stored: Buffer): Promise<Buffer | undefined> {
  if (!isGzip(stored)) return stored.length > smallContent ? undefined : stored;
  // The trailer says how much it is. Whether that is true shows.
  const told = stored.length < 18 ? 0 : stored.readUInt32LE(stored.length - 4);
  if (told > smallContent) return undefined;
  try {
    return await unpack(stored, { maxOutputLength: smallContent, chunkSize: Math.max(told + 64, 16 * 1024) });
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw faultOf(error);
  }
}

/**
 * The content of a file in parts.
 *
 * @throws LogFault when it is cut off, damaged or a bomb; what the source throws passes through
 */
export async function* contentParts(
  stored: AsyncIterable<Uint8Array>,
  limits: Limits = defaultLimits,
): AsyncGenerator<Buffer, void, undefined> {
  const iterator = stored[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  let packed = 0;
  const source = counted(continued(asBuffer(first.value), iterator), (length) => {
    packed += length;
  });
  const isPacked = isGzip(asBuffer(first.value));
  let total = 0;
  for await (const part of isPacked ? unpacked(source) : source) {
    total += part.length;
    if (total > limits.content) throw new LogFault(`unpacks to more than ${limits.content} bytes`);
    if (total > limits.doubtful && total > packed * mostPacked) {
      throw new LogFault(`unpacks to more than ${mostPacked} times its size, as no log file does`);
    }
    yield part;
  }
}

async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const plain = createGunzip({ chunkSize: partSize });
  const failed: unknown[] = [];
  const given = { bytes: 0, isAll: false };
  const readable = Readable.from(noting(source, failed, given));
  // Its errors come out of the plain bytes, where they are awaited.
  pipeline(readable, plain, () => undefined);
  try {
    yield* plain as AsyncIterable<Buffer>; // a stream without an encoding gives buffers
  } catch (error) {
    const [cause] = failed;
    throw cause ?? faultOf(error);
  }
  if (!given.isAll || plain.bytesWritten < given.bytes) throw somethingBehind();
}

/** Keeps what the source throws apart from what is wrong with the bytes, and counts them. */
async function* noting(
  source: AsyncIterable<Buffer>,
  failed: unknown[],
  given: { bytes: number; isAll: boolean },
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const part of source) {
      given.bytes += part.length;
      yield part;
    }
    given.isAll = true;
  } catch (error) {
    failed.push(error);
    throw error;
  }
}

async function* continued(first: Buffer, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield asBuffer(next.value);
  } finally {
    await iterator.return?.(undefined);
  }
}

async function* counted(
  source: AsyncIterable<Buffer>,
  count: (length: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  for await (const part of source) {
    count(part.length);
    yield part;
  }
}

/** Content without the byte order mark that some tools put before it. */
export function withoutMark(content: Buffer): Buffer {
  return content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? content.subarray(3) : content;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function faultOf(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  if (error.code === 'Z_BUF_ERROR') return new LogFault('is cut off: its gzip does not end', { cause: error });
  return error.code.startsWith('Z_')
    ? new LogFault('is damaged: its gzip cannot be unpacked', { cause: error })
    : error;
}
