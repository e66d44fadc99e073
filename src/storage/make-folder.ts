import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Unlike `mkdir` with `recursive`, which asks for ever where a folder
 * that is there says that it is not (below `/proc`, in a working folder that was deleted), it ends with the error of the
 * file system.
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (await isThere(at)) break;
    missing.push(at);
    if (dirname(at) === at) break;
  }
  for (const path of missing.toReversed()) {
    try {
      await mkdir(path);
    } catch (error) {
      // Another run made it meanwhile.
      if (!(await isThere(path))) throw error;
    }
  }
  // A file in its place is told as what it is.
  if (missing.length === 0 && !(await stat(folder)).isDirectory()) await mkdir(folder);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return false;
    throw error;
  }
}
