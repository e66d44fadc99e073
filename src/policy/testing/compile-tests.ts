import { at, type Range, type Remark } from '../yaml/source.js';
import { Timestamp, parseTimestamp, suggestion, type ViewSchema } from '../../expression/index.js';
import type { Diagnostic } from '../diagnostic.js';
import type { ParameterValues } from '../parameters.js';
import type { PolicyDocument } from '../schema/policy.js';
import type { Fixture, Test, TestsDocument } from '../schema/tests.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';
import type { CompiledActivityTest } from './compile-activity-tests.js';
import { applyDelta, DeltaError, type Delta, type FixtureRoots } from './deltas.js';
import { FixtureReader } from './read-fixture.js';
import { readTestParams } from './test-params.js';
import { resolvePath, type Place } from './resolve-path.js';

/** What a test expects; the ids of the assertions that fail, sorted. */
export type Expected =
  | { readonly outcome: 'COMPLIANT' | 'NOT_APPLICABLE' | 'INSUFFICIENT_DATA' }
  | { readonly outcome: 'NON_COMPLIANT'; readonly failing: readonly string[] };

/** A test, ready to be run: its fixture with its changes applied. */
export interface CompiledTest {
  readonly name: string;
  readonly line: number;
  readonly now: Timestamp;
  readonly roots: FixtureRoots;
  /** Parameters that the test sets. */
  readonly params: ParameterValues;
  readonly expected: Expected;
}

export interface PolicyTests {
  readonly file: string;
  readonly tests: readonly CompiledTest[];
  /** Of an activity policy, instead. */
  readonly ofActivity?: readonly CompiledActivityTest[];
}

/**
 * Checks the tests of a policy: each name in them must exist, each value have its type, and each change find its place.
 * Tests with an error are left out; the error is in the diagnostics.
 */
export function compileTests(
  yaml: YamlFile,
  document: TestsDocument,
  policy: PolicyDocument,
  view: ViewSchema,
): { readonly tests: PolicyTests; readonly diagnostics: readonly Diagnostic[] } {
  const compiler = new TestsCompiler(yaml, document, policy, view);
  return { tests: { file: yaml.source.file, tests: compiler.compile() }, diagnostics: compiler.diagnostics };
}

interface ReadyFixture {
  readonly now: Timestamp;
  readonly roots: FixtureRoots;
}

class TestsCompiler {
  readonly diagnostics: Diagnostic[] = [];
  private readonly reader: FixtureReader;
  /** Names in scope, with their types. */
  private readonly rootTypes: ReadonlyMap<string, string>;
  private readonly targetName: string | undefined;

  constructor(
    private readonly yaml: YamlFile,
    private readonly document: TestsDocument,
    private readonly policy: PolicyDocument,
    private readonly view: ViewSchema,
  ) {
    this.reader = new FixtureReader(view.types, yaml, (path, remark, part) => this.report(path, remark, part));
    const target = view.targets.get(policy.target);
    this.targetName = target?.name;
    const names = new Map([['organization', 'Organization']]);
    if (policy.target !== 'organization') names.set('account', 'Account');
    if (target !== undefined) names.set(target.name, target.type);
    this.rootTypes = names;
  }

  compile(): readonly CompiledTest[] {
    const fixtures = new Map(
      Object.entries(this.document.fixtures).map(([name, fixture]) => [name, this.readFixture(name, fixture)]),
    );
    this.reportUnused([...fixtures.keys()]);
    this.checkNames();
    return this.document.tests.flatMap((test, index) => this.compileTest(test, index, fixtures) ?? []);
  }

  private readFixture(name: string, { now, ...roots }: Fixture): ReadyFixture | undefined {
    const path = ['fixtures', name];
    const time = parseTimestamp(now);
    if (time === undefined) {
      const help = 'write it like "2026-11-21T00:00:00Z"';
      this.report([...path, 'now'], { code: 'wrong-form', message: `'${now}' is not a time`, help });
    }
    const nodes: FixtureRoots = new Map(
      Object.entries(roots).flatMap(([root, value]) => {
        const type = this.rootTypes.get(root);
        if (type === undefined) {
          const help = suggestion(root, [...this.rootTypes.keys()], 'names in scope');
          const message = `there is no '${root}' in the scope of a policy on ${this.policy.target}`;
          this.report([...path, root], { code: 'unknown-name', message, help }, 'key');
          return [];
        }
        const node = this.reader.read({ kind: 'object', name: type }, value, [...path, root]);
        return node === undefined ? [] : [[root, node] as const];
      }),
    );
    if (this.targetName !== undefined && !Object.hasOwn(roots, this.targetName)) {
      const message = `the fixture '${name}' has no '${this.targetName}', which the policy checks`;
      this.report(path, { code: 'missing-key', message }, 'key');
    }
    const isWhole = time !== undefined && nodes.size === Object.keys(roots).length;
    return isWhole ? { now: new Timestamp(time), roots: nodes } : undefined;
  }

