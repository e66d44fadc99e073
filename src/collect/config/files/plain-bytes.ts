import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';

/** A whole file of this size is unpacked at once: a stream costs more than its content. */
const smallFile = 1024 * 1024;

/** What a small file may unpack to before it is read as a stream after all. */
const smallContent = 16 * 1024 * 1024;

const unpack = promisify(gunzip);

/**
 * The text of a file as UTF-8, without a byte order mark, whether it is gzipped or not: AWS Config gzips, and Windows
 * PowerShell saves what a command prints as UTF-16.
 */
export async function* plainBytes(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const { head, all } = await peek(unpacked(bytes), 3);
  if (isUtf16(head)) {
    yield* fromUtf16(all, head[0] === 0xff ? 'utf-16le' : 'utf-16be');
  } else if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    yield* withoutFirst(all, 3);
  } else {
    yield* all;
  }
}

async function* unpacked(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const { head, all } = await peek(bytes, 2);
  // By its first bytes: a name tells nothing.
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    yield* all;
    return;
  }
  const iterator = all[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    const second = first.done === true ? first : await iterator.next();
    if (first.done !== true && second.done === true && first.value.length <= smallFile) {
      const whole = await unpackSmall(first.value);
      if (whole !== undefined) {
        yield whole;
        return;
      }
    }
    const read = [first, second].flatMap((it) => (it.done === true ? [] : [it.value]));
    const plain = createGunzip();
    // It ends the reading when nobody reads on. An error comes out of the plain bytes, where they are awaited.
    pipeline(Readable.from(continued(read, iterator)), plain, () => undefined);
    yield* plain as AsyncIterable<Buffer>; // a stream without an encoding gives buffers
  } finally {
    await iterator.return?.(undefined);
  }
}

/** Undefined where it grows too large to be held. */
async function unpackSmall(bytes: Buffer): Promise<Buffer | undefined> {
  try {
    return await unpack(bytes, { maxOutputLength: smallContent });
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw error;
  }
}

function isUtf16(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

async function* fromUtf16(
  bytes: AsyncIterable<Buffer>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Buffer, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function* withoutFirst(bytes: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer, void, undefined> {
  let left = count;
  for await (const chunk of bytes) {
    yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}

/** What {@link peek} gives. */
export interface Peeked {
  /** The first bytes, or as many as there are. */
  readonly head: Buffer;
  readonly all: AsyncGenerator<Buffer, void, undefined>;
  /** For who does not read `all`: what it comes from is closed. */
  readonly close: () => Promise<void>;
}

/** Looks at the first bytes before all are read. */
export async function peek(bytes: AsyncIterable<Buffer>, count: number): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let length = 0;
  while (length < count) {
    const next = await iterator.next();
    if (next.done === true) break;
    read.push(next.value);
    length += next.value.length;
  }
  const [first = Buffer.alloc(0)] = read;
  const head = read.length > 1 ? Buffer.concat(read) : first;
  // A generator that nobody has begun to read ends without its `finally`.
  const close = async (): Promise<void> => void (await iterator.return?.(undefined));
  return { head, all: continued(read.length > 1 ? [head] : read, iterator), close };
}

async function* continued(
  read: readonly Buffer[],
  iterator: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (const chunk of read) if (chunk.length > 0) yield chunk;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.(undefined);
  }
}
