import { constants, createWriteStream } from 'node:fs';
import { access, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../model/errors.js';
import { makeFolder } from '../../storage/index.js';

/**
 * Writes a file from chunks, its folder made where it is missing. The file appears whole or not at all.
 *
 * @throws UsageError when it cannot be written.
 */
export async function writeFileWhole(file: string, chunks: Iterable<string>): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await makeFolder(dirname(file));
    await pipeline(Readable.from(chunks), createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (isFileError(error))
      throw new UsageError(`${file} could not be written: ${error.message}`, undefined, { cause: error });
    throw error;
  }
}

/**
 * Makes the folder of a file that is to be written later, so that an hour of reading does not end in a typo.
 *
 * @throws UsageError when nothing can be written there.
 */
export async function checkWritable(file: string): Promise<void> {
  try {
    await makeFolder(dirname(file));
    await access(dirname(file), constants.W_OK);
  } catch (error) {
    if (isFileError(error))
      throw new UsageError(`${file} cannot be written: ${error.message}`, undefined, { cause: error });
    throw error;
  }
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
