import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../model/errors.js';

/** 10,000 accounts give some 60 MB; a file that is larger than this, packed or not, is none of ours. */
export const maxBytes = 500 * 1024 * 1024;

/** The same as people say it. */
export const maxMegabytes = 500;

/**
 * The bytes of a file that a user names. What it is and how large is asked before it is opened: a pipe or a device may
 * never end.
 *
 * @throws UsageError for what is no file, and for one that is too large; an Error of the file system for all else
 */
export async function readBytes(file: string): Promise<Buffer> {
  const found = await stat(file);
  if (found.isDirectory()) throw new UsageError(`${file} is a folder, not a file.`);
  if (!found.isFile()) {
    throw new UsageError(`${file} is not a file: a pipe or a device may never end.`, 'Write it to a file first.');
  }
  if (found.size > maxBytes) throw new UsageError(`${file} is larger than ${maxMegabytes} MB: it was not read.`);
  return await readFile(file);
}
