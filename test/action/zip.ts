import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipOptions {
  /** As a writer that streams: sizes and checksum follow the contents. */
  readonly streamed?: boolean;
  readonly stored?: boolean;
  readonly comment?: string;
}

/** A zip file of these files, as actions/upload-artifact makes them. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>, options: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, contents] of Object.entries(files)) {
    const bytes = Buffer.from(contents);
    const packed = options.stored === true ? bytes : deflateRawSync(bytes);
    const sizes = [crc32(bytes), packed.length, bytes.length];
    const kind = [20, options.streamed === true ? 8 : 0, options.stored === true ? 0 : 8, 0, 0];
    const inLocal = options.streamed === true ? [0, 0, 0] : sizes;
    const after = options.streamed === true ? [words(0x08074b50), words(...sizes)] : [];
    const local = [words(0x04034b50), halves(...kind), words(...inLocal), halves(name.length, 0), Buffer.from(name)];
    const entry = Buffer.concat([...local, packed, ...after]);
    directory.push(
      Buffer.concat([
        words(0x02014b50),
        halves(20, ...kind),
        words(...sizes),
        halves(name.length, 0, 0, 0, 0),
        words(0, offset),
        Buffer.from(name),
      ]),
    );
    parts.push(entry);
    offset += entry.length;
  }
  const list = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? '');
  const count = directory.length;
  const end = [words(0x06054b50), halves(0, 0, count, count), words(list.length, offset), halves(comment.length)];
  return Buffer.concat([...parts, list, ...end, comment]);
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

function halves(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}
