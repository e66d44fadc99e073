import { isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import type { Environment } from '../../expression/index.js';
import {
  activityEnvironment,
  environmentOf,
  type Language,
  type Parameter,
  scalarOffsets,
  type Range,
} from '../../policy/index.js';
import { contentsOf } from './half-written.js';

/** The expression of a policy that a place lies in. */
export interface ExpressionAt {
  readonly source: string;
  /** The place, as an offset in the source. */
  readonly at: number;
  readonly environment: Environment;
  /** It says whether something holds: `when`, or `expr` of an assertion. */
  readonly isCondition: boolean;
  /** From a range of the source to that of the file. */
  readonly toFile: (range: Range) => Range;
}

/**
 * The expression at an offset of a policy's text, which may be half written: what cannot be understood around it is
 * passed over.
 */
export function expressionAt(text: string, offset: number, language: Language): ExpressionAt | undefined {
  const contents = contentsOf(text);
  if (!isMap(contents)) return undefined;
  const found = scalarAt(contents, text, offset);
  const environment = found === undefined ? undefined : environmentAt(contents, found, language);
  if (found === undefined || environment === undefined) return undefined;
  const whole = sourceOf(found.scalar, text, offset);
  return found.key === 'message'
    ? inPlaceholder(whole, environment)
    : { ...whole, environment, isCondition: found.key === 'when' || found.key === 'expr' };
}

/** What an expression of a policy may speak of, there where it stands. */
function environmentAt(policy: YAMLMap, { key }: Found, language: Language): Environment | undefined {
  const params = parametersIn(policy.get('params'));
  if (isMap(policy.get('activity'))) {
    const { functions } = language;
    if (['count', 'within', 'every', 'at-least', 'baseline'].includes(key))
      return activityEnvironment(params, [], functions);
    return activityEnvironment(params, key === 'message' ? ['event', 'incident'] : ['event'], functions);
  }
  const target = language.view.targets.get(String(policy.get('target')));
  return target === undefined ? undefined : environmentOf(target, params, language);
}

interface Written {
  readonly source: string;
  readonly at: number;
  readonly toFile: (range: Range) => Range;
}

interface Found {
  readonly key: string;
  readonly scalar: Scalar;
}

/** The value of `when`, `expr` or `message` that the offset lies in, or that ends on its line before it. */
function scalarAt(policy: unknown, text: string, offset: number): Found | undefined {
  if (!isMap(policy)) return undefined;
  const assertions = policy.get('assert', true);
  const candidates: Found[] = [];
  const add = (owner: unknown, key: string): void => {
    const scalar: unknown = isMap(owner) ? owner.get(key, true) : undefined;
    if (isScalar(scalar)) candidates.push({ key, scalar });
  };
  add(policy, 'when');
  add(policy, 'message');
  candidates.push(...scalarsIn(policy.get('activity', true)), ...scalarsIn(policy.get('incident', true)));
  for (const assertion of isSeq(assertions) ? assertions.items : []) {
    add(assertion, 'expr');
    add(assertion, 'message');
  }
  return candidates.find(({ scalar }) => {
    const [start, end] = scalar.range ?? [0, 0];
    return offset >= start && (offset <= end || /^[ \t]*$/.test(text.slice(end, offset)));
  });
}

/** Every scalar of a map, at whatever depth, by the key that it stands under. */
function scalarsIn(node: unknown, key = ''): readonly Found[] {
  if (isScalar(node)) return [{ key, scalar: node }];
  if (isSeq(node)) return node.items.flatMap((it) => scalarsIn(it, key));
  if (!isMap(node)) return [];
  return node.items.flatMap((it) => scalarsIn(it.value, isScalar(it.key) ? String(it.key.value) : ''));
}

/** The text of a scalar, and where in it the offset lies. */
function sourceOf(scalar: Scalar, text: string, offset: number): Written {
  const [start, end] = scalar.range ?? [0, 0];
  if (typeof scalar.value !== 'string') {
    // An expression such as `true`, or none yet.
    const source = text.slice(start, end);
    return { source, at: Math.min(offset - start, source.length), toFile: shifted(start) };
  }
  // A scalar whose value is a string is a `Scalar<string>`: the type cannot be narrowed by a field.
  const toFile = scalarOffsets(scalar as Scalar<string>, text);
  const { value } = scalar;
  let at = 0;
  while (at < value.length && toFile({ start: at, end: at }).start < offset) at += 1;
  // Blanks at the end of a line are no part of the value, but whoever types them goes on behind them.
  return offset > end && at === value.length
    ? { source: `${value} `, at: at + 1, toFile }
    : { source: value, at, toFile };
}

/** The expression in the `${…}` of a message that the place lies in. */
function inPlaceholder({ source, at, toFile }: Written, environment: Environment): ExpressionAt | undefined {
  const open = source.lastIndexOf('${', at - 1);
  if (open < 0 || source[open - 1] === '$' || source.slice(open, at).includes('}')) return undefined;
  const start = open + 2;
  if (at < start) return undefined;
  const close = source.indexOf('}', at);
  return {
    source: source.slice(start, close < 0 ? undefined : close),
    at: at - start,
    environment,
    isCondition: false,
    toFile: (range) => toFile({ start: range.start + start, end: range.end + start }),
  };
}

function shifted(by: number): (range: Range) => Range {
  return ({ start, end }) => ({ start: start + by, end: end + by });
}

const parameterTypes = ['boolean', 'duration', 'list', 'integer', 'string'] as const;

/** The declarations that are whole enough to have a type. */
function parametersIn(params: unknown): Readonly<Record<string, Parameter>> {
  if (!isMap(params)) return {};
  const found = params.items.flatMap(({ key, value }): [string, Parameter][] => {
    const declaration = isScalar(key) ? parameterIn(value) : undefined;
    return isScalar(key) && declaration !== undefined ? [[String(key.value), declaration]] : [];
  });
  return Object.fromEntries(found);
}

/** Of a declaration, what its type and its description follow from. */
function parameterIn(value: unknown): Parameter | undefined {
  if (!isMap(value)) return undefined;
  const type = parameterTypes.find((it) => it === value.get('type'));
  if (type === undefined) return undefined;
  const values: unknown = value.get('enum');
  const items = parameterIn(value.get('items'));
  const description: unknown = value.get('description');
  return {
    type,
    default: '',
    ...(isSeq(values) ? { enum: values.items.map((it) => (isScalar(it) ? String(it.value) : '')) } : {}),
    ...(items?.type === 'integer' || items?.type === 'string' ? { items: { type: items.type } } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}
