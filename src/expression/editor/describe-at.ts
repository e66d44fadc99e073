import type { Span } from '../ast.js';
import type { Environment } from '../environment.js';
import type { Token } from '../lex.js';
import { describeType } from '../types.js';
import { functionsNamed } from './functions.js';
import { isSymbol, tokensOf } from './tokens-before.js';
import { fieldsOf, operandType, variablesBehind } from './types-here.js';

/** What stands at a place of an expression. */
export interface Described extends Span {
  /** `name: type`, or how a function is called. */
  readonly signature: string;
  readonly description: string;
  readonly mayBeAbsent: boolean;
  /** The calls that fill it, as `service:Operation`. */
  readonly calls: readonly string[];
  /** The parameter of the policy that it is. */
  readonly parameter?: string;
}

/** Describes the name at an offset; undefined where no name stands, or nothing is known of it. */
export function describeAt(source: string, offset: number, environment: Environment): Described | undefined {
  const tokens = tokensOf(source);
  const index = tokens.findIndex((it) => it.kind === 'identifier' && it.start <= offset && offset <= it.end);
  const token = tokens[index];
  if (token?.kind !== 'identifier') return undefined;
  const { start, end, text } = token;
  const isMember = isSymbol(tokens[index - 1], '.', '.?');
  if (isSymbol(tokens[index + 1], '(')) {
    const functions = functionsNamed(text, isMember, environment);
    if (functions.length === 0) return undefined;
    const signature = functions.map((it) => it.signature).join('\n');
    return { start, end, signature, description: functions[0]?.meaning ?? '', mayBeAbsent: false, calls: [] };
  }
  const variables = variablesBehind(tokens.slice(0, index), source, environment);
  if (!isMember) {
    const variable = variables.get(text);
    const name = environment.names.get(text);
    const type = variable ?? name?.type;
    if (type === undefined) return undefined;
    const description = variable === undefined ? (name?.description ?? '') : 'a member of the list';
    return { start, end, signature: `${text}: ${describeType(type)}`, description, mayBeAbsent: false, calls: [] };
  }
  const owner = operandType(tokens, index - 2, source, environment, variables);
  const field = fieldsOf(owner, environment).get(text);
  if (field === undefined) return undefined;
  return {
    start,
    end,
    signature: `${text}: ${describeType(field.type)}`,
    description: field.description,
    mayBeAbsent: field.isOptional,
    calls: field.calls ?? [],
    ...(isParams(tokens, index) ? { parameter: text } : {}),
  };
}

function isParams(tokens: readonly Token[], index: number): boolean {
  const owner = tokens[index - 2];
  return owner?.kind === 'identifier' && owner.text === 'params' && !isSymbol(tokens[index - 3], '.', '.?');
}
