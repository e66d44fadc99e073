import { type ViewFunction, readViewSchema, type TypeTable } from '../expression/index.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { sortDiagnostics, type Diagnostic } from './diagnostic.js';
import { Loading } from './policy-loader.js';
import { Chooser, type Configuration } from './packs/choose.js';
import type { EffectivePolicy } from './packs/effective-policy.js';
import type { Content, Pack, PackFile } from './packs/pack.js';
import { PackLocator } from './packs/pack-locator.js';
import { PackResolver } from './packs/resolve.js';
import type { PreparedFiles } from './prepared/prepared-files.js';
import { readPolicyFiles, type ReadFiles } from './read-files.js';
import type { Language } from './policy-environment.js';
import type { PolicyTests } from './testing/compile-tests.js';
import { byId } from '../text/order.js';

export interface LoadOptions {
  /** The folder of the policies that are shipped. */
  readonly builtin: string;
  /** The user's own folders. */
  readonly folders: readonly string[];
  /** The packs that are chosen: whatever a pack's `extends` may name. Of two values the later pack's is in force. */
  readonly packs: readonly string[];
  /** Where the user stands: npm packages are looked for from here. Default: the process's. */
  readonly workingFolder?: string;
  /** What the configuration file says of policies. */
  readonly configuration?: Configuration | undefined;
  /** The functions that know CloudTrail. */
  readonly functions: readonly ViewFunction[];
  /** `schema/view.v1.json` */
  readonly viewSchema: unknown;
  /** Leaves the tests of policies unread: a scan does not need them. */
  readonly withoutTests?: boolean;
  /** Which shipped files are checked, policies with their tests. Others are read as a scan reads them. Default: all. */
  readonly checked?: ((file: string) => boolean) | undefined;
  readonly readFiles?: ReadFiles;
  /** Files that were read and checked before; all others are. */
  readonly prepared?: PreparedFiles | undefined;
}

export interface LoadedPolicies {
  /**
   * Those of the chosen packs and the user's own, by id, as packs and configuration make them; disabled ones are
   * marked. With an error anywhere they are not to be used.
   */
  readonly policies: readonly EffectivePolicy[];
  /** Every policy that was read, by id, as its own file says. */
  readonly all: readonly CompiledPolicy[];
  /** By id. */
  readonly packs: readonly Pack[];
  /** What was chosen: the ids of packs, and references that lead to no pack as they were given. */
  readonly chosen: readonly string[];
  /** By policy id; empty `withoutTests`. */
  readonly tests: ReadonlyMap<string, PolicyTests>;
  /** All that is wrong in any file, by file and place. An error means: exit 2. */
  readonly diagnostics: readonly Diagnostic[];
  /** The texts of the files, for showing diagnostics. */
  readonly sources: ReadonlyMap<string, string>;
  readonly types: TypeTable;
}

/**
 * Reads, checks and compiles policies, packs and tests. A policy with an error is never left out silently: the error
 * is in the diagnostics.
 *
 * @throws UsageError when a chosen pack does not exist, and no error in a file is the reason
 */
export function loadPolicies(options: LoadOptions): LoadedPolicies {
  const language: Language = { view: readViewSchema(options.viewSchema), functions: options.functions };
  const loading = new Loading(language, options.withoutTests ?? false, options.prepared, options.checked);
  const locator = new PackLocator(loading, options.readFiles ?? readPolicyFiles, options.workingFolder ?? '.');
  locator.readFolder(options.builtin, true);
  const own = options.folders.flatMap((folder) => locator.readFolder(folder, false));
  const chosen = options.packs.map((text) => ({ text, reached: locator.reach(text, '') }));
  locator.followAll();
  loading.compileTests();

  const resolver = new PackResolver(
    {
      ids: loading.packs.map((it) => it.document.id),
      find: (id) => loading.findPack(id),
      reachedFrom: (file) => locator.reachedFrom(file),
    },
    loading,
  );
  // What is wrong with packs of one's own is told, whichever is chosen.
  const { configuration, checked } = options;
  const isChecked = ({ isBuiltin, yaml }: PackFile): boolean =>
    !isBuiltin || (options.withoutTests !== true && (checked === undefined || checked(yaml.source.file)));
  for (const file of loading.packs) if (isChecked(file)) resolver.contentOf(file);
  const chooser = new Chooser(resolver, loading);
  const policies = chooser.choose({ packs: chosen, own, configuration }, [
    ...loading.diagnostics,
    ...resolver.diagnostics,
  ]);
  if (configuration !== undefined) {
    const { file, text } = configuration.yaml.source;
    loading.sources.set(file, text);
  }
  return {
    policies,
    get all() {
      return loading.all();
    },
    get packs() {
      return loading.packs.map((file) => describePack(file, resolver.contentOf(file))).toSorted(byId);
    },
    chosen: chosen.map(({ text, reached }) => (reached.kind === 'pack' ? reached.id : text)),
    tests: loading.tests,
    diagnostics: sortDiagnostics([...loading.diagnostics, ...resolver.diagnostics, ...chooser.diagnostics]),
    sources: loading.sources,
    types: language.view.types,
  };
}

function describePack(
  { yaml, document: { id, title, description }, isBuiltin }: PackFile,
  { policies }: Content,
): Pack {
  return {
    id,
    title,
    ...(description === undefined ? {} : { description }),
    policies: [...policies.keys()],
    file: yaml.source.file,
    isBuiltin,
  };
}
