import { basename, dirname, join } from 'node:path';
import type { PolicyFile } from '../../policy/index.js';

export type PolicyFilePlace = Omit<PolicyFile, 'text'>;

/** What a file of policies is by its name, and by what its first lines say; undefined: it is none. */
export function policyFileAt(file: string, text: string): PolicyFilePlace | undefined {
  const folder = dirname(file);
  const name = basename(file);
  if (name === 'policy.yaml' || name === 'tests.yaml') {
    const kind = name === 'policy.yaml' ? 'policy' : 'tests';
    return { kind, file, name: basename(folder), stem: folder };
  }
  // Other YAML files than these two are policies only where they say so.
  const said = /^#.*\$schema=\S*\b(policy|tests|pack)\.v1\.json/m.exec(text)?.[1];
  if (!/\.ya?ml$/.test(name)) return undefined;
  if (said === 'pack' || basename(folder) === 'packs') {
    const id = name.replace(/\.ya?ml$/, '');
    return { kind: 'pack', file, name: id, stem: id };
  }
  if (said === undefined) return undefined;
  return { kind: said === 'tests' ? 'tests' : 'policy', file, name: undefined, stem: stemOf(file) };
}

/** The file that belongs to a policy, or to its tests. */
export function companionOf({ kind, file, name }: PolicyFilePlace): PolicyFilePlace | undefined {
  if (kind === 'pack') return undefined;
  const other = kind === 'policy' ? 'tests' : 'policy';
  if (name !== undefined) return { kind: other, file: join(dirname(file), `${other}.yaml`), name, stem: dirname(file) };
  const stem = stemOf(file);
  return { kind: other, file: `${stem}${other === 'tests' ? '.tests' : ''}.yaml`, name, stem };
}

function stemOf(file: string): string {
  return file.replace(/(?:\.tests)?\.ya?ml$/, '');
}
