import { crc32 } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** A zip file that cannot be read; the message says why. */
export class ZipError extends Error {
  override readonly name = 'ZipError';
}

/**
 * The contents of the file of a zip file that has this name: the one at its top, or the nearest to it.
 *
 * @param maxBytes refuses what would be larger
 * @returns undefined where there is none
 * @throws ZipError when it is no zip file, was changed, or holds the name twice.
 */
export async function zipEntry(zip: Buffer, name: string, maxBytes: number): Promise<Buffer | undefined> {
  const archive = await opened(zip);
  try {
    const named = (await entriesOf(archive)).filter((it) => it.fileName === name || it.fileName.endsWith(`/${name}`));
    const depth = Math.min(...named.map(depthOf));
    const [entry, ...others] = named.filter((it) => depthOf(it) === depth);
    if (entry === undefined) return undefined;
    if (others.length > 0) throw new ZipError(`it holds ${others.length + 1} files called ${name}`);
    if (entry.isEncrypted()) throw new ZipError(`${entry.fileName} is encrypted`);
    if (entry.uncompressedSize > maxBytes) {
      throw new ZipError(`${entry.fileName} has ${entry.uncompressedSize} bytes, more than ${maxBytes}`);
    }
    const contents = await contentsOf(archive, entry);
    // The library checks sizes; that the contents are the ones that were packed, nobody else does.
    if (crc32(contents) !== entry.crc32) throw new ZipError(`${entry.fileName} was changed`);
    return contents;
  } finally {
    archive.close();
  }
}

/** In how many folders a file is. */
function depthOf({ fileName }: Entry): number {
  return fileName.split('/').length;
}

async function opened(zip: Buffer): Promise<ZipFile> {
  return await new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true, validateEntrySizes: true }, (error, archive) => {
      if (error === null) resolve(archive);
      else reject(asZipError(error));
    });
  });
}

async function entriesOf(archive: ZipFile): Promise<readonly Entry[]> {
  return await new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    archive.on('entry', (entry: Entry) => {
      entries.push(entry);
      archive.readEntry();
    });
    archive.on('end', () => resolve(entries));
    archive.on('error', (error) => reject(asZipError(error)));
    archive.readEntry();
  });
}

async function contentsOf(archive: ZipFile, entry: Entry): Promise<Buffer> {
  return await new Promise((resolve, reject) => {
    archive.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(asZipError(error, entry));
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', (broken) => reject(asZipError(broken, entry)));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
    });
  });
}

/** What the library says of the bytes; of one entry, that it cannot be unpacked. */
function asZipError(error: unknown, entry?: Entry): ZipError {
  const why = error instanceof Error ? error.message : String(error);
  const message = entry === undefined ? `it is not a zip file: ${why}` : `${entry.fileName} cannot be unpacked: ${why}`;
  return new ZipError(message, { cause: error });
}
