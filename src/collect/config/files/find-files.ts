import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { UsageError } from '../../../model/errors.js';
import type { DeliveryFile, DeliveryFiles } from './delivery-file.js';

/** AWS Config writes this empty file to find out whether it may write. */
export const writabilityCheck = 'ConfigWritabilityCheckFile';

/**
 * The files of a folder and of all below it, or the one file; sorted. Links are not followed.
 *
 * @throws UsageError when there is nothing there to read
 */
export async function findFiles(path: string): Promise<DeliveryFiles> {
  // One after the other: what takes time is to unpack them.
  return { place: path, files: (await pathsIn(path)).map((file) => fileAt(file, path)), atOnce: 1 };
}

function fileAt(path: string, root: string): DeliveryFile {
  return { name: relative(root, path) || path, bytes: () => createReadStream(path) };
}

/** The paths of these files. */
export async function pathsIn(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((it) => it.isFile() && basename(it.name) !== writabilityCheck)
      .map((it) => join(it.parentPath, it.name))
      .toSorted();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(`${path} cannot be read: ${error.message}`, undefined, { cause: error });
  }
}
