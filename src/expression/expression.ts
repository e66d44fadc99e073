import type { Value, ViewObject } from './values.js';
import type { Call, Literal, Node } from './ast.js';
import { Checker } from './check.js';
import { Compiler } from './closure.js';
import { constantWhole } from './constant.js';
import { Diagnostics, type ExpressionDiagnostic } from './diagnostic.js';
import type { Environment } from './environment.js';
import { noFacts, type Facts } from './flow.js';
import { frameOf, type Closure, type Scope } from './frame.js';
import { growing, longestText, mostSteps, multiplying } from './budget.js';
import { costOf, type Cost } from './estimate.js';
import type { Coercion } from './json.js';
import { thousands } from '../text/plural.js';
import { parse } from './parse.js';
import type { ResolvedCall } from './resolved.js';
import { describeType, isAssignable, type Type } from './types.js';

/** A checked expression, ready to be evaluated and explained. */
export interface Expression {
  readonly source: string;
  readonly type: Type;
  readonly root: Node;
  readonly run: Closure;
  /** The fields of the View that it may read, as `Trail.isLogging`, those that its functions read included. */
  readonly reads: readonly string[];
  /** For explanations: the closure of each part, and the slot of each macro's variable. */
  readonly closures: ReadonlyMap<Node, Closure>;
  readonly slots: ReadonlyMap<Node, number>;
  /** What the calls in it turned out to be. */
  readonly calls: ReadonlyMap<Call, ResolvedCall>;
  /** Parts of the kind `json`, and what they are read as. */
  readonly coercions: ReadonlyMap<Node, Coercion>;
  /** Texts in it that are values of an enum, and all values of that. */
  readonly enums: ReadonlyMap<Literal, readonly string[]>;
  /**
   * Checks another tree in the place of this one: what holds where it does, or undefined where it is wrong.
   *
   * @param given - what is known to hold beforehand; default: what was when this one was checked
   */
  readonly recheck: (root: Node, given?: Facts) => Facts | undefined;
}

export interface Compiled {
  /** Missing when there is an error. */
  readonly expression?: Expression;
  /** All that is wrong, in the order of the source. */
  readonly diagnostics: readonly ExpressionDiagnostic[];
  /** What holds where the expression does: what `when` proves needs no guard in an assertion. */
  readonly facts?: Facts;
}

/**
 * Parses and checks an expression against the types of the View.
 *
 * @param expected - the type that it must have; undefined: anything that can be shown
 * @param given - what is known to hold beforehand
 */
export function compile(
  source: string,
  environment: Environment,
  expected: Type | undefined,
  given: Facts = noFacts,
): Compiled {
  const diagnostics = new Diagnostics();
  const root = parse(source, diagnostics);
  const checker = new Checker(environment, diagnostics);
  const { type, whenTrue } = checker.value(root, { variables: new Map(), facts: given });
  if (type !== undefined && expected !== undefined && !isAssignable(type, expected)) {
    const message =
      expected.kind === 'bool'
        ? `this must be true or false, but it is ${describeType(type)}`
        : `this must be ${describeType(expected)}, but it is ${describeType(type)}`;
    diagnostics.error(root, 'types', message, type.kind === 'list' ? 'ask size(…) > 0, or exists(x, …)' : undefined);
  }
  if (type !== undefined && expected === undefined && !isShowable(type)) {
    diagnostics.error(
      root,
      'types',
      `${describeType(type)} cannot be shown in a message`,
      'show one of its fields, such as its arn or name',
    );
  }
  if (expected?.kind === 'bool') constantWhole(diagnostics, root);
  const cost = costOf(root, checker.calls, checker.joined);
  if (cost !== undefined) refuse(diagnostics, cost);
  if (type === undefined || diagnostics.hasErrors) return { diagnostics: diagnostics.all() };
  const { calls, enums, coercions } = checker;
  const reads = checker.fieldsRead.with(calls);
  const recheck = (other: Node, facts: Facts = given): Facts | undefined => {
    const remarks = new Diagnostics();
    const again = new Checker(environment, remarks).value(other, { variables: new Map(), facts });
    return again.type !== undefined && isAssignable(again.type, type) && !remarks.hasErrors
      ? again.whenTrue
      : undefined;
  };
  const expression = assemble({ source, type, root, calls, coercions, reads, enums, recheck });
  return { expression, diagnostics: diagnostics.all(), facts: whenTrue };
}

function refuse(diagnostics: Diagnostics, cost: Cost): void {
  if (cost.kind === 'steps') {
    const message = `with this loop, the expression takes some ${thousands(cost.steps)} steps, and ${thousands(mostSteps)} are allowed`;
    diagnostics.error(cost.loop.variableSpan, 'cost', message, multiplying);
    return;
  }
  const [where, what] = cost.loop === undefined ? [cost.text, 'this'] : [cost.loop.variableSpan, 'this loop'];
  const message = `${what} makes a text of some ${thousands(cost.characters)} characters, and ${thousands(longestText)} are allowed`;
  diagnostics.error(where, 'cost', message, growing);
}

function assemble(
  checked: Omit<Expression, 'run' | 'closures' | 'slots'>,
  substitutes?: ReadonlyMap<Node, Node>,
): Expression {
  const compiler = new Compiler(checked.calls, checked.coercions, substitutes);
  const run = compiler.compile(checked.root, []);
  return { ...checked, run, closures: compiler.closures, slots: compiler.slots };
}

/** The expression with a part of it taken for another one, of the same type. */
export function withSubstitute(expression: Expression, part: Node, substitute: Node): Expression {
  return assemble(expression, new Map([[part, substitute]]));
}

function isShowable(type: Type): boolean {
  if (type.kind === 'list') return type.of.kind !== 'list' && isShowable(type.of);
  return type.kind !== 'object' && type.kind !== 'map';
}

/**
 * Evaluates an expression in three-valued logic. It never throws over data: what could not be read gives `Unknown`
 * with just the gaps that matter.
 *
 * @param onRead - told of each field that is read, for evidence
 */
export function evaluate(
  expression: Expression,
  scope: Scope,
  onRead?: (object: ViewObject, field: string) => void,
): Value {
  return expression.run(frameOf(scope, onRead));
}
