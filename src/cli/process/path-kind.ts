import { statSync } from 'node:fs';
import { UsageError } from '../../model/errors.js';

/**
 * What is at a path that the user names; undefined: nothing.
 *
 * @throws UsageError where that cannot be told, as in a folder that may not be read
 */
export function pathKind(path: string): 'folder' | 'file' | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    return stat.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(`${path} cannot be read: ${error.message}`, 'Check the path and its permissions.', {
      cause: error,
    });
  }
}
