import { RE2JS, RE2JSException } from '@bufbuild/re2';
import type { ViewFunction, WrongLiteral } from './typed-function.js';
import { Duration, Timestamp } from './values.js';
import type { Call, Node } from './ast.js';
import { builtIns, type BuiltIn } from './builtins.js';
import { durationHelp, parseDuration, parseTimestamp } from './durations.js';
import { insteadOfFunction, keyQuestion } from './elsewhere.js';
import { fact, isAnArn, noFacts } from './flow.js';
import { print } from './print.js';
import { suggestion } from './suggest.js';
import { readTypeName } from './type-name.js';
import { broken, readAs, typed, type Checking, type Place, type Typed } from './typed.js';
import {
  bool,
  describeType,
  duration,
  int,
  isAssignable,
  isText,
  json,
  listOf,
  string,
  timestamp,
  type Type,
} from './types.js';

const specialFunctions = ['has', 'size', 'timestamp', 'duration'];
const methodNames = ['exists', 'all', 'exists_one', 'filter', 'map', 'matches', 'orValue', 'size'];

/** Checks a call and notes what it turned out to be. */
export function checkCall(checker: Checking, node: Call, place: Place): Typed {
  if (node.name === 'orValue' && node.receiver !== undefined) return checkOrValue(checker, node, node.receiver, place);
  if (node.name === 'size') return checkSize(checker, node, place);
  if (node.name === 'matches' && node.receiver !== undefined) return checkMatches(checker, node, node.receiver, place);
  const [only] = node.args;
  if (
    node.receiver === undefined &&
    node.args.length === 1 &&
    only?.kind === 'literal' &&
    typeof only.value === 'string'
  ) {
    if (node.name === 'duration') return checkDuration(checker, node, only, only.value);
    if (node.name === 'timestamp') return checkTimestamp(checker, node, only, only.value);
  }
  return checkFunction(checker, node, place);
}

function checkOrValue(checker: Checking, node: Call, receiver: Node, place: Place): Typed {
  const optional = checker.check(receiver, place);
  const [fallback] = node.args;
  if (fallback === undefined || node.args.length > 1) {
    checker.diagnostics.error(node.nameSpan, 'types', 'orValue() takes one value');
    return broken;
  }
  const other = checker.value(fallback, place);
  if (optional.type === undefined || other.type === undefined) return broken;
  if (optional.mayBeAbsent !== true) {
    checker.diagnostics.error(
      node.nameSpan,
      'needless-guard',
      'this is always there',
      'put .? before the field that may be absent, or leave orValue() out',
    );
  }
  if (optional.type.kind === 'json' && other.type.kind !== 'json') {
    // An empty list says nothing of what it holds.
    const wanted = other.type.kind === 'list' ? listOf(json) : other.type;
    const read = readAs(checker, receiver, optional.type, wanted);
    if (read.kind !== 'json') {
      checker.calls.set(node, { kind: 'or-value' });
      return typed(read);
    }
  }
  const isSame = isAssignable(other.type, optional.type) || (isText(other.type) && isText(optional.type));
  if (!isSame) {
    checker.diagnostics.error(
      fallback,
      'types',
      `this must be ${describeType(optional.type)}, as the field is; it is ${describeType(other.type)}`,
    );
    return broken;
  }
  checker.calls.set(node, { kind: 'or-value' });
  return typed(isAssignable(other.type, optional.type) ? optional.type : { kind: 'string' });
}

function checkSize(checker: Checking, node: Call, place: Place): Typed {
  const operands = node.receiver === undefined ? node.args : [node.receiver, ...node.args];
  const [operand] = operands;
  if (operand === undefined || operands.length > 1) {
    checker.diagnostics.error(node.nameSpan, 'types', 'size() takes one list or string');
    return broken;
  }
  const { type } = checker.value(operand, place);
  if (type !== undefined && type.kind !== 'list' && !isText(type)) {
    const help = type.kind === 'json' ? 'say which with a default: .?field.orValue([])' : sizeOfMap(operand, type);
    checker.diagnostics.error(operand, 'types', `size() takes a list or a string, not ${describeType(type)}`, help);
  }
  checker.calls.set(node, { kind: 'size' });
  return typed(int);
}

/** How many entries a map has is asked of the list of its keys, where it has one. */
export function sizeOfMap(node: Node, type: Type): string | undefined {
  if (type.kind !== 'map' || node.kind !== 'select' || node.field !== 'tags') return undefined;
  return `write size(${print({ ...node, field: 'tagKeys' })})`;
}

