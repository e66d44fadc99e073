import { packageFile, readPackageJson } from '../../package-file.js';
import {
  formatDiagnostics,
  hasErrors,
  loadPolicies,
  neededCalls,
  PreparedFiles,
  readPolicyPath,
  type Configuration,
  type Diagnostic,
  type EffectivePolicy,
  type LoadedPolicies,
  type ReadFiles,
} from '../../policy/index.js';
import { viewFunctions } from '../../view/index.js';
import { splitList } from '../process/split-list.js';
import type { Terminal } from '../process/terminal.js';
import { counted } from '../../text/plural.js';
import { writeLines } from '../process/write-lines.js';
import { hideLinked, sourceOf } from './hide-linked.js';

export interface PolicyOptions {
  readonly pack?: readonly string[];
  readonly policies?: readonly string[];
  /** What the configuration file says of policies. */
  readonly configuration?: Configuration;
}

const defaultPack = 'baseline';

/** The packs that are asked for. */
function chosenPacks({ pack, configuration }: PolicyOptions): readonly string[] {
  if (pack === undefined) return [defaultPack];
  // Flags take lists with commas, and a list of the file holds whole names.
  const names = pack.flatMap((it) => (configuration?.packs.has(it) === true ? [it] : splitList(it)));
  return [...new Set(names)];
}

/** Where the shipped policies are. */
export const shippedPolicies: string = packageFile('policies');

/** The shipped policies as the build read them. */
export function preparedPolicies(): PreparedFiles {
  return new PreparedFiles(packageFile('dist/cli/policies.json'));
}

/** Some files and folders, when they alone are asked for. */
export interface AskedFiles {
  readonly readFiles: ReadFiles;
  readonly isMeant: (file: string) => boolean;
}

/** Reads the shipped policies and the user's own; the files of the package are named by their place in it. */
export function readPolicies(options: PolicyOptions, withoutTests: boolean, asked?: AskedFiles): LoadedPolicies {
  return loadPolicies({
    builtin: shippedPolicies,
    folders: options.policies ?? [],
    packs: chosenPacks(options),
    configuration: options.configuration,
    functions: viewFunctions,
    viewSchema: readPackageJson('schema/view.v1.json'),
    withoutTests,
    prepared: withoutTests || asked !== undefined ? preparedPolicies() : undefined,
    ...(asked === undefined ? {} : { readFiles: asked.readFiles, checked: asked.isMeant }),
  });
}

/** The calls that decide these policies. */
export function callsOf(policies: readonly EffectivePolicy[]): ReadonlySet<string> {
  return neededCalls(policies, readPackageJson('schema/view.v1.json'));
}

/** True when a binding in force names tags of accounts, which are read only then: one call an account. */
export function namesTags(policies: readonly EffectivePolicy[]): boolean {
  return policies.some(({ bindings = [] }) => bindings.some(({ scope }) => scope.tags !== undefined));
}

/** Reads one folder by itself: its policies may have the ids of shipped ones. Its packs are left out. */
export function readPolicyFolder(folder: string): LoadedPolicies {
  return loadPolicies({
    builtin: '',
    folders: [folder],
    packs: [],
    functions: viewFunctions,
    viewSchema: readPackageJson('schema/view.v1.json'),
    withoutTests: true,
    readFiles: (path) => {
      if (path === '') return { files: [], diagnostics: [] };
      const { files, diagnostics } = readPolicyPath(path);
      return { files: files.filter((it) => it.kind !== 'pack'), diagnostics };
    },
  });
}

/** What is wrong in files, and their texts. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Prints what is wrong with files of policies or waivers, all at once.
 *
 * @returns true when none of it is an error
 */
export function reportDiagnostics({ diagnostics, sources }: Checked, terminal: Terminal): boolean {
  const shown = hideLinked(diagnostics);
  if (shown.length > 0) terminal.stderr.write(formatDiagnostics(shown, sourceOf(shown, sources)));
  const errors = shown.filter((it) => it.severity === 'error').length;
  if (errors > 0) writeLines(terminal.stderr, ['', `${counted(errors, 'error')}: nothing was evaluated.`]);
  return !hasErrors(diagnostics);
}
