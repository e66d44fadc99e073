import { rename, stat } from 'node:fs/promises';
import { UsageError } from '../model/errors.js';

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