function checkMatches(checker: Checking, node: Call, receiver: Node, place: Place): Typed {
  const given = checker.value(receiver, place).type;
  const type = given === undefined ? undefined : readAs(checker, receiver, given, string);
  if (type !== undefined && !isText(type)) {
    checker.diagnostics.error(receiver, 'types', `matches() takes a string, not ${describeType(type)}`);
  }
  const [pattern] = node.args;
  if (node.args.length !== 1 || pattern?.kind !== 'literal' || typeof pattern.value !== 'string') {
    checker.diagnostics.error(
      pattern ?? node.nameSpan,
      'bad-literal',
      'matches() takes a regular expression that is written out',
    );
    return typed(bool);
  }
  try {
    checker.calls.set(node, { kind: 'matches', pattern: RE2JS.compile(pattern.value) });
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    checker.diagnostics.error(
      pattern,
      'bad-literal',
      `this is not a regular expression: ${error.message}`,
      'RE2 syntax: no look-around, no back references',
    );
  }
  return typed(bool);
}

function checkDuration(checker: Checking, node: Call, literal: Node, text: string): Typed {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) {
    checker.diagnostics.error(literal, 'bad-literal', `'${text}' is not a duration`, durationHelp(text));
    return typed(duration);
  }
  checker.calls.set(node, { kind: 'constant', value: new Duration(milliseconds) });
  return typed(duration);
}

function checkTimestamp(checker: Checking, node: Call, literal: Node, text: string): Typed {
  const milliseconds = parseTimestamp(text);
  if (milliseconds === undefined) {
    checker.diagnostics.error(
      literal,
      'bad-literal',
      `'${text}' is not a time`,
      "write it as in '2026-11-21T00:00:00Z'",
    );
    return typed(timestamp);
  }
  checker.calls.set(node, { kind: 'constant', value: new Timestamp(milliseconds) });
  return typed(timestamp);
}

interface Overload {
  readonly signature: string;
  readonly returns: Type;
  accepts(index: number, type: Type, node: Node): boolean;
  readonly arity: number;
  resolve(): void;
  /** What is wrong with a text that is written out. */
  literal?(index: number, text: string): WrongLiteral | undefined;
  /** What to write for an argument that it does not take. */
  help?(index: number, argument: Node): string | undefined;
}

function checkFunction(checker: Checking, node: Call, place: Place): Typed {
  const operands = node.receiver === undefined ? node.args : [node.receiver, ...node.args];
  const types = operands.map((operand) => {
    const { type } = checker.value(operand, place);
    return type === undefined ? undefined : readAs(checker, operand, type, undefined);
  });
  const overloads = overloadsOf(checker, node);
  if (overloads.length === 0) {
    unknownFunction(checker, node);
    return broken;
  }
  const [first] = overloads;
  const common = overloads.every((it) => JSON.stringify(it.returns) === JSON.stringify(first?.returns))
    ? first?.returns
    : undefined;
  if (types.includes(undefined)) return typed(common);
  const fit = overloads.find(
    (it) =>
      it.arity === types.length &&
      types.every((type, index) => type !== undefined && it.accepts(index, type, operands[index] ?? node)),
  );
  if (fit === undefined) {
    wrongArguments(checker, node, overloads, operands, types);
    return typed(common);
  }
  fit.resolve();
  for (const [index, argument] of operands.entries()) {
    if (argument.kind !== 'literal' || typeof argument.value !== 'string') continue;
    const wrong = fit.literal?.(index, argument.value);
    if (wrong !== undefined) checker.diagnostics.error(argument, 'bad-literal', wrong.message, wrong.help);
  }
  const [operand] = operands;
  if (node.name === 'isArn' && operand !== undefined) {
    return { type: bool, whenTrue: fact(isAnArn(operand)), whenFalse: noFacts };
  }
  return typed(fit.returns);
}

function overloadsOf(checker: Checking, node: Call): Overload[] {
  const isMethod = node.receiver !== undefined;
  const own = builtIns
    .filter((it) => it.name === node.name && (it.receiver !== undefined) === isMethod)
    .map((it) => ofBuiltIn(checker, node, it));
  if (isMethod) return own;
  const theirs = checker.environment.functions.filter((it) => it.name === node.name);
  return [...own, ...theirs.map((it) => ofViewFunction(checker, node, it))];
}

function ofBuiltIn(checker: Checking, node: Call, builtIn: BuiltIn): Overload {
  const patterns = builtIn.receiver === undefined ? builtIn.params : [builtIn.receiver, ...builtIn.params];
  const params = builtIn.params.map((it) => it.name).join(', ');
  const receiver = builtIn.receiver === undefined ? '' : `${builtIn.receiver.name}.`;
  return {
    signature: `${receiver}${builtIn.name}(${params})`,
    returns: builtIn.returns,
    arity: patterns.length,
    accepts: (index, type) => patterns[index]?.accepts(type) === true,
    resolve: () => checker.calls.set(node, { kind: 'built-in', builtIn }),
  };
}

