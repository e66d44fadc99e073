import { RE2JS, RE2JSException } from '@bufbuild/re2';
import {
  Duration,
  ViewList,
  type Value,
  type ViewObject,
  bool,
  duration,
  durationHelp,
  int,
  parseDuration,
  string,
  suggestion,
  type Field,
  type Type,
} from '../expression/index.js';
import { quoteHelp, show } from './schema-types.js';
import type { Parameter, ParameterItems } from './schema/policy.js';
import type { Remark } from './yaml/source.js';
import type { Path, YamlFile } from './yaml/yaml-file.js';

/** What is wrong in a declaration or value, at a path within it. */
export interface ParameterProblem extends Remark {
  readonly path: Path;
  /** A text is wanted, and YAML gave something else: how it is written says what to quote. */
  readonly isTextWanted?: boolean;
}

/** The problem as it is told of a file, where `path` leads to what has the problem. */
export function problemInFile(problem: ParameterProblem, yaml: YamlFile, path: Path): Remark {
  const written = problem.isTextWanted === true ? yaml.writtenAt(path) : undefined;
  return written === undefined ? problem : { ...problem, help: quoteHelp(written) };
}

export type ParameterValue = { readonly value: Value } | { readonly problems: readonly ParameterProblem[] };

/** The values of a policy's parameters that are in force. */
export type ParameterValues = ReadonlyMap<string, Value>;

/** The parameter as expressions see it: a field of `params`. */
export function parameterField(declaration: Parameter): Field {
  return { type: typeOf(declaration), isOptional: false, description: declaration.description ?? '' };
}

/** `params`, as expressions see it: the same object for the same values, which each target is asked with. */
export function paramsObject(values: ParameterValues): ViewObject {
  const known = objects.get(values);
  if (known !== undefined) return known;
  const made = newParamsObject(values);
  objects.set(values, made);
  return made;
}

const objects = new WeakMap<ParameterValues, ViewObject>();

function newParamsObject(values: ParameterValues): ViewObject {
  return {
    type: 'params',
    label: 'params',
    get(field) {
      const value = values.get(field);
      // The checker lets only declared parameters through, and each has a default.
      if (value === undefined) throw new Error(`params has no '${field}'`);
      return value;
    },
    evidence: () => [],
  };
}

/**
 * What a value means as a parameter, or what is wrong with it: used alike for defaults, tests and overrides.
 *
 * @param value - plain data as YAML gives it
 */
export function readParameter(declaration: Parameter, value: unknown): ParameterValue {
  switch (declaration.type) {
    case 'boolean': {
      return typeof value === 'boolean' ? { value } : wrong(value, 'true or false');
    }
    case 'duration': {
      return readDuration(value);
    }
    case 'list': {
      return readList(declaration, value);
    }
    case 'integer': {
      const problem = integerProblem(declaration, value);
      // integerProblem() lets only whole numbers through.
      return problem === undefined ? { value: value as number } : { problems: [problem] };
    }
    case 'string': {
      const problem = textProblem(declaration, value);
      // textProblem() lets only texts through.
      return problem === undefined ? { value: value as string } : { problems: [problem] };
    }
  }
}

/** What is wrong with a declaration in itself, its default included. */
export function checkDeclaration(declaration: Parameter): readonly ParameterProblem[] {
  const problems = [...misplacedKeys(declaration), ...patternProblems(declaration)];
  if (declaration.type === 'list' && declaration.items === undefined) {
    problems.push({
      path: [],
      code: 'missing-key',
      message: "a list parameter must say what it holds: 'items' is missing",
      help: 'items: { type: string }',
    });
  }
  if (
    declaration.minimum !== undefined &&
    declaration.maximum !== undefined &&
    declaration.minimum > declaration.maximum
  ) {
    problems.push({ path: ['minimum'], code: 'parameter', message: 'minimum is above maximum' });
  }
  if (problems.length > 0) return problems;
  const result = readParameter(declaration, declaration.default);
  if ('value' in result) return [];
  return result.problems.map((it) => below('default', it));
}

const keysOfTypes: Readonly<
  Record<'minimum' | 'maximum' | 'enum' | 'pattern' | 'items' | 'minItems', readonly string[]>
> = {
  minimum: ['integer'],
  maximum: ['integer'],
  enum: ['string', 'integer'],
  pattern: ['string'],
  items: ['list'],
  minItems: ['list'],
};

function misplacedKeys(declaration: Parameter): ParameterProblem[] {
  const keys = ['minimum', 'maximum', 'enum', 'pattern', 'items', 'minItems'] as const;
  return keys
    .filter((key) => declaration[key] !== undefined && !keysOfTypes[key].includes(declaration.type))
    .map((key) => ({
      path: [key],
      code: 'parameter',
      message: `'${key}' has no meaning for a parameter of type ${declaration.type}`,
      help: `it is for ${keysOfTypes[key].join(' and ')}`,
    }));
}

