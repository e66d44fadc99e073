import type { Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UsageError } from '../../../model/errors.js';
import type { DeliveryFile, DeliveryFiles } from './delivery-file.js';
import { mayHoldItems } from './delivery-name.js';

/** Reading waits for the disk, and unpacking runs beside it. */
const filesAtOnce = 8;

/**
 * The files of a folder and of all below it, or the one file; sorted. Links are followed.
 *
 * @throws UsageError when there is nothing there to read
 */
export async function findFiles(path: string): Promise<DeliveryFiles> {
  const paths = (await pathsIn(path)).filter((it) => it === path || mayHoldItems(it));
  return { place: path, files: paths.map((file) => fileAt(file, path)), atOnce: filesAtOnce };
}

/** A file of the disk as one that may be AWS Config's. */
export function fileAt(path: string, root: string = path): DeliveryFile {
  return { name: relative(root, path) || path, bytes: () => bytesOf(path) };
}

const chunkSize = 64 * 1024;

async function* bytesOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  const file = await open(path);
  try {
    // Most files are small: a buffer of their size, and one reading more to see that they end.
    const { size } = await file.stat();
    for (;;) {
      const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 1024), chunkSize));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The paths of these files. A link that leads nowhere is one of them: whoever reads it says so. */
export async function pathsIn(path: string): Promise<string[]> {
  try {
    const found = await stat(path);
    if (found.isFile()) return [path];
    if (!found.isDirectory()) {
      throw new UsageError(`${path} is not a file: a pipe or a device may never end.`, 'Write it to a file first.');
    }
    return (await filesBelow(path, new Set([await realpath(path)]))).toSorted();
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    throw new UsageError(`${path} cannot be read: ${error.message}`, undefined, { cause: error });
  }
}

/** @param walked the real paths of folders that are read with all below them: a link into one of these adds nothing */
async function filesBelow(folder: string, walked: Set<string>): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const kind = await kindOf(entry, path);
    if (kind === 'file') found.push(path);
    else if (kind === 'folder') found.push(...(await filesBelow(path, walked)));
    else if (kind === 'linked folder') {
      const real = await realpath(path);
      if ([...walked].some((it) => real === it || real.startsWith(it + sep))) continue;
      walked.add(real);
      found.push(...(await filesBelow(path, walked)));
    }
  }
  return found;
}

async function kindOf(entry: Dirent, path: string): Promise<'file' | 'folder' | 'linked folder' | 'other'> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return 'other';
  const target = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  });
  if (target === undefined || target.isFile()) return 'file';
  return target.isDirectory() ? 'linked folder' : 'other';
}
