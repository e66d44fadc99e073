import { arnFields } from '../arns.js';
import { Checker } from '../check.js';
import { Diagnostics } from '../diagnostic.js';
import type { Environment } from '../environment.js';
import { noFacts } from '../flow.js';
import type { Token } from '../lex.js';
import { parse } from '../parse.js';
import type { Field, Type } from '../types.js';
import { isSymbol, openBrackets, operandStart } from './tokens-before.js';

/** The variables of macros, by name. */
export type Variables = ReadonlyMap<string, Type>;

const macros: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);

/** The type of an expression as far as it can be told; what is wrong in it is not of interest. */
export function typeOfText(source: string, environment: Environment, variables: Variables): Type | undefined {
  const diagnostics = new Diagnostics();
  const checker = new Checker(environment, diagnostics);
  return checker.check(parse(source, diagnostics), { variables, facts: noFacts }).type;
}

/** The variables of the macros whose parentheses are open behind the last of these tokens. */
export function variablesBehind(tokens: readonly Token[], source: string, environment: Environment): Variables {
  const variables = new Map<string, Type>();
  for (const open of openBrackets(tokens)) {
    const [name, dot, macro] = [tokens[open + 1], tokens[open - 2], tokens[open - 1]];
    if (macro?.kind !== 'identifier' || !macros.has(macro.text) || !isSymbol(dot, '.')) continue;
    if (name?.kind !== 'identifier' || !isSymbol(tokens[open + 2], ',')) continue;
    const list = operandType(tokens, open - 3, source, environment, variables);
    if (list?.kind === 'list') variables.set(name.text, list.of);
  }
  return variables;
}

/** The type of the operand that ends with the token at `last`. */
export function operandType(
  tokens: readonly Token[],
  last: number,
  source: string,
  environment: Environment,
  variables: Variables,
): Type | undefined {
  const start = tokens[operandStart(tokens, last) ?? -1]?.start;
  const end = tokens[last]?.end;
  return start === undefined || end === undefined
    ? undefined
    : typeOfText(source.slice(start, end), environment, variables);
}

/** The fields of an object's type; of any other type, none. */
export function fieldsOf(type: Type | undefined, environment: Environment): ReadonlyMap<string, Field> {
  if (type?.kind !== 'object') return new Map();
  return (type.name === 'Arn' ? arnFields : environment.types.object(type.name)) ?? new Map();
}