function patternProblems({ pattern, items }: Parameter): readonly ParameterProblem[] {
  const patterns: readonly [Path, string | undefined][] = [
    [['pattern'], pattern],
    [['items', 'pattern'], items?.pattern],
  ];
  return patterns.flatMap(([path, text]) => {
    const reason = text === undefined ? undefined : badPattern(text);
    return reason === undefined ? [] : [{ path, code: 'pattern', message: `not a regular expression: ${reason}` }];
  });
}

function badPattern(text: string): string | undefined {
  try {
    RE2JS.compile(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return error.message.replace('error parsing regexp: ', '');
  }
}

function typeOf(declaration: Parameter | ParameterItems): Type {
  switch (declaration.type) {
    case 'boolean': {
      return bool;
    }
    case 'integer': {
      return int;
    }
    case 'duration': {
      return duration;
    }
    case 'string': {
      if (declaration.enum === undefined) return string;
      return { kind: 'enum', values: declaration.enum.map(String), isOpen: false };
    }
    case 'list': {
      const of = declaration.items === undefined ? string : typeOf(declaration.items);
      return { kind: 'list', of, isNeverEmpty: (declaration.minItems ?? 0) > 0, emptyHolds: false };
    }
  }
}

function readDuration(value: unknown): ParameterValue {
  if (typeof value !== 'string')
    return wrong(
      value,
      'a duration',
      typeof value === 'number' ? `write ${value}h, ${value}m or ${value}s` : undefined,
    );
  const milliseconds = parseDuration(value);
  if (milliseconds !== undefined) return { value: new Duration(milliseconds) };
  return {
    problems: [{ path: [], code: 'duration', message: `${show(value)} is not a duration`, help: durationHelp(value) }],
  };
}

function readList(declaration: Parameter, value: unknown): ParameterValue {
  if (!Array.isArray(value)) return wrong(value, 'a list', 'write [a, b]');
  // Array.isArray() knows the members as any.
  const members = value as readonly unknown[];
  const items = declaration.items ?? { type: 'string' };
  const minItems = declaration.minItems ?? 0;
  if (members.length < minItems) {
    return { problems: [{ path: [], code: 'parameter', message: `the list must hold at least ${minItems}` }] };
  }
  const problems = members.flatMap((member, index) => {
    const problem = items.type === 'integer' ? integerProblem(items, member) : textProblem(items, member);
    return problem === undefined ? [] : [below(index, problem)];
  });
  // Each member was let through as a text or whole number.
  return problems.length > 0 ? { problems } : { value: new ViewList(members as readonly (string | number)[]) };
}

interface Bounds {
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

function integerProblem(bounds: Bounds, value: unknown): ParameterProblem | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return mistyped(value, 'a whole number');
  if (bounds.minimum !== undefined && value < bounds.minimum) {
    return { path: [], code: 'parameter', message: `${value} is below the minimum, ${bounds.minimum}` };
  }
  if (bounds.maximum !== undefined && value > bounds.maximum) {
    return { path: [], code: 'parameter', message: `${value} is above the maximum, ${bounds.maximum}` };
  }
  return enumProblem(bounds, value);
}

function textProblem(bounds: Bounds, value: unknown): ParameterProblem | undefined {
  if (typeof value !== 'string') return { ...mistyped(value, 'a text'), isTextWanted: true };
  if (bounds.pattern !== undefined && badPattern(bounds.pattern) === undefined) {
    const isMatch = RE2JS.compile(bounds.pattern).test(value);
    if (!isMatch) {
      return { path: [], code: 'parameter', message: `${show(value)} does not match ${show(bounds.pattern)}` };
    }
  }
  return enumProblem(bounds, value);
}

function enumProblem(bounds: Bounds, value: string | number): ParameterProblem | undefined {
  if (bounds.enum === undefined || bounds.enum.includes(value)) return undefined;
  const help = suggestion(String(value), bounds.enum.map(String), 'allowed');
  return { path: [], code: 'unknown-value', message: `${show(value)} is not allowed`, help };
}

function wrong(value: unknown, wanted: string, help?: string): ParameterValue {
  return { problems: [{ ...mistyped(value, wanted), help }] };
}

function below(step: string | number, problem: ParameterProblem): ParameterProblem {
  return { ...problem, path: [step, ...problem.path] };
}

function mistyped(value: unknown, wanted: string): ParameterProblem {
  return { path: [], code: 'wrong-type', message: `this must be ${wanted}, not ${show(value)}` };
}
