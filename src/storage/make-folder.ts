import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it. Node's own way to make several at once never ends below `/proc`.
 *
 * @throws Error of the file system where one cannot be made, or is a file
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    switch (codeOf(error)) {
      case 'EEXIST': {
        if ((await stat(folder)).isDirectory()) return;
        throw error;
      }
      case 'ENOENT': {
        const above = dirname(folder);
        if (above === folder) throw error;
        await makeFolder(above);
        await makeIn(folder);
        return;
      }
      default: {
        throw error;
      }
    }
  }
}

/** Another process may have made it meanwhile. */
async function makeIn(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
