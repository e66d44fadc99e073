import type { CompiledAssertion, CompiledPolicy } from './compiled-policy.js';
import { hasErrors, type Diagnostic } from './diagnostic.js';
import {
  bool,
  compile,
  compileTemplate,
  type Compiled,
  type Environment,
  type Expression,
  type ExpressionDiagnostic,
  type Facts,
} from '../expression/index.js';
import { expressionsIn, mentions, parametersRead, templateMentions } from './names-in.js';
import { checkDeclaration, problemInFile, readParameter, type ParameterValues } from './parameters.js';
import { outOfRangeWith, rangeHelp } from './out-of-range.js';
import { environmentOf, type Language } from './policy-environment.js';
import type { Assertion, PolicyDocument } from './schema/policy.js';
import { compileActivity, expressionsOfActivity } from './compile-activity.js';
import { controlProblems } from './controls.js';
import { coversWarnings } from './covers-arguments.js';
import { at, type Remark } from './yaml/source.js';
import { blockHelp } from './yaml/syntax-errors.js';
import type { Path, YamlFile } from './yaml/yaml-file.js';

export interface CompiledFile {
  /** Missing when there is an error. */
  readonly policy?: CompiledPolicy;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks what the schema cannot: parameters, expressions, messages. All errors at once. */
export function compilePolicy(
  yaml: YamlFile,
  document: PolicyDocument,
  language: Language,
  isBuiltin: boolean,
): CompiledFile {
  const compiler = new PolicyCompiler(yaml, document, language);
  const policy = compiler.compile(isBuiltin);
  const { diagnostics } = compiler;
  return policy === undefined || hasErrors(diagnostics) ? { diagnostics } : { policy, diagnostics };
}

class PolicyCompiler {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly yaml: YamlFile,
    private readonly document: PolicyDocument,
    private readonly language: Language,
  ) {}

  compile(isBuiltin: boolean): CompiledPolicy | undefined {
    const { document, yaml } = this;
    const params = this.readParams();
    this.checkIds();
    this.checkControls();
    const target = this.language.view.targets.get(document.target);
    // The schema of policies has let through only what the schema of the View has as well.
    if (target === undefined) throw new Error(`the View has no target ${document.target}`);
    const environment = environmentOf(target, document.params ?? {}, this.language);
    const when: Compiled | undefined =
      document.when === undefined ? undefined : this.expression(['when'], document.when, environment, undefined);
    const assertions = (document.assert ?? []).map((it, index) => this.assertion(it, index, environment, when?.facts));
    const complete = assertions.filter((it) => it !== undefined);
    const activity = compileActivity(document, this.language.functions, {
      from: (path, found) => this.addFrom(path, found),
      at: (path, remark) => this.add(yaml.rangeOf(path), remark),
    });
    if (hasErrors(this.diagnostics)) return undefined;
    const inActivity = activity === undefined ? [] : expressionsOfActivity(activity).map((it) => it.expression);
    const shown = activity === undefined ? [] : expressionsIn(activity.message);
    this.checkParamsAreRead([
      ...(when?.expression === undefined ? [] : [when.expression]),
      ...complete.flatMap(({ expression, message }) => [expression, ...expressionsIn(message)]),
      ...inActivity,
      ...shown,
    ]);
    this.checkRange(when?.expression, complete, params);
    if (hasErrors(this.diagnostics)) return undefined;
    const usesOrganization =
      (when?.expression !== undefined && mentions(when.expression, 'organization')) ||
      complete.some((it) => mentions(it.expression, 'organization') || templateMentions(it.message, 'organization'));
    return {
      id: document.id,
      document,
      file: yaml.source.file,
      line: yaml.lineOf(['id']),
      lines: new Map([
        ['severity', yaml.lineOf(['severity'])],
        ['title', yaml.lineOf(['title'])],
        ...Object.keys(document.params ?? {}).map((name) => [`params.${name}`, yaml.lineOf(['params', name])] as const),
      ]),
      isBuiltin,
      target: document.target,
      targetName: target.name,
      usesOrganization,
      reads: fieldsOf(when?.expression, complete),
      params,
      ...(when?.expression === undefined ? {} : { when: when.expression }),
      assertions: complete,
      ...(activity === undefined ? {} : { activity }),
      lineOf: (part, offset) => {
        const rangeInFile = yaml.offsetsOf(
          typeof part === 'object' ? part : part === 'when' ? ['when'] : ['assert', part, 'expr'],
        );
        return yaml.source.position(rangeInFile({ start: offset, end: offset + 1 }).start).line;
      },
    };
  }

