import { packageFile, readPackageJson } from '../package-file.js';
import {
  formatDiagnostics,
  hasErrors,
  loadPolicies,
  loadWaivers,
  type Diagnostic,
  type LoadedPolicies,
  type Waiver,
} from '../policy/index.js';
import { viewFunctions } from '../view/index.js';
import { splitList } from './split-list.js';
import type { Terminal } from './terminal.js';

export interface PolicyOptions {
  readonly pack?: readonly string[];
  readonly policies?: readonly string[];
  readonly waivers?: readonly string[];
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

/** What is wrong in files, and their texts. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** The waivers, and what is wrong with them and the policies together. */
export interface CheckedWaivers extends Checked {
  readonly waivers: readonly Waiver[];
}

/** Reads the files of waivers; each may name any policy there is, chosen or not. */
export function readWaivers({ waivers: files = [] }: PolicyOptions, loaded: LoadedPolicies): CheckedWaivers {
  const { waivers, diagnostics, sources } = loadWaivers({ files, policies: loaded.all });
  // A policy whose file is broken is not missing: its own error tells of it.
  const own = hasErrors(loaded.diagnostics) ? diagnostics.filter((it) => it.code !== 'unknown-policy') : diagnostics;
  return {
    waivers,
    diagnostics: [...loaded.diagnostics, ...own],
    sources: new Map([...loaded.sources, ...sources]),
  };
}

/**
 * Prints what is wrong with policies and waivers, all at once.
 *
 * @returns true when none of it is an error
 */
export function reportDiagnostics({ diagnostics, sources }: Checked, terminal: Terminal): boolean {
  if (diagnostics.length > 0) terminal.stderr.write(formatDiagnostics(diagnostics, (file) => sources.get(file)));
  const errors = diagnostics.filter((it) => it.severity === 'error').length;
  if (errors > 0) terminal.stderr.write(`\n${errors} ${errors === 1 ? 'error' : 'errors'}: nothing was evaluated.\n`);
  return !hasErrors(diagnostics);
}
