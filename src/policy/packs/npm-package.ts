import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The folder of an installed npm package, as seen from a working folder: in its `node_modules` or those of the folders
 * above it, as Node.js looks for it. Nothing is run and nothing is fetched.
 */
export function findPackage(name: string, workingFolder: string): string | undefined {
  const start = resolve(workingFolder);
  for (let folder = start; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return join(workingFolder, relative(start, found));
    if (dirname(folder) === folder) return undefined;
  }
}
