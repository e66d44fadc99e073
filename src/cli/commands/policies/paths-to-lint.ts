import { existsSync } from 'node:fs';
import { basename, dirname, resolve, sep } from 'node:path';
import { UsageError } from '../../../model/errors.js';
import { readPolicyFiles, readPolicyPath, readText, type ReadFiles } from '../../../policy/index.js';
import { shippedPolicies, type PolicyOptions } from '../../policies/load-policies.js';
import { pathKind } from '../../process/path-kind.js';

export interface PathsToLint {
  /** What is read beside the shipped policies and the folders of `--policies`. */
  readonly folders: readonly string[];
  /** Packs in files of their own. */
  readonly packs: readonly string[];
  /** Files of waivers. */
  readonly waivers: readonly string[];
  readonly readFiles: ReadFiles;
  /** True for a file that was named, or that stands in a folder which was. */
  readonly isMeant: (file: string) => boolean;
}

/**
 * What must be read to check some files and folders: a policy with its tests, a pack with the policies beside it. What
 * is read anyhow is not read twice: each of its ids would be there twice.
 *
 * @throws UsageError for a path that does not exist, and for one that holds no policies.
 */
export function pathsToLint(paths: readonly string[], { policies = [] }: PolicyOptions): PathsToLint {
  const known = [shippedPolicies, ...policies];
  const folders: string[] = [];
  const packs: string[] = [];
  const waivers: string[] = [];
  for (const path of paths) {
    const found = pathKind(path);
    if (found === undefined) throw new UsageError(`There is no file or folder ${path}.`);
    const kind = found === 'folder' ? 'policies' : kindOf(path);
    if (kind === 'waivers') waivers.push(path);
    else if (known.some((folder) => isIn(path, folder))) continue;
    else if (kind === 'pack') packs.push(path);
    else folders.push(...withCompanions(path, found === 'folder'));
  }
  const own = new Set(folders);
  return {
    folders: [...own],
    packs,
    waivers,
    readFiles: (folder) => (own.has(folder) ? readPolicyPath(folder) : readPolicyFiles(folder)),
    isMeant: (file) => paths.some((path) => isIn(file, path)),
  };
}

/** A pack in a file of its own says so; where it says nothing, a file holds a policy or tests. */
function kindOf(file: string): 'policies' | 'pack' | 'waivers' {
  if (!/\.ya?ml$/.test(file)) throw new UsageError(`${file} is not a YAML file.`, 'Policies end in .yaml or .yml.');
  if (/^trailproof\.ya?ml$/.test(basename(file))) {
    throw new UsageError(
      `${file} is a configuration.`,
      `It is checked with: trailproof policies lint --config ${file}`,
    );
  }
  const read = readText(file);
  // What is wrong with the file itself is told when it is loaded.
  const text = 'text' in read ? read.text : '';
  if (/^waivers:/m.test(text)) return 'waivers';
  if (basename(dirname(resolve(file))) === 'packs') return 'policies';
  return /^(?:policies|extends|override|bindings|select):/m.test(text) ? 'pack' : 'policies';
}

/** The folder of a policy, of packs with what they may name, or a policy in a file of its own with its tests. */
function withCompanions(path: string, isFolder: boolean): readonly string[] {
  const name = basename(resolve(path));
  if (isFolder) return [name === 'packs' ? dirname(path) : path];
  if (basename(dirname(resolve(path))) === 'packs') return [dirname(dirname(path))];
  if (name === 'policy.yaml' || name === 'tests.yaml') return [dirname(path)];
  const stem = path.replace(/(?:\.tests)?\.ya?ml$/, '');
  const others = ['.yaml', '.yml', '.tests.yaml', '.tests.yml'].map((suffix) => `${stem}${suffix}`);
  return [path, ...others.filter((other) => other !== path && existsSync(other))];
}

function isIn(path: string, folder: string): boolean {
  const [inner, outer] = [resolve(path), resolve(folder)];
  return inner === outer || inner.startsWith(`${outer}${sep}`);
}
