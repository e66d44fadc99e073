import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files that paths name, where `*` stands for any characters of a name, `?` for one, and `**` for any folders. A path
 * without these is given back as it is, whether there is such a file or not.
 *
 * @throws Error for a pattern that no file fits.
 */
export function filesOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (!/[*?]/.test(path)) return [path];
    const [first = '', ...rest] = path.split(/[/\\]+/);
    const found = first === '' ? fitting('/', rest) : fitting('.', [first, ...rest]);
    if (found.length > 0) return [...new Set(found)].toSorted();
    throw new Error(`No file fits ${path}: was every artifact downloaded, and to this folder?`);
  });
}

function fitting(folder: string, [segment, ...rest]: readonly string[]): readonly string[] {
  if (segment === undefined) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  if (segment === '**') {
    const below = entries.filter((it) => it.isDirectory());
    return [...fitting(folder, rest), ...below.flatMap((it) => fitting(join(folder, it.name), [segment, ...rest]))];
  }
  const names = entries.filter((it) => fits(it.name, segment));
  return rest.length === 0
    ? names.filter((it) => it.isFile()).map((it) => join(folder, it.name))
    : names.filter((it) => it.isDirectory()).flatMap((it) => fitting(join(folder, it.name), rest));
}

function fits(name: string, pattern: string): boolean {
  const parts = pattern.split(/([*?])/).map((it) => {
    if (it === '*') return '.*';
    return it === '?' ? '.' : it.replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 's').test(name) && (!name.startsWith('.') || pattern.startsWith('.'));
}
