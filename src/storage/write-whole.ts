import { rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../model/errors.js';
import { makeFolder } from './make-folder.js';
import { replaceFile, unfinishedName } from './replace-file.js';

/**
 * Writes a file that appears whole or not at all, and that only its owner may read.
 *
 * @param what - as the message calls it
 * @throws UsageError when it cannot be written
 */
export async function writeWhole(file: string, text: string, what: string): Promise<void> {
  const unfinished = unfinishedName(file);
  try {
    await makeFolder(dirname(file));
    await writeFile(unfinished, text, { mode: 0o600 });
    await replaceFile(unfinished, file);
  } catch (error) {
    // What failed before is what the user needs to know.
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (error instanceof UsageError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The ${what} could not be written to ${file}: ${message}`, undefined, { cause: error });
  }
}
