import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: of the checkout, of the installed package, or of the action's bundle. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Path of a file that is shipped with the package, e.g. `schema/view.v1.json`. */
export function packageFile(path: string): string {
  return join(packageRoot, path);
}

/** A JSON file that is shipped with the package. */
export function readPackageJson(path: string): unknown {
  const parsed: unknown = JSON.parse(readFileSync(packageFile(path), 'utf8'));
  return parsed;
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'schema'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("Trailproof's own files were not found beside its code.");
  return findRoot(parent);
}
