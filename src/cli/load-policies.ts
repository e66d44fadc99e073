import { packageFile, readPackageJson } from '../package-file.js';
import {
  formatDiagnostics,
  hasErrors,
  loadPolicies,
  neededCalls,
  type CompiledPolicy,
  type LoadedPolicies,
} from '../policy/index.js';
import { viewFunctions } from '../view/index.js';
import { splitList } from './split-list.js';
import type { Terminal } from './terminal.js';

export interface PolicyOptions {
  readonly pack?: readonly string[];
  readonly policies?: readonly string[];
}

const defaultPack = 'baseline';

/** The packs that are asked for. */
export function chosenPacks({ pack }: PolicyOptions): readonly string[] {
  return pack === undefined ? [defaultPack] : [...new Set(pack.flatMap(splitList))];
}

/** Reads the shipped policies and the user's own; the files of the package are named by their place in it. */
export function readPolicies(options: PolicyOptions, withoutTests: boolean): LoadedPolicies {
  return loadPolicies({
    builtin: packageFile('policies'),
    folders: options.policies ?? [],
    packs: chosenPacks(options),
    functions: viewFunctions,
    viewSchema: readPackageJson('schema/view.v1.json'),
    withoutTests,
  });
}

/** The calls that decide these policies. */
export function callsOf(policies: readonly CompiledPolicy[]): ReadonlySet<string> {
  return neededCalls(policies, readPackageJson('schema/view.v1.json'));
}

/**
 * Prints what is wrong with the policies, all at once.
 *
 * @returns true when none of it is an error
 */
export function reportDiagnostics({ diagnostics, sources }: LoadedPolicies, terminal: Terminal): boolean {
  if (diagnostics.length > 0) terminal.stderr.write(formatDiagnostics(diagnostics, (file) => sources.get(file)));
  const errors = diagnostics.filter((it) => it.severity === 'error').length;
  if (errors > 0) terminal.stderr.write(`\n${errors} ${errors === 1 ? 'error' : 'errors'}: nothing was evaluated.\n`);
  return !hasErrors(diagnostics);
}
