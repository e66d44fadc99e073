import { UsageError } from '../model/errors.js';
import type { ViewFunction } from '../view/functions.js';
import { compilePolicy, type Language } from './compile-policy.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { aboutFile, compareText, hasErrors, sortDiagnostics, type Diagnostic } from './diagnostic.js';
import { readViewSchema, suggestion, type TypeTable } from './expression/index.js';
import { checkPacks, type Pack, type PackFile } from './packs.js';
import { readPolicyFiles, type PolicyFile, type ReadFiles } from './read-files.js';
import type { PolicyDocument } from './schema/policy.js';
import { describeSchemaErrors } from './schema-errors.js';
import { checkAgainstSchema, type DocumentKind } from './schemas.js';
import { compileTests, type PolicyTests } from './testing/compile-tests.js';
import { parseYaml } from './yaml/parse-yaml.js';
import { at } from './yaml/source.js';
import type { YamlFile } from './yaml/yaml-file.js';

export interface LoadOptions {
  /** The folder of the policies that are shipped. */
  readonly builtin: string;
  /** The user's own folders. */
  readonly folders: readonly string[];
  /** Ids of the packs that are chosen. */
  readonly packs: readonly string[];
  /** The functions that know CloudTrail. */
  readonly functions: readonly ViewFunction[];
  /** `schema/view.v1.json` */
  readonly viewSchema: unknown;
  /** Leaves the tests of policies unread: a scan does not need them. */
  readonly withoutTests?: boolean;
  readonly readFiles?: ReadFiles;
}

export interface LoadedPolicies {
  /** Those of the chosen packs and the user's own, by id. With an error anywhere they are not to be used. */
  readonly policies: readonly CompiledPolicy[];
  /** Every policy that was read, by id. */
  readonly all: readonly CompiledPolicy[];
  /** By id. */
  readonly packs: readonly Pack[];
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
  const loading = new Loading(language, options.withoutTests ?? false);
  const readFiles = options.readFiles ?? readPolicyFiles;
  for (const folder of [options.builtin, ...options.folders]) {
    const { files, diagnostics } = readFiles(folder);
    loading.diagnostics.push(...diagnostics);
    for (const file of files) loading.add(file, folder === options.builtin);
  }
  const packs = checkPacks(loading.packs, loading.policyIds);
  loading.diagnostics.push(...packs.diagnostics);
  loading.compileTests();
  const diagnostics = sortDiagnostics(loading.diagnostics);
  const all = [...loading.compiled.values()].toSorted((a, b) => compareText(a.id, b.id));
  return {
    policies: choose(options.packs, packs.packs, all, diagnostics),
    all,
    packs: packs.packs,
    tests: loading.tests,
    diagnostics,
    sources: loading.sources,
    types: language.view.types,
  };
}

interface PolicyEntry {
  readonly yaml: YamlFile;
  readonly document: PolicyDocument;
  readonly isBuiltin: boolean;
  readonly stem: string;
}

class Loading {
  readonly diagnostics: Diagnostic[] = [];
  readonly sources = new Map<string, string>();
  readonly compiled = new Map<string, CompiledPolicy>();
  readonly tests = new Map<string, PolicyTests>();
  readonly packs: PackFile[] = [];
  private readonly entries = new Map<string, PolicyEntry>();
  /** Stems of policy files whose id is not known, as they could not be read. */
  private readonly broken = new Set<string>();
  private readonly testFiles: PolicyFile[] = [];

  constructor(
    private readonly language: Language,
    private readonly withoutTests: boolean,
  ) {}

  /** The ids that packs may name. A policy whose file is broken is known by its folder, so that it is told of once. */
  get policyIds(): ReadonlySet<string> {
    const names = [...this.broken].map((stem) => stem.split(/[/\\]/).at(-1) ?? stem);
    return new Set([...this.entries.keys(), ...names]);
  }

  add(file: PolicyFile, isBuiltin: boolean): void {
    this.sources.set(file.file, file.text);
    if (file.kind === 'policy') this.addPolicy(file, isBuiltin);
    else if (file.kind === 'pack') this.addPack(file, isBuiltin);
    else if (!this.withoutTests) this.testFiles.push(file);
  }

