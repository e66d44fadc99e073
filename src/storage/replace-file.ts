import { randomBytes } from 'node:crypto';
import { rename, stat } from 'node:fs/promises';
import { UsageError } from '../model/errors.js';

/**
 * Where a file is written before it takes its place. In two containers that share a folder both writers may be process 1:
 * no number of a process is in the name.
 */
export function unfinishedName(file: string): string {
  return `${file}.${randomBytes(6).toString('hex')}.tmp`;
}

/**
 * Puts a file that is written whole in the place of another, or of nothing.
 *
 * @throws UsageError where something else has the name; else what the file system says
 */
export async function replaceFile(written: string, file: string): Promise<void> {
  await refuseOther(file);
  await rename(written, file);
}

/**
 * A folder or a device is not put aside for a file: run as root, a rename takes the place of /dev/null for all programs.
 *
 * @throws UsageError where something else than a file has the name
 */
export async function refuseOther(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    if (error instanceof Error && 'syscall' in error) return undefined;
    throw error;
  });
  if (found === undefined || found.isFile()) return;
  const what = found.isDirectory() ? 'a folder' : 'no file';
  throw new UsageError(`${file} cannot be written: there is ${what} of this name.`, 'Name another place.');
}
