import { createHash } from 'node:crypto';
import { createGunzip } from 'node:zlib';
import { maxBytes } from './read-bytes.js';
import { MemberReader, type TakeItems } from './member-reader.js';

/** A document that ends with the digest of its content, just as it was saved. */
export interface AsSaved {
  readonly document: object;
  readonly digest: string;
}

/**
 * Reads a document piece by piece, so that its text is never held as a whole. Undefined where anything is not as it was
 * saved, be it a space: what is wrong then, and whether it matters, is for who reads it as a whole.
 *
 * @param bytes gzipped or not
 * @param take changes items of a list while the rest is read
 */
export async function readAsSaved(bytes: Buffer, take: TakeItems): Promise<AsSaved | undefined> {
  const members = new MemberReader(take);
  const ending = new DigestedEnding();
  let length = 0;
  try {
    for await (const chunk of plainChunks(bytes)) {
      length += chunk.length;
      if (length > maxBytes) return undefined;
      ending.add(chunk);
      members.add(chunk);
    }
  } catch (error) {
    // Not gzip, not JSON: the reader of the whole says it in words.
    if (error instanceof SyntaxError || isOfZlib(error)) return undefined;
    throw error;
  }
  const digest = ending.digest();
  const document = members.document();
  return digest === undefined || document === undefined ? undefined : { document, digest };
}

function isOfZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?:Z_|ERR_)/.test(String(error.code));
}

const chunkSize = 1024 * 1024;

async function* plainChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    for (let start = 0; start < bytes.length; start += chunkSize) yield bytes.subarray(start, start + chunkSize);
    return;
  }
  const gunzip = createGunzip({ chunkSize });
  gunzip.end(bytes);
  // A stream of bytes that has no encoding gives buffers.
  for await (const chunk of gunzip) yield chunk as Buffer;
}

const longestEnding = 100;

/** Whether bytes end with the digest of what stands before it. */
class DigestedEnding {
  private readonly hash = createHash('sha256');
  private held: Buffer = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const all = chunk.length < longestEnding ? Buffer.concat([this.held, chunk]) : chunk;
    if (all === chunk) this.hash.update(this.held);
    this.hash.update(all.subarray(0, -longestEnding));
    this.held = Buffer.from(all.subarray(-longestEnding));
  }

  /** The digest, as the last member; undefined for another one, or none. */
  digest(): string | undefined {
    const [ending, digest] = /,"digest":"([0-9a-f]{64})"\}\n$/.exec(this.held.toString('latin1')) ?? [];
    if (ending === undefined) return undefined;
    const found = this.hash.update(this.held.subarray(0, -ending.length)).update('}').digest('hex');
    return found === digest ? digest : undefined;
  }
}
