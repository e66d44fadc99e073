import { constants, createWriteStream } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../model/errors.js';
import { makeFolder, refuseOther, replaceFile, unfinishedName } from '../../storage/index.js';

/**
 * Writes a file from chunks, its folder made where it is missing. The file appears whole or not at all.
 *
 * @throws UsageError when it cannot be written.
 */
export async function writeFileWhole(file: string, chunks: Iterable<string>): Promise<void> {
  const unfinished = unfinishedName(file);
  try {
    await makeFolder(dirname(file));
    await pipeline(Readable.from(chunks), createWriteStream(unfinished));
    await replaceFile(unfinished, file);
  } catch (error) {
    // What failed before is what the user needs to know.
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (isFileError(error))
      throw new UsageError(`${file} could not be written: ${error.message}`, undefined, { cause: error });
    throw error;
  }
}

/** The file that `--output` names; undefined: standard output, which `-` means in every command. */
export function fileOf(output: string | undefined): string | undefined {
  return output === '-' ? undefined : output;
}

/** The folder that `--output` names. @throws UsageError for standard output, which takes one file */
export function folderOf(output: string): string {
  if (output !== '-') return output;
  throw new UsageError('--output - is standard output, and several files are written.', 'Name a folder.');
}

/**
 * Makes the folder of a file that is to be written later, so that an hour of reading does not end in a typo.
 *
 * @throws UsageError when nothing can be written there.
 */
export async function checkWritable(file: string): Promise<void> {
  await checked(file, async () => {
    await makeFolder(dirname(file));
    await access(dirname(file), constants.W_OK);
    await refuseOther(file);
  });
}

/**
 * Makes a folder for files that are to be written later.
 *
 * @throws UsageError when they cannot be written there.
 */
export async function checkWritableFolder(folder: string, names: readonly string[]): Promise<void> {
  await checked(folder, async () => {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
    for (const name of names) await refuseOther(join(folder, name));
  });
}

async function checked(path: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new UsageError(`${path} cannot be written: ${error.message}`, 'Name another place.', { cause: error });
  }
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
