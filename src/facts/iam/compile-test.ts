import type { Test } from './document.js';
import { contains, parseIpRange } from './ip-range.js';
import { memo } from './memo.js';
import type { Comparison, Family } from './operators.js';
import { compile, matches, type Pattern, type Piece } from './pattern.js';
import { hasVariables, type Template } from './template.js';
import { type Truth, undecided, type Undecided } from './truth.js';
import { parseBinary, parseDate, parseNumber } from './typed-values.js';

/** The value of a condition key in one request. */
export type KeyValue =
  | { readonly state: 'values'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  | {
      readonly state: 'unknown';
      readonly why: string;
      /** It is one of these, whichever. */
      readonly oneOf?: readonly KeyValue[];
    };

/** A value of a test, ready to be compared. */
export interface CompiledValue {
  /** with its variables filled in, as far as they are known */
  readonly text: string;
  /** What tells texts apart here; none where the value is not a text. */
  readonly pattern: Pattern | undefined;
  readonly matches: (value: string) => Truth;
}

export interface CompiledTest {
  readonly test: Test;
  /** lower case */
  readonly key: string;
  readonly values: readonly CompiledValue[];
}

/** @param lookUp the values of policy variables, by key in lower case */
export function compileTest(test: Test, lookUp: (key: string) => KeyValue): CompiledTest {
  return test.values.some(hasVariables) ? compiled(test, lookUp) : fixedTest(test);
}

const fixedTest = memo((test: Test) => compiled(test, () => ({ state: 'absent' })));

function compiled(test: Test, lookUp: (key: string) => KeyValue): CompiledTest {
  return { test, key: test.key.toLowerCase(), values: test.values.map((it) => compileValue(test, it, lookUp)) };
}

function compileValue({ operator }: Test, template: Template, lookUp: (key: string) => KeyValue): CompiledValue {
  const { family, comparison, isNegated } = operator;
  if (family === 'string' || family === 'arn') {
    const pieces = fillIn(template, lookUp);
    if (pieces === 'no-value') {
      // IAM's pages do not say what a negated test does then.
      const truth: Truth = isNegated
        ? undecided(`${template.text} has a variable that the request has no value for`)
        : false;
      return { text: template.text, pattern: undefined, matches: () => truth };
    }
    return 'because' in pieces ? constant(template.text, pieces) : textValue(pieces, family, comparison);
  }
  return typedValue(template.text, family, comparison);
}

function constant(text: string, truth: Truth): CompiledValue {
  return { text, pattern: undefined, matches: () => truth };
}

/**
 * Fills in the variables; what a variable stands for is text, wildcards in it do not work.
 *
 * @returns `no-value` when the request has no value for one of them
 */
export function fillIn(
  template: Template,
  lookUp: (key: string) => KeyValue,
): readonly Piece[] | Undecided | 'no-value' {
  const pieces: Piece[] = [];
  for (const part of template.parts) {
    if (part.type !== 'variable') {
      pieces.push({ text: part.text, isLiteral: part.type === 'character' });
      continue;
    }
    const value = lookUp(part.key.toLowerCase());
    if (value.state === 'unknown') return undecided(`the policy variable ${part.key} ${value.why}`);
    if (value.state === 'absent') {
      if (part.fallback === undefined) return 'no-value';
      pieces.push({ text: part.fallback, isLiteral: true });
      continue;
    }
    const [text, ...more] = value.values;
    if (text === undefined || more.length > 0) return undecided(`the policy variable ${part.key} has several values`);
    pieces.push({ text, isLiteral: true });
  }
  return pieces;
}

function textValue(pieces: readonly Piece[], family: 'string' | 'arn', comparison: Comparison): CompiledValue {
  const text = pieces.map((it) => it.text).join('');
  if (family === 'arn' && text !== '*' && text.split(':').length < 6) {
    return constant(text, undecided(`${text} is compared as an ARN and is not one`));
  }
  const syntax = comparison === 'like' ? (family === 'arn' && text !== '*' ? 'arn' : 'wildcards') : 'literal';
  const pattern = compile(pieces, syntax, comparison === 'equals-ignore-case');
  return { text, pattern, matches: (value) => matches(pattern, value) };
}

function typedValue(text: string, family: Exclude<Family, 'string' | 'arn'>, comparison: Comparison): CompiledValue {
  const wrong = undecided(`${text} is compared as ${family} and is not one`);
  const compared = <T>(
    parse: (from: string) => T | undefined,
    compare: (value: T, limit: T) => boolean,
  ): CompiledValue => {
    const limit = parse(text);
    if (limit === undefined) return constant(text, wrong);
    const holds = (value: string): boolean => {
      const parsed = parse(value);
      return parsed !== undefined && compare(parsed, limit);
    };
    return { text, pattern: undefined, matches: holds };
  };
  switch (family) {
    case 'numeric':
      return compared(parseNumber, (value, limit) => inOrder(value, limit, comparison));
    case 'date':
      return compared(parseDate, (value, limit) => inOrder(value, limit, comparison));
    case 'binary':
      return compared(parseBinary, (value, limit) => value === limit);
    case 'ip':
      return compared(parseIpRange, (value, limit) => contains(limit, value));
    case 'boolean':
    case 'null':
      return compared(parseBoolean, (value, limit) => value === limit);
  }
}

function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : undefined;
}

function inOrder(value: number, limit: number, comparison: Comparison): boolean {
  switch (comparison) {
    case 'less-than':
      return value < limit;
    case 'less-than-equals':
      return value <= limit;
    case 'greater-than':
      return value > limit;
    case 'greater-than-equals':
      return value >= limit;
    default:
      return value === limit;
  }
}
