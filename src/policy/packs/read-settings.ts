import type { CompiledPolicy } from '../compiled-policy.js';
import type { Diagnostic } from '../diagnostic.js';
import { suggestion } from '../../expression/index.js';
import { outOfRangeBy, rangeHelp } from '../out-of-range.js';
import { problemInFile, readParameter } from '../parameters.js';
import type { BindingOverride, Override } from '../schema/pack.js';
import { at, type Range, type Remark } from '../yaml/source.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';
import type { Enablement, ParameterSetting, Place, Settings, Sourced } from './settings.js';

/** Policies that may be named: `broken` has errors of its own, and nothing can be held against it. */
export interface KnownPolicies {
  readonly ids: readonly string[];
  /** Whether there is one, broken or not. */
  has(id: string): boolean;
  find(id: string): CompiledPolicy | 'broken' | undefined;
}

/** Reads what a file sets in policies, and collects what is wrong with it. */
export class SettingsReader {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly yaml: YamlFile,
    private readonly policies: KnownPolicies,
    /** What places name: the path of a shipped file says nothing on another machine. */
    private readonly name: string = yaml.source.file,
  ) {}

  /** Of an `override`: policy id → settings; ids that do not exist are told of and left out. */
  readAll(path: Path, overrides: Readonly<Record<string, Override | BindingOverride>>): ReadonlyMap<string, Settings> {
    const found = new Map<string, Settings>();
    for (const [id, override] of Object.entries(overrides)) {
      const policy = this.policy([...path, id], id);
      if (policy !== undefined) found.set(id, this.read([...path, id], override, policy));
    }
    return found;
  }

  /** Of `params`: policy id → parameter → value. */
  readAllParams(
    path: Path,
    params: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): ReadonlyMap<string, Settings> {
    const found = new Map<string, Settings>();
    for (const [id, values] of Object.entries(params)) {
      const policy = this.policy([...path, id], id);
      if (policy !== undefined) found.set(id, { params: this.readParams([...path, id], values, policy) });
    }
    return found;
  }

  add(range: Range, remark: Remark): void {
    this.diagnostics.push(at(this.yaml.source, range, remark));
  }

  private policy(path: Path, id: string): CompiledPolicy | 'broken' | undefined {
    const policy = this.policies.find(id);
    if (policy === undefined) {
      const help = suggestion(id, this.policies.ids, 'policies');
      this.add(this.yaml.keyRange(path), { code: 'unknown-policy', message: `there is no policy '${id}'`, help });
    }
    return policy;
  }

  private read(path: Path, override: Override | BindingOverride, policy: CompiledPolicy | 'broken'): Settings {
    const sourced = <T>(key: string, value: T | undefined): Sourced<T> | undefined =>
      value === undefined ? undefined : { value, place: this.place([...path, key]) };
    const severity = sourced('severity', override.severity);
    const title = 'title' in override ? sourced('title', override.title) : undefined;
    const remediation = 'remediation' in override ? sourced('remediation', override.remediation?.text) : undefined;
    const enablement = sourced('enabled', this.enablement(path, override));
    return {
      ...(severity === undefined ? {} : { severity }),
      ...(title === undefined ? {} : { title }),
      ...(remediation === undefined ? {} : { remediation }),
      ...(enablement === undefined ? {} : { enablement }),
      params: this.readParams([...path, 'params'], override.params ?? {}, policy),
    };
  }

  private enablement(path: Path, { enabled, reason }: Override | BindingOverride): Enablement | undefined {
    if (enabled === false) {
      if (reason !== undefined && reason.trim() !== '') return { enabled, reason };
      this.add(this.yaml.rangeOf([...path, 'enabled']), {
        code: 'missing-key',
        message: "a policy is disabled with a reason: 'reason' is missing",
        help: "write reason: why this need not be checked, beside 'enabled: false'",
      });
      return undefined;
    }
    if (reason !== undefined) {
      this.add(this.yaml.keyRange([...path, 'reason']), {
        code: 'unknown-key',
        message: "'reason' says why a policy is disabled, and this one is not",
        help: 'write enabled: false, or remove the reason',
      });
    }
    return enabled === undefined ? undefined : { enabled };
  }

  private readParams(
    path: Path,
    values: Readonly<Record<string, unknown>>,
    policy: CompiledPolicy | 'broken',
  ): ReadonlyMap<string, Sourced<ParameterSetting>> {
    const found = new Map<string, Sourced<ParameterSetting>>();
    if (policy === 'broken') return found;
    const declared = new Map(Object.entries(policy.document.params ?? {}));
    for (const [name, plain] of Object.entries(values)) {
      const here = [...path, name];
      const declaration = declared.get(name);
      if (declaration === undefined) {
        const help = suggestion(name, [...declared.keys()], 'it has') ?? 'it has no parameters at all';
        const message = `the policy '${policy.id}' has no parameter '${name}'`;
        this.add(this.yaml.keyRange(here), { code: 'unknown-parameter', message, help });
        continue;
      }
      const read = readParameter(declaration, plain);
      if ('value' in read) {
        const part = outOfRangeBy(policy, new Map([[name, read.value]]));
        if (part !== undefined) {
          const message = `with ${name} ${String(plain)}, '${part}' is out of range on every target`;
          this.add(this.yaml.rangeOf(here), { code: 'parameter', message, help: rangeHelp });
          continue;
        }
        found.set(name, { value: { plain, value: read.value }, place: this.place(here) });
        continue;
      }
      for (const problem of read.problems) {
        const wrong = [...here, ...problem.path];
        this.add(this.yaml.rangeOf(wrong), problemInFile(problem, this.yaml, wrong));
      }
    }
    return found;
  }

  place(path: Path): Place {
    return { file: this.name, line: this.yaml.lineOf(path) };
  }
}