function ofViewFunction(checker: Checking, node: Call, viewFunction: ViewFunction): Overload {
  const params = viewFunction.params.map(readTypeName);
  return {
    signature: `${viewFunction.name}(${viewFunction.params.join(', ')})`,
    returns: readTypeName(viewFunction.returns),
    arity: params.length,
    accepts: (index, type, argument) => {
      const param = params[index];
      if (param === undefined) return false;
      if (param.kind === 'enum' && argument.kind === 'literal') return param.values.some((it) => it === argument.value);
      return isAssignable(type, param);
    },
    resolve: () => checker.calls.set(node, { kind: 'view-function', viewFunction }),
    help: (index, argument) => insteadOfArgument(params[index], argument),
    ...(viewFunction.literal === undefined ? {} : { literal: viewFunction.literal }),
  };
}

function insteadOfArgument(param: Type | undefined, argument: Node): string | undefined {
  if (argument.kind !== 'literal' || param === undefined) return undefined;
  const text = String(argument.value);
  if (param.kind === 'duration') {
    return typeof argument.value === 'string' && parseDuration(text) !== undefined
      ? `write duration('${text}')`
      : `write a duration: ${durationHelp(text)}`;
  }
  if (param.kind === 'enum') return suggestion(text, param.values, 'one of');
  return undefined;
}

/** The one argument that no form of a function takes, where all before it fit: what else may be wrong follows from it. */
function onlyWrong(
  overloads: readonly Overload[],
  operands: readonly Node[],
  types: readonly (Type | undefined)[],
): { readonly overload: Overload; readonly index: number } | undefined {
  const sized = overloads.filter((it) => it.arity === types.length);
  const wrongIn = (it: Overload): readonly number[] =>
    types.flatMap((type, index) => {
      const operand = operands[index];
      return type !== undefined && operand !== undefined && !it.accepts(index, type, operand) ? [index] : [];
    });
  const near = sized.map((it) => ({ overload: it, wrong: wrongIn(it) })).filter((it) => it.wrong.length === 1);
  const [first] = near;
  const [index] = first?.wrong ?? [];
  return first === undefined || index === undefined || near.some((it) => it.wrong[0] !== index)
    ? undefined
    : { overload: first.overload, index };
}

function wrongArguments(
  checker: Checking,
  node: Call,
  overloads: readonly Overload[],
  operands: readonly Node[],
  types: readonly (Type | undefined)[],
): void {
  const [receiver] = types;
  if (node.name === 'contains' && node.receiver !== undefined && receiver?.kind === 'list') {
    const message = 'contains() is for text, and this is a list';
    const [, searched] = operands;
    const list = node.receiver;
    const help = searched?.kind === 'literal' ? `write ${print(searched)} in ${print(list)}` : "write 'x' in list";
    checker.diagnostics.error(node.nameSpan, 'types', message, `${help}, or list.exists(x, …)`);
    return;
  }
  if (node.receiver !== undefined && receiver?.kind === 'map') {
    const [, key] = operands;
    const asked = key === undefined ? undefined : keyQuestion(node.receiver, key);
    const message = `${node.name}() is for text, and this is ${describeType(receiver)}`;
    checker.diagnostics.error(node.nameSpan, 'types', message, asked === undefined ? undefined : `write ${asked}`);
    return;
  }
  const given = types.map((type) => (type === undefined ? '?' : describeType(type))).join(', ');
  const near = onlyWrong(overloads, operands, types);
  if (near !== undefined) {
    const { overload, index } = near;
    const [type, argument] = [types[index], operands[index]];
    if (type !== undefined && argument !== undefined) {
      const shown = argument.kind === 'literal' ? `'${String(argument.value)}'` : describeType(type);
      checker.diagnostics.error(
        argument,
        'types',
        `${overload.signature} does not take ${shown} here`,
        type.kind === 'string' && node.name === 'arn' ? 'guard it: isArn(…) && …' : overload.help?.(index, argument),
      );
      return;
    }
  }
  checker.diagnostics.error(
    node,
    'types',
    `${node.name}() does not take (${given})`,
    `write ${overloads.map((it) => it.signature).join(' or ')}`,
  );
}

function unknownFunction(checker: Checking, node: Call): void {
  const isMethod = node.receiver !== undefined;
  const plain = [
    ...specialFunctions,
    ...builtIns.filter((it) => it.receiver === undefined).map((it) => it.name),
    ...checker.environment.functions.map((it) => it.name),
  ];
  const methods = [...methodNames, ...builtIns.filter((it) => it.receiver !== undefined).map((it) => it.name)];
  const [own, other] = isMethod ? [methods, plain] : [plain, methods];
  const help =
    insteadOfFunction(node.name) ??
    (other.includes(node.name)
      ? isMethod
        ? `write ${node.name}(…)`
        : `call it on a value: x.${node.name}(…)`
      : suggestion(node.name, [...new Set(own)], 'there are'));
  checker.diagnostics.error(
    node.nameSpan,
    'unknown-function',
    `there is no function '${node.name}'${other.includes(node.name) ? ' in this form' : ''}`,
    help,
  );
}
