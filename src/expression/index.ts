export { stopped } from './stopped.js';
export { isArn } from './arns.js';
export type { BinaryOperator, Call, MacroCall, Node } from './ast.js';
export type { ExpressionDiagnostic } from './diagnostic.js';
export { durationHelp, parseDuration, parseTimestamp } from './durations.js';
export { complete, type Completion } from './editor/complete.js';
export { describeAt } from './editor/describe-at.js';
export { guardAt, type GuardPlace } from './editor/guard-at.js';
export type { Environment } from './environment.js';
export { explain, type Because, type Explanation, type Read } from './explain.js';
export { compile, evaluate, type Compiled, type Expression } from './expression.js';
export type { Facts } from './flow.js';
export { fieldsOfName, speaksOf } from './mentions.js';
export { mutantsOf, type Mutant } from './mutate.js';
export type { Scope } from './frame.js';
export { closest, suggestion } from './suggest.js';
export { compileTemplate, render, type CompiledTemplate, type Template } from './template.js';
export {
  bool,
  describeType,
  duration,
  int,
  listOf,
  objectOf,
  string,
  timestamp,
  withParams,
  type Field,
  type Type,
  type TypeTable,
} from './types.js';
export { readViewSchema, type ViewSchema } from './view-schema.js';
export type { ViewFunction, WrongLiteral } from './typed-function.js';
export {
  ABSENT,
  type DoubtfulMember,
  Duration,
  isViewMap,
  JsonValue,
  isViewObject,
  Timestamp,
  Unknown,
  type Value,
  ViewList,
  type ViewMap,
  type ViewObject,
} from './values.js';
export { fromJson, textOfJson } from './json.js';
export { functionReference, type FunctionReference } from './reference.js';
export { evaluatePart } from './part.js';
export { print } from './print.js';
export type { Coercion } from './json.js';
export type { ResolvedCall } from './resolved.js';
export { outOfRangePart } from './out-of-range.js';
export { outOfRange } from './describe.js';
export { childrenOf } from './children.js';
