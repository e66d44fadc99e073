import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';
import { GzipFault, gzipHeaderLength } from './gzip-header.js';

/** Checksum and length of the plain bytes, 4 bytes each, behind the compressed ones. */
const trailerLength = 8;

/**
 * Decompresses a gzip file that must be exactly one member (RFC 1952): nothing before, nothing behind. Node's own
 * gunzip takes several members and zeros behind them for one file, and so misses what was appended.
 *
 * @param take is given the plain bytes, part after part
 * @param limit of plain bytes, beyond which it is not decompressed
 * @param chunkSize of the parts; smaller ones take less memory
 * @returns the number of plain bytes
 * @throws GzipFault when it is anything else; what the source throws passes through
 */
export async function gunzip(
  source: AsyncIterable<Uint8Array>,
  take: (part: Uint8Array) => void,
  limit: number,
  chunkSize = 256 * 1024,
): Promise<number> {
  const member = new Member(take, limit, chunkSize);
  try {
    for await (const part of source) await member.push(part);
    return await member.end();
  } finally {
    member.close();
  }
}

class Member {
  private readonly inflate: InflateRaw;
  private head: Uint8Array = new Uint8Array(0);
  private headerLength: number | undefined;
  private isOver = false;
  private fault: GzipFault | undefined;
  private length = 0;
  private tail: Uint8Array = new Uint8Array(0);
  private plain = 0;
  private checksum = 0;
  private readonly ended: Promise<void>;

  constructor(
    private readonly take: (part: Uint8Array) => void,
    private readonly limit: number,
    chunkSize: number,
  ) {
    this.inflate = createInflateRaw({ chunkSize });
    this.inflate.on('data', (part: Buffer) => this.onPlain(part));
    this.inflate.once('error', (error: Error) => {
      this.fault ??= new GzipFault('is cut off or damaged', { cause: error });
    });
    this.inflate.once('end', () => {
      this.isOver = true;
    });
    this.ended = new Promise((resolve) => this.inflate.once('close', resolve));
  }

  async push(part: Uint8Array): Promise<void> {
    this.length += part.length;
    this.tail = lastBytes(this.tail, part);
    if (this.headerLength !== undefined) {
      await this.write(part);
      return;
    }
    this.head = Buffer.concat([this.head, part]);
    this.headerLength = gzipHeaderLength(this.head);
    if (this.headerLength !== undefined) await this.write(this.head.subarray(this.headerLength));
  }

  async end(): Promise<number> {
    if (this.headerLength === undefined) throw new GzipFault(this.length === 0 ? 'is empty' : 'is cut off or damaged');
    if (!this.isOver && this.fault === undefined) {
      this.inflate.end();
      await this.ended;
    }
    this.check();
    const end = this.headerLength + this.inflate.bytesWritten + trailerLength;
    if (this.length < end) throw new GzipFault('is cut off or damaged');
    if (this.length > end) throw new GzipFault('has data behind its end');
    const trailer = Buffer.from(this.tail);
    if (trailer.readUInt32LE(0) !== this.checksum || trailer.readUInt32LE(4) !== this.plain % 2 ** 32) {
      throw new GzipFault('has a wrong checksum');
    }
    return this.plain;
  }

  close(): void {
    this.inflate.destroy();
  }

  private async write(part: Uint8Array): Promise<void> {
    this.check();
    if (this.isOver || part.length === 0) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.inflate.off('close', done);
        resolve();
      };
      this.inflate.once('close', done);
      this.inflate.write(part, done);
    });
    this.check();
  }

  private check(): void {
    if (this.fault !== undefined) throw this.fault;
  }

  private onPlain(part: Buffer): void {
    if (this.fault !== undefined) return;
    this.plain += part.length;
    if (this.plain > this.limit) {
      this.fault = new GzipFault(`holds more than ${this.limit} bytes`);
      this.inflate.destroy();
      return;
    }
    this.checksum = crc32(part, this.checksum);
    this.take(part);
  }
}

function lastBytes(before: Uint8Array, part: Uint8Array): Uint8Array {
  if (part.length >= trailerLength) return part.subarray(-trailerLength);
  return Buffer.concat([before, part]).subarray(-trailerLength);
}