  /** After all policies are known: a tests file is checked against its policy. */
  compileTests(): void {
    if (this.withoutTests) return;
    const byStem = new Map([...this.entries.values()].map((it) => [it.stem, it]));
    for (const file of this.testFiles) {
      const policy = byStem.get(file.stem);
      if (policy === undefined && !this.broken.has(file.stem)) {
        this.diagnostics.push(aboutFile(file.file, 'error', 'no-policy', 'these tests belong to no policy'));
      }
      const parsed = this.parse('tests', file);
      byStem.delete(file.stem);
      if (parsed === undefined || policy === undefined) continue;
      const compiled = compileTests(parsed.yaml, parsed.document, policy.document, this.language.view);
      this.diagnostics.push(...compiled.diagnostics);
      this.tests.set(policy.document.id, compiled.tests);
    }
    for (const { yaml, document } of byStem.values()) {
      const range = yaml.rangeOf(['id']);
      const message = `the policy '${document.id}' has no tests`;
      const help = 'write them in a tests.yaml beside it: compliant, non-compliant, insufficient data';
      this.diagnostics.push(at(yaml.source, range, { severity: 'warning', code: 'no-tests', message, help }));
    }
  }

  private addPolicy(file: PolicyFile, isBuiltin: boolean): void {
    const parsed = this.parse('policy', file);
    if (parsed === undefined) {
      this.broken.add(file.stem);
      return;
    }
    const { yaml, document } = parsed;
    const { policy, diagnostics } = compilePolicy(yaml, document, this.language, isBuiltin);
    this.diagnostics.push(...diagnostics);
    this.checkName(yaml, document.id, file.name, 'the folder');
    const other = this.entries.get(document.id);
    if (other !== undefined) {
      this.diagnostics.push(duplicate(yaml, `a policy with the id '${document.id}'`, other.yaml.source.file));
      this.broken.add(file.stem);
      return;
    }
    this.entries.set(document.id, { yaml, document, isBuiltin, stem: file.stem });
    if (policy !== undefined) this.compiled.set(document.id, policy);
  }

  private addPack(file: PolicyFile, isBuiltin: boolean): void {
    const parsed = this.parse('pack', file);
    if (parsed === undefined) return;
    this.checkName(parsed.yaml, parsed.document.id, file.name, 'the file');
    const other = this.packs.find((it) => it.document.id === parsed.document.id);
    if (other === undefined) this.packs.push({ ...parsed, isBuiltin });
    else
      this.diagnostics.push(
        duplicate(parsed.yaml, `a pack with the id '${other.document.id}'`, other.yaml.source.file),
      );
  }

  private checkName(yaml: YamlFile, id: string, name: string | undefined, what: string): void {
    if (name === undefined || name === id) return;
    const message = `the id is '${id}', but ${what} is named '${name}'`;
    this.diagnostics.push(
      at(yaml.source, yaml.rangeOf(['id']), { code: 'wrong-name', message, help: 'give both one name' }),
    );
  }

  private parse<Kind extends DocumentKind>(kind: Kind, { file, text }: PolicyFile) {
    const { yaml, diagnostics } = parseYaml(file, text);
    this.diagnostics.push(...diagnostics);
    if (yaml === undefined) return undefined;
    if (yaml.value === null || yaml.value === undefined) {
      this.diagnostics.push(aboutFile(file, 'error', 'empty-file', 'the file is empty'));
      return undefined;
    }
    const checked = checkAgainstSchema(kind, yaml.value);
    if ('document' in checked) return { yaml, document: checked.document };
    this.diagnostics.push(...describeSchemaErrors(yaml, checked.errors));
    return undefined;
  }
}

function duplicate(yaml: YamlFile, what: string, otherFile: string): Diagnostic {
  const message = `there is ${what} already, in ${otherFile}`;
  return at(yaml.source, yaml.rangeOf(['id']), { code: 'duplicate-id', message, help: 'choose another id' });
}

function choose(
  chosen: readonly string[],
  packs: readonly Pack[],
  all: readonly CompiledPolicy[],
  diagnostics: readonly Diagnostic[],
): readonly CompiledPolicy[] {
  const missing = chosen.find((id) => !packs.some((pack) => pack.id === id));
  // A pack may be missing because its file is broken: then that is told.
  if (missing !== undefined && !hasErrors(diagnostics)) {
    const ids = packs.map((pack) => pack.id);
    throw new UsageError(`there is no pack '${missing}'`, suggestion(missing, ids, 'packs'));
  }
  const wanted = new Set(packs.filter((pack) => chosen.includes(pack.id)).flatMap((pack) => pack.policies));
  return all.filter((policy) => !policy.isBuiltin || wanted.has(policy.id));
}
