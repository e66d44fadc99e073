import { crc32, inflateRawSync } from 'node:zlib';

/** A zip file that cannot be read; the message says why. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/** How an entry is kept: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 */
interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** In the place of a number that needs the 64 bits of another record. */
const elsewhere = 0xffffffff;

/**
 * The contents of the one file of a zip file that has this name, in whatever folder.
 *
 * @param zip one part, not encrypted, below 4 GiB: what actions/upload-artifact makes
 * @param maxBytes refuses what would be larger
 * @returns undefined where there is none
 * @throws ZipError when it is no such zip file, was changed, or holds the name twice.
 */
export function zipEntry(zip: Buffer, name: string, maxBytes: number): Buffer | undefined {
  const named = entriesOf(zip).filter((it) => it.name === name || it.name.endsWith(`/${name}`));
  const [entry] = named;
  if (entry === undefined) return undefined;
  if (named.length > 1) throw new ZipError(`it holds ${named.length} files called ${name}`);
  return contentsOf(zip, entry, maxBytes);
}

function entriesOf(zip: Buffer): readonly Entry[] {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (at === elsewhere || count === 0xffff) throw new ZipError('it is a zip64 file');
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || zip.readUInt32LE(at) !== directorySignature) throw new ZipError('its directory is broken');
    const nameLength = zip.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    if (next > end) throw new ZipError('its directory is broken');
    entries.push({
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      compressed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
    });
    at = next;
  }
  return entries;
}

/** The record that ends the file, before a comment of at most 65,535 bytes. */
function endOf(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 22 - 0xffff); at -= 1) {
    if (zip.readUInt32LE(at) === endSignature && at + 22 + zip.readUInt16LE(at + 20) === zip.length) return at;
  }
  throw new ZipError('it is not a zip file');
}

function contentsOf(zip: Buffer, entry: Entry, maxBytes: number): Buffer {
  const { offset, compressed, size } = entry;
  if ((entry.flags & 1) !== 0) throw new ZipError(`${entry.name} is encrypted`);
  if (compressed === elsewhere || size === elsewhere || offset === elsewhere) throw new ZipError('it is a zip64 file');
  if (size > maxBytes) throw new ZipError(`${entry.name} has ${size} bytes, more than ${maxBytes}`);
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== localSignature) {
    throw new ZipError(`${entry.name} is not where its directory says`);
  }
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  if (start + compressed > zip.length) throw new ZipError(`${entry.name} is cut off`);
  const contents = unpacked(zip.subarray(start, start + compressed), entry);
  if (contents.length !== size || crc32(contents) !== entry.crc) throw new ZipError(`${entry.name} was changed`);
  return contents;
}

function unpacked(bytes: Buffer, { name, method, size }: Entry): Buffer {
  if (method === 0) return bytes;
  if (method !== 8) throw new ZipError(`${name} is packed with method ${method}`);
  try {
    // One byte more than it should have is seen as a change; a bomb ends there.
    return inflateRawSync(bytes, { maxOutputLength: size + 1 });
  } catch (error) {
    throw new ZipError(`${name} cannot be unpacked`, { cause: error });
  }
}
