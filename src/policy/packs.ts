import { compareText, type Diagnostic } from './diagnostic.js';
import { suggestion } from './expression/index.js';
import type { PackDocument } from './schema/pack.js';
import { at } from './yaml/source.js';
import type { YamlFile } from './yaml/yaml-file.js';

/** A pack: a named list of policies. */
export interface Pack {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Ids of its policies, as the file lists them. */
  readonly policies: readonly string[];
  readonly file: string;
  readonly isBuiltin: boolean;
}

export interface PackFile {
  readonly yaml: YamlFile;
  readonly document: PackDocument;
  readonly isBuiltin: boolean;
}

/** The packs, by id; each policy that they name must exist, and stand in a pack once. */
export function checkPacks(
  files: readonly PackFile[],
  policyIds: ReadonlySet<string>,
): { readonly packs: readonly Pack[]; readonly diagnostics: readonly Diagnostic[] } {
  const packs = files.map(({ yaml, document: { id, title, description, policies }, isBuiltin }): Pack => ({
    id,
    title,
    ...(description === undefined ? {} : { description }),
    policies,
    file: yaml.source.file,
    isBuiltin,
  }));
  return {
    packs: packs.toSorted((a, b) => compareText(a.id, b.id)),
    diagnostics: files.flatMap((file) => checkPack(file, policyIds)),
  };
}

function checkPack({ yaml, document }: PackFile, policyIds: ReadonlySet<string>): readonly Diagnostic[] {
  return document.policies.flatMap((id, index) => {
    const range = yaml.rangeOf(['policies', index]);
    if (!policyIds.has(id)) {
      const help = suggestion(id, [...policyIds], 'policies');
      return [at(yaml.source, range, { code: 'unknown-policy', message: `there is no policy '${id}'`, help })];
    }
    if (document.policies.indexOf(id) === index) return [];
    return [at(yaml.source, range, { code: 'duplicate-id', message: `the pack names '${id}' twice` })];
  });
}