  private readParams(): ParameterValues {
    const values = new Map();
    for (const [name, declaration] of Object.entries(this.document.params ?? {})) {
      const problems = checkDeclaration(declaration);
      for (const problem of problems) {
        const path = ['params', name, ...problem.path];
        this.add(this.yaml.rangeOf(path), problemInFile(problem, this.yaml, path));
      }
      const read = problems.length === 0 ? readParameter(declaration, declaration.default) : undefined;
      if (read !== undefined && 'value' in read) values.set(name, read.value);
    }
    return values;
  }

  /** What is out of range whatever the target would be unknown for ever. */
  private checkRange(
    when: Expression | undefined,
    assertions: readonly CompiledAssertion[],
    params: ParameterValues,
  ): void {
    const expressions: (readonly [Path, Expression | undefined])[] = [
      [['when'], when],
      ...assertions.map(({ expression }, index) => [['assert', index, 'expr'], expression] as const),
    ];
    for (const [path, expression] of expressions) {
      const part = expression === undefined ? undefined : outOfRangeWith(expression, params);
      if (part === undefined) continue;
      const message = `'${part}' is out of range on every target`;
      this.add(this.yaml.rangeOf(path), { code: 'out-of-range', message, help: rangeHelp });
    }
  }

  /** A parameter that nothing reads: a pack that sets it would believe that it changed something. */
  private checkParamsAreRead(expressions: readonly Expression[]): void {
    const read = parametersRead(expressions);
    for (const name of Object.keys(this.document.params ?? {})) {
      if (read.has(name)) continue;
      this.add(this.yaml.keyRange(['params', name]), {
        severity: 'warning',
        code: 'unused',
        message: `no expression reads the parameter '${name}': setting it changes nothing`,
        help: `read params.${name} in an expression, or remove it`,
      });
    }
  }

  private checkIds(): void {
    const seen = new Set<string>();
    for (const [index, { id }] of (this.document.assert ?? []).entries()) {
      if (seen.has(id)) {
        const message = `an earlier assertion has the id '${id}', too`;
        this.add(this.yaml.rangeOf(['assert', index, 'id']), { code: 'duplicate-id', message });
      }
      seen.add(id);
    }
  }

  private checkControls(): void {
    for (const { path, isKey, ...remark } of controlProblems(this.document.controls ?? {})) {
      this.add(isKey ? this.yaml.keyRange(path) : this.yaml.rangeOf(path), remark);
    }
  }

  private assertion(
    { id, expr, message, severity }: Assertion,
    index: number,
    environment: Environment,
    given: Facts | undefined,
  ): CompiledAssertion | undefined {
    const { expression } = this.expression(['assert', index, 'expr'], expr, environment, given);
    const path = ['assert', index, 'message'];
    const { template, diagnostics } = compileTemplate(message, environment, given);
    this.addFrom(path, diagnostics);
    if (expression === undefined || template === undefined) return undefined;
    return { id, severity: severity ?? this.document.severity, expression, message: template };
  }

  private expression(path: Path, source: string, environment: Environment, given: Facts | undefined): Compiled {
    const compiled = compile(source, environment, bool, given);
    this.addFrom(path, compiled.diagnostics);
    if (compiled.expression !== undefined) this.addFrom(path, coversWarnings(compiled.expression.root));
    return compiled;
  }

  private addFrom(path: Path, found: readonly ExpressionDiagnostic[]): void {
    const comment = this.yaml.commentAfter(path);
    if (comment !== undefined) {
      const key = String(path.at(-1));
      const isCutOff = found.some((it) => it.severity === 'error');
      const message = `YAML takes what follows ' #' for a comment: it is not part of '${key}'`;
      const help = isCutOff
        ? blockHelp(key)
        : `put the comment on a line of its own; if it is not a comment, ${blockHelp(key)}`;
      this.add(comment, { severity: isCutOff ? 'error' : 'warning', code: 'yaml-comment', message, help });
      // What else is wrong may well follow from the end that was cut off.
      if (isCutOff) return;
    }
    if (found.length === 0) return;
    const rangeInFile = this.yaml.offsetsOf(path);
    for (const { start, end, ...remark } of found) this.add(rangeInFile({ start, end }), remark);
  }

  private add(range: { readonly start: number; readonly end: number }, remark: Remark): void {
    this.diagnostics.push(at(this.yaml.source, range, remark));
  }
}

function fieldsOf(when: Expression | undefined, assertions: readonly CompiledAssertion[]): readonly string[] {
  const shown = assertions.flatMap(({ message }) => expressionsIn(message));
  const all = [...(when === undefined ? [] : [when]), ...assertions.map(({ expression }) => expression), ...shown];
  return [...new Set(all.flatMap(({ reads }) => reads))].toSorted();
}
