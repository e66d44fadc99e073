import type { Environment } from '../environment.js';
import type { Token } from '../lex.js';
import { describeType, type Field, type Type } from '../types.js';
import { methodsOf, plainFunctions, type FunctionText } from './functions.js';
import { isSymbol, openBrackets, openText, tokensOf } from './tokens-before.js';
import { fieldsOf, operandType, variablesBehind, type Variables } from './types-here.js';

/** What may be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'field' | 'function' | 'name' | 'value';
  /** Its type, or how it is called. */
  readonly detail: string;
  readonly description: string;
}

export interface Completions {
  readonly items: readonly Completion[];
  /** Where the word begins that they stand for: an offset in the source. */
  readonly start: number;
}

/** What may be written behind this text of an expression: fields, names, functions, values of an enum. */
export function complete(before: string, environment: Environment): Completions {
  const tokens = tokensOf(before);
  const last = tokens.at(-1);
  const text = openText(last, before);
  if (text !== undefined && last !== undefined) {
    const given = tokens.slice(0, -1);
    const start = last.start + (/^[rRbB]{0,2}['"]+/.exec(before.slice(last.start))?.[0].length ?? 1);
    return { items: values(given, before, environment, ''), start };
  }
  const isWord = last?.kind === 'identifier' && last.end === before.length;
  const given = isWord ? tokens.slice(0, -1) : tokens;
  const start = isWord ? last.start : before.length;
  const variables = variablesBehind(given, before, environment);
  if (isSymbol(given.at(-1), '.', '.?')) {
    const type = operandType(given, given.length - 2, before, environment, variables);
    const isOptional = isSymbol(given.at(-1), '.?');
    return { items: members(type, isOptional, environment), start };
  }
  return { items: [...values(given, before, environment, "'"), ...names(environment, variables)], start };
}

function members(type: Type | undefined, isOptional: boolean, environment: Environment): readonly Completion[] {
  if (type === undefined) return [];
  const fields = [...fieldsOf(type, environment)].filter(([, field]) => field.isOptional || !isOptional);
  return [
    ...fields.map(([name, field]) => ofField(name, field, 'field')),
    ...(isOptional ? [] : methodsOf(type).map(ofFunction)),
  ];
}

function names(environment: Environment, variables: Variables): readonly Completion[] {
  return [
    ...[...variables].map(([name, type]) => ({
      label: name,
      kind: 'name' as const,
      detail: describeType(type),
      description: 'a member of the list',
    })),
    ...[...environment.names].map(([name, field]) => ofField(name, field, 'name')),
    ...plainFunctions(environment).map(ofFunction),
  ];
}

/** The values of the enum that is compared with what is being written. */
function values(
  tokens: readonly Token[],
  source: string,
  environment: Environment,
  quote: string,
): readonly Completion[] {
  const operand = comparedWith(tokens);
  if (operand === undefined) return [];
  const variables = variablesBehind(tokens, source, environment);
  const type = operandType(tokens, operand, source, environment, variables);
  if (type?.kind !== 'enum') return [];
  return type.values.map((value) => ({
    label: `${quote}${value}${quote}`,
    kind: 'value' as const,
    detail: describeType(type),
    description: '',
  }));
}

/** The index of the last token of the operand: before `==` and `!=`, or before `in [`. */
function comparedWith(tokens: readonly Token[]): number | undefined {
  const last = tokens.length - 1;
  if (isSymbol(tokens[last], '==', '!=')) return last - 1;
  const list = openBrackets(tokens).at(-1);
  if (list === undefined || !isSymbol(tokens[list], '[') || !isSymbol(tokens[last], '[', ',')) return undefined;
  const before = tokens[list - 1];
  return before?.kind === 'identifier' && before.text === 'in' ? list - 2 : undefined;
}

function ofField(label: string, { type, isOptional, description }: Field, kind: 'field' | 'name'): Completion {
  return { label, kind, detail: `${describeType(type)}${isOptional ? ', may be absent' : ''}`, description };
}

function ofFunction({ name, signature, meaning }: FunctionText): Completion {
  return { label: name, kind: 'function', detail: signature, description: meaning };
}
