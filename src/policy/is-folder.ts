import { statSync } from 'node:fs';

/** True for a folder. Where the file system has something against the path, reading it as a file tells what. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