  private reportUnused(names: readonly string[]): void {
    const used = new Set(this.document.tests.map((it) => it.from));
    // A test that names a fixture which does not exist means one of these.
    if ([...used].some((name) => !names.includes(name))) return;
    for (const name of names.filter((it) => !used.has(it))) {
      const message = `no test uses the fixture '${name}'`;
      const help = `start a test from it, or remove it`;
      this.report(['fixtures', name], { severity: 'warning', code: 'unused', message, help }, 'key');
    }
  }

  private checkNames(): void {
    const seen = new Set<string>();
    for (const [index, { name }] of this.document.tests.entries()) {
      if (seen.has(name)) {
        this.report(['tests', index, 'name'], {
          code: 'duplicate-id',
          message: `an earlier test has the name '${name}', too`,
        });
      }
      seen.add(name);
    }
  }

  private compileTest(
    test: Test,
    index: number,
    fixtures: ReadonlyMap<string, ReadyFixture | undefined>,
  ): CompiledTest | undefined {
    const path = ['tests', index];
    const before = this.diagnostics.length;
    if (!fixtures.has(test.from)) {
      const help = suggestion(test.from, [...fixtures.keys()], 'fixtures');
      this.report([...path, 'from'], { code: 'unknown-fixture', message: `there is no fixture '${test.from}'`, help });
    }
    const fixture = fixtures.get(test.from);
    const params = readTestParams(test.params ?? {}, this.policy, [...path, 'params'], this.yaml, (...all) =>
      this.report(...all),
    );
    const expected = this.readExpected(test, path);
    const deltas = this.readDeltas(test, path);
    const roots = fixture && this.apply(fixture.roots, deltas);
    if (this.diagnostics.length > before || fixture === undefined || roots === undefined) return undefined;
    const { line } = this.yaml.source.position(this.yaml.rangeOf([...path, 'name']).start);
    return { name: test.name, line, now: fixture.now, roots, params, expected };
  }

  private readExpected(test: Test, path: Path): Expected {
    const { expect } = test;
    if (typeof expect === 'string') return { outcome: expect };
    const ids = (this.policy.assert ?? []).map((it) => it.id);
    const seen = new Set<string>();
    for (const [index, id] of expect.NON_COMPLIANT.entries()) {
      const place = [...path, 'expect', 'NON_COMPLIANT', index];
      if (!ids.includes(id)) {
        const help = suggestion(id, ids, 'assertions');
        this.report(place, { code: 'unknown-assertion', message: `the policy has no assertion '${id}'`, help });
      } else if (seen.has(id)) {
        this.report(place, { code: 'duplicate-id', message: `'${id}' occurs twice here` });
      }
      seen.add(id);
    }
    return { outcome: 'NON_COMPLIANT', failing: expect.NON_COMPLIANT.toSorted() };
  }

  private readDeltas(test: Test, path: Path): readonly LocatedDelta[] {
    const deltas: LocatedDelta[] = [];
    for (const [index, text] of (test.unset ?? []).entries()) {
      const inFile = this.yaml.offsetsOf([...path, 'unset', index]);
      const place = this.resolve(text, inFile);
      const range = inFile({ start: 0, end: text.length });
      if (place === undefined) continue;
      if (place.isRemovable) deltas.push({ range, delta: { kind: 'unset', place } });
      else {
        const isMember = place.steps.at(-1)?.kind === 'index';
        const message = isMember ? 'a member cannot be taken out of a list' : `'${text}' is always there`;
        const help = isMember
          ? 'set the list to what it shall hold'
          : 'set it to another value, or to { $unread: "service:Call" }';
        this.add(range, { code: 'required-field', message, help });
      }
    }
    for (const [text, value] of Object.entries(test.set ?? {})) {
      const keyPath = [...path, 'set', text];
      const inFile = this.yaml.keyOffsetsOf(keyPath);
      const place = this.resolve(text, inFile);
      const isMember = place?.steps.at(-1)?.kind === 'index';
      const node = place && this.reader.read(place.type, value, keyPath, isMember);
      if (place === undefined || node === undefined) continue;
      deltas.push({ range: inFile({ start: 0, end: text.length }), delta: { kind: 'set', place, node } });
    }
    return deltas;
  }

  private resolve(text: string, inFile: (range: Range) => Range): Place | undefined {
    const resolved = resolvePath(text, this.rootTypes, this.view.types);
    if ('steps' in resolved) return resolved;
    this.add(inFile(resolved.range), resolved.remark);
    return undefined;
  }

  private apply(roots: FixtureRoots, deltas: readonly LocatedDelta[]): FixtureRoots {
    let changed = roots;
    for (const { delta, range } of deltas) {
      try {
        changed = applyDelta(changed, delta, this.rootTypes, this.view.types);
      } catch (error) {
        if (!(error instanceof DeltaError)) throw error;
        this.add(range, { code: 'path', message: error.message });
      }
    }
    return changed;
  }

  private report(path: Path, remark: Remark, part: 'key' | 'value' = 'value'): void {
    this.add(part === 'key' ? this.yaml.keyRange(path) : this.yaml.rangeOf(path), remark);
  }

  private add(range: Range, { severity, code, message, help }: Remark): void {
    this.diagnostics.push(at(this.yaml.source, range, { ...(severity && { severity }), code, message, help }));
  }
}

interface LocatedDelta {
  readonly delta: Delta;
  readonly range: Range;
}
