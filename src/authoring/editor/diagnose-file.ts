import { readFileSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import type { ViewFunction } from '../../expression/index.js';
import {
  type Diagnostic,
  loadPolicies,
  readPolicyFiles,
  type PolicyFile,
  type PreparedFiles,
} from '../../policy/index.js';
import { companionOf, policyFileAt, type PolicyFilePlace } from './policy-file.js';

export interface EditorOptions {
  /** The folder of the policies that are shipped. */
  readonly builtin: string;
  readonly functions: readonly ViewFunction[];
  readonly viewSchema: unknown;
  /** Shipped files that were read and checked before. */
  readonly prepared?: PreparedFiles | undefined;
  /** The text of a file that is open in the editor; undefined: the one on disk counts. */
  readonly openText: (file: string) => string | undefined;
}

/** What is wrong in a file; undefined: the file is none of ours. */
export type DiagnoseFile = (file: string) => readonly Diagnostic[] | undefined;

/**
 * A function that says of one file what `policies lint` says of it, for the text that is in the editor: a policy with
 * its tests, a pack with the policies beside it. The shipped policies are read once.
 */
export function fileDiagnoser(options: EditorOptions): DiagnoseFile {
  const { builtin, openText } = options;
  let shipped: readonly PolicyFile[] | undefined;
  return (file) => {
    const text = openText(file) ?? textOnDisk(file);
    const place = text === undefined ? undefined : policyFileAt(file, text);
    if (text === undefined || place === undefined) return undefined;
    shipped ??= readPolicyFiles(builtin).files.filter((it) => it.kind !== 'tests');
    const own = withCompanion({ ...place, text }, openText);
    const isBuiltin = file.startsWith(`${builtin}${sep}`);
    const root = rootOf(place);
    const others = shipped.filter((it) => !own.some((mine) => mine.file === it.file));
    const loaded = loadPolicies({
      ...options,
      folders: isBuiltin ? [] : [root],
      packs: [],
      checked: (it) => own.some((mine) => mine.file === it),
      workingFolder: dirname(file),
      readFiles: (folder) => {
        if (folder === builtin) return { files: isBuiltin ? [...others, ...own] : others, diagnostics: [] };
        if (folder !== root) return readPolicyFiles(folder);
        return { files: [...(place.kind === 'pack' ? besides(place, root) : []), ...own], diagnostics: [] };
      },
    });
    return loaded.diagnostics.filter((it) => it.file === file);
  };
}

function withCompanion(file: PolicyFile, openText: EditorOptions['openText']): readonly PolicyFile[] {
  const companion = companionOf(file);
  const text = companion === undefined ? undefined : (openText(companion.file) ?? textOnDisk(companion.file));
  return companion === undefined || text === undefined ? [file] : [file, { ...companion, text }];
}

/** The folder of policies that a file belongs to; of a policy, its own folder is enough. */
function rootOf({ kind, file }: PolicyFilePlace): string {
  const folder = dirname(file);
  return kind === 'pack' && basename(folder) === 'packs' ? dirname(folder) : folder;
}

/** What a pack may name: the policies and packs of its folder. */
function besides({ file }: PolicyFilePlace, root: string): readonly PolicyFile[] {
  return readPolicyFiles(root).files.filter((it) => it.kind !== 'tests' && it.file !== file);
}

/** A file that cannot be read has no text here; what is to be said of it, `policies lint` says. */
function textOnDisk(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
