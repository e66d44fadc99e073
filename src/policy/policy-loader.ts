import { join } from 'node:path';
import { compilePolicy } from './compile-policy.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { aboutFile, type Diagnostic } from './diagnostic.js';
import { explainForbiddenKeys } from './packs/forbidden-keys.js';
import type { PackFile } from './packs/pack.js';
import type { KnownPolicies } from './packs/read-settings.js';
import type { Language } from './policy-environment.js';
import type { PolicyFile } from './read-files.js';
import type { PolicyDocument } from './schema/policy.js';
import { isPack } from './is-pack.js';
import { mendedDocument } from './mended-document.js';
import { describeSchemaErrors } from './schema-errors.js';
import { checkAgainstSchema, type DocumentKind } from './schemas.js';
import { compileActivityTests } from './testing/compile-activity-tests.js';
import { compileTests, type PolicyTests } from './testing/compile-tests.js';
import type { PreparedFiles } from './prepared/prepared-files.js';
import { parseYaml } from './yaml/parse-yaml.js';
import { at } from './yaml/source.js';
import type { YamlFile } from './yaml/yaml-file.js';
import { byId } from '../text/order.js';

interface PolicyEntry {
  readonly yaml: YamlFile;
  readonly document: PolicyDocument;
  readonly isBuiltin: boolean;
  readonly stem: string;
}

/** Reads files into policies, packs and tests, and collects what is wrong with them. */
export class Loading implements KnownPolicies {
  readonly diagnostics: Diagnostic[] = [];
  readonly sources = new Map<string, string>();
  readonly compiled = new Map<string, CompiledPolicy>();
  readonly tests = new Map<string, PolicyTests>();
  readonly packs: PackFile[] = [];
  private readonly entries = new Map<string, PolicyEntry>();
  /** Shipped policies, by id, whose files nobody has asked for yet. */
  private readonly deferred = new Map<string, PolicyFile>();
  /** Ids in the order of reading. */
  private readonly order: string[] = [];
  /** Stems of policy files whose id is not known, as they could not be read. */
  private readonly broken = new Set<string>();
  /** The same of packs: what their ids would be by the names of their files. */
  private readonly brokenPacks = new Set<string>();
  /** The same of tests, and of those that were not to be read. */
  private readonly brokenTests = new Set<string>();
  private readonly testFiles: PolicyFile[] = [];

  constructor(
    private readonly language: Language,
    readonly withoutTests: boolean,
    private readonly prepared: PreparedFiles | undefined,
    private readonly checked: ((file: string) => boolean) | undefined,
  ) {}

  /** The ids that packs may name. A policy whose file is broken is known by its folder, so that it is told of once. */
  get ids(): readonly string[] {
    const names = [...this.broken].map((stem) => stem.split(/[/\\]/).at(-1) ?? stem);
    return [...new Set([...this.order, ...names])];
  }

  has(id: string): boolean {
    return this.deferred.has(id) || this.find(id) !== undefined;
  }

  find(id: string): CompiledPolicy | 'broken' | undefined {
    this.settle(id);
    return this.compiled.get(id) ?? (this.entries.has(id) || this.ids.includes(id) ? 'broken' : undefined);
  }

  findPack(id: string): PackFile | 'broken' | undefined {
    return this.packs.find((it) => it.document.id === id) ?? (this.brokenPacks.has(id) ? 'broken' : undefined);
  }

  /** Ids of the policies that were read, in the order of reading. */
  get readIds(): readonly string[] {
    return [...this.order];
  }

  /** Every policy that was read, by id. */
  all(): readonly CompiledPolicy[] {
    for (const id of this.deferred.keys()) this.settle(id);
    return [...this.compiled.values()].toSorted(byId);
  }

  /**
   * A shipped policy that no chosen pack names is not compiled: that takes as long as to judge an organization of a
   * hundred accounts. Its id is the name of its folder, which is checked where its tests are read, too.
   */
  add(file: PolicyFile, isBuiltin: boolean): void {
    this.sources.set(file.file, file.text);
    const isChecked = !this.withoutTests && (!isBuiltin || this.isToBeChecked(file));
    if (file.kind === 'policy' && isBuiltin && !isChecked && file.name !== undefined) {
      this.deferred.set(file.name, file);
      this.order.push(file.name);
    } else if (file.kind === 'policy') this.addPolicy(file, isBuiltin);
    else if (file.kind === 'pack') this.addPack(file, isBuiltin);
    else if (isChecked) this.testFiles.push(file);
    else this.brokenTests.add(file.stem);
  }

  /** A shipped policy is checked with its tests, whichever of the two files is meant. */
  private isToBeChecked({ stem }: PolicyFile): boolean {
    const { checked } = this;
    return checked === undefined || ['policy.yaml', 'tests.yaml'].some((name) => checked(join(stem, name)));
  }

  private settle(id: string): void {
    const file = this.deferred.get(id);
    if (file === undefined) return;
    this.deferred.delete(id);
    this.addPolicy(file, true);
  }

  /** A file that could not be read, which is told of already. */
  addUnread({ kind, stem }: Omit<PolicyFile, 'text'>): void {
    if (kind === 'policy') this.broken.add(stem);
    else if (kind === 'pack') this.brokenPacks.add(stem);
    else this.brokenTests.add(stem);
  }

  /** After all policies are known: a tests file is checked against its policy. */
  compileTests(): void {
    if (this.withoutTests) return;
    const byStem = new Map([...this.entries.values()].map((it) => [it.stem, it]));
    for (const file of this.testFiles) {
      const policy = byStem.get(file.stem);
      if (policy === undefined && !this.broken.has(file.stem)) {
        const help = 'put them beside their policy: policy.yaml with tests.yaml, or a.yaml with a.tests.yaml';
        this.diagnostics.push(aboutFile(file.file, 'error', 'no-policy', 'these tests belong to no policy', help));
      }
      byStem.delete(file.stem);
      if (policy?.document.activity !== undefined) {
        this.addActivityTests(file, policy.document);
        continue;
      }
      const parsed = this.parse('tests', file);
      if (parsed === undefined || policy === undefined) continue;
      const compiled = compileTests(parsed.yaml, parsed.document, policy.document, this.language.view);
      this.diagnostics.push(...compiled.diagnostics);
      this.tests.set(policy.document.id, compiled.tests);
    }
    for (const { yaml, document, stem } of byStem.values()) {
      if (this.brokenTests.has(stem)) continue;
      const range = yaml.rangeOf(['id']);
      const message = `the policy '${document.id}' has no tests`;
      const help = 'write them in a tests.yaml beside it: compliant, non-compliant, insufficient data';
      this.diagnostics.push(at(yaml.source, range, { severity: 'warning', code: 'no-tests', message, help }));
    }
  }

  private addActivityTests(file: PolicyFile, policy: PolicyDocument): void {
    const parsed = this.parse('activity-tests', file);
    if (parsed === undefined) return;
    const { tests, diagnostics } = compileActivityTests(parsed.yaml, parsed.document, policy);
    this.diagnostics.push(...diagnostics);
    this.tests.set(policy.id, { file: file.file, tests: [], ofActivity: tests });
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
    this.settle(document.id);
    const other = this.entries.get(document.id);
    if (other !== undefined) {
      this.diagnostics.push(duplicate(yaml, `a policy with the id '${document.id}'`, other.yaml.source.file));
      this.broken.add(file.stem);
      return;
    }
    this.entries.set(document.id, { yaml, document, isBuiltin, stem: file.stem });
    if (!this.order.includes(document.id)) this.order.push(document.id);
    if (policy !== undefined) this.compiled.set(document.id, policy);
  }

  private addPack(file: PolicyFile, isBuiltin: boolean): void {
    const parsed = this.parse('pack', file);
    if (parsed === undefined) {
      this.brokenPacks.add(file.stem);
      return;
    }
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
    const known = this.prepared?.find(kind, file, text);
    if (known !== undefined) return known;
    const { yaml, diagnostics } = parseYaml(file, text);
    this.diagnostics.push(...diagnostics);
    if (yaml === undefined) return undefined;
    if (yaml.value === null || yaml.value === undefined) {
      this.diagnostics.push(aboutFile(file, 'error', 'empty-file', 'the file is empty', emptyHelp[kind] ?? ''));
      return undefined;
    }
    const checked = checkAgainstSchema(kind, yaml.value);
    if ('document' in checked) return { yaml, document: checked.document };
    const { errors, diagnostics: explained } =
      kind === 'pack' ? explainForbiddenKeys(yaml, checked.errors) : { errors: checked.errors, diagnostics: [] };
    if (kind === 'policy' && isPack(yaml)) {
      const message = 'this is a pack, not a policy';
      const help = `put it elsewhere, and choose it: --pack ${file}`;
      this.diagnostics.push(at(yaml.source, yaml.keyRange(['policies']), { code: 'not-a-policy', message, help }));
      return undefined;
    }
    this.diagnostics.push(...explained, ...describeSchemaErrors(yaml, errors));
    const targets = new Map([...this.language.view.targets].map(([id, { name }]) => [id, name]));
    const mended = kind === 'policy' ? mendedDocument(yaml, targets) : undefined;
    if (mended !== undefined) {
      this.diagnostics.push(...compilePolicy(mended.yaml, mended.document, this.language, false).diagnostics);
    }
    return undefined;
  }
}

const emptyHelp: Readonly<Partial<Record<DocumentKind, string>>> = {
  policy: 'trailproof policies new writes one to start from',
  tests: 'write fixtures and tests, or remove the file',
  'activity-tests': 'write fixtures and tests, or remove the file',
  pack: 'write version, id, title and policies, or remove the file',
};

function duplicate(yaml: YamlFile, what: string, otherFile: string): Diagnostic {
  const message = `there is ${what} already, in ${otherFile}`;
  return at(yaml.source, yaml.rangeOf(['id']), { code: 'duplicate-id', message, help: 'choose another id' });
}
