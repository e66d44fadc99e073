import type { CompiledTest, KeyValue } from './compile-test.js';
import { isMultivalued } from './condition-keys.js';
import { formatIp, type IpRange, parseIpRange } from './ip-range.js';
import { recent } from './memo.js';
import { insiderPatterns, isNarrow, isSessionOfRole } from './outsider.js';
import { domainPattern, glob, type Pattern } from './pattern.js';
import type { ContextValue } from './request.js';
import { parseBinary, parseDate, parseNumber } from './typed-values.js';
import type { PatternGroup } from './side-by-side.js';
import { witnesses } from './witnesses.js';

const absent: KeyValue = { state: 'absent' };
const anyText = glob('?*');

/** Sets of up to this many values are tried in each combination. */
const maxSetMembers = 6;

/**
 * Values of a key that stand for all that it can have: whatever the tests make of a value, they make of one of these.
 */
export function candidates(key: string, value: ContextValue, tests: readonly CompiledTest[]): readonly KeyValue[] {
  switch (value.state) {
    case 'value':
      return [{ state: 'values', values: value.values }];
    case 'absent':
      return [absent];
    case 'unknown': {
      const oneOf = value.within === undefined ? {} : { oneOf: candidates(key, value.within, tests) };
      return [{ state: 'unknown', why: value.why, ...oneOf }];
    }
    case 'any':
    case 'outside': {
      const { values, others } = singleValues(value, tests);
      const isSet = hasSets(key, tests);
      const sets = isSet && values.length <= maxSetMembers ? subsets(values) : values.map((it) => [it]);
      const why =
        others ?? (isSet && values.length > maxSetMembers ? 'has more values than can be combined' : undefined);
      return [
        ...(value.orAbsent ? [absent] : []),
        ...sets.map((it): KeyValue => ({ state: 'values', values: it })),
        ...(why === undefined ? [] : [{ state: 'unknown' as const, why }]),
      ];
    }
  }
}

function hasSets(key: string, tests: readonly CompiledTest[]): boolean {
  return isMultivalued(key) ?? tests.some((it) => it.test.operator.set !== undefined);
}

function subsets(values: readonly string[]): readonly (readonly string[])[] {
  const masks = Array.from({ length: 2 ** values.length - 1 }, (_, index) => index + 1);
  return masks.map((mask) => values.filter((_, index) => (mask & (2 ** index)) !== 0));
}

interface SingleValues {
  readonly values: readonly string[];
  /** Why there are others that cannot be tried, as the end of a sentence about the key. */
  readonly others?: string;
}

function singleValues(
  value: Extract<ContextValue, { state: 'any' | 'outside' }>,
  tests: readonly CompiledTest[],
): SingleValues {
  if (value.state === 'any' && value.among !== undefined) return { values: value.among };
  const compared = tests.filter((it) => it.test.operator.family !== 'null');
  const families = new Set(
    compared.map(({ test }) => (test.operator.family === 'arn' ? 'string' : test.operator.family)),
  );
  const [family = 'string', ...more] = families;
  if (more.length > 0) return { values: [], others: `is compared as ${[...families].join(' and as ')}` };
  switch (family) {
    case 'numeric':
      return { values: between(numbers(compared, parseNumber)).map(String) };
    case 'date':
      return { values: between(numbers(compared, parseDate)).map((it) => new Date(it).toISOString()) };
    case 'boolean':
      return { values: ['true', 'false'] };
    case 'binary':
      return { values: binaries(compared.flatMap(textsOf)) };
    case 'ip':
      return { values: addresses(compared, value.state === 'outside') };
    default:
      return texts(value, compared);
  }
}

function textsOf(test: CompiledTest): readonly string[] {
  return test.values.map((it) => it.text);
}

function texts(
  value: Extract<ContextValue, { state: 'any' | 'outside' }>,
  tests: readonly CompiledTest[],
): SingleValues {
  const like = value.state === 'any' ? value.like?.map((it) => domainPattern(it)) : undefined;
  const unlike: readonly Pattern[] =
    value.state === 'outside' ? insiderPatterns(tests) : (value.unlike ?? []).map((it) => domainPattern(it));
  const { texts: values, isWhole } = witnesses({ like: like ?? [anyText], unlike }, tests.map(patternsOf));
  if (!isWhole) return { values, others: 'is compared with more patterns than can be told apart' };
  const isUnclear = value.state === 'outside' && tests.flatMap(textsOf).some(isSessionOfRole);
  return {
    values,
    ...(isUnclear ? { others: 'names all sessions of a role, which is not a fixed value to S3, or is' } : {}),
  };
}

/** Patterns of a test's values: it is enough that one matches. */
export function patternsOf(test: CompiledTest): PatternGroup {
  return test.values.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
}

function numbers(tests: readonly CompiledTest[], parse: (text: string) => number | undefined): number[] {
  return tests.flatMap(textsOf).flatMap((it) => parse(it) ?? []);
}

/** The limits, and a number between any two of them and beyond. */
function between(limits: readonly number[]): readonly number[] {
  const sorted = [...new Set(limits)].toSorted((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const all = [first - 1, first];
  for (const limit of sorted.slice(1)) all.push(((all.at(-1) ?? limit) + limit) / 2, limit);
  return [...all, (sorted.at(-1) ?? first) + 1];
}

/** What is compared with, and bytes that are none of it: longer than all. */
function binaries(known: readonly string[]): readonly string[] {
  const longest = Math.max(0, ...known.map((it) => (parseBinary(it) ?? '').length / 2));
  return [...known, Buffer.alloc(longest + 1).toString('base64')];
}

function addresses(tests: readonly CompiledTest[], isOutside: boolean): readonly string[] {
  return addressesFor({ ranges: tests.flatMap(textsOf), isOutside });
}

interface Ranges {
  readonly ranges: readonly string[];
  readonly isOutside: boolean;
}

/** The first address of each range, and the one behind it: between two of those nothing changes. */
const addressesFor = recent(
  64,
  (it: Ranges) => JSON.stringify(it),
  ({ ranges: written, isOutside }): readonly string[] => {
    const ranges = written.flatMap((it) => parseIpRange(it) ?? []);
    const found = new Map<string, IpRange>();
    for (const version of [4, 6] as const) {
      const limits = ranges.flatMap((it) => (it.version === version ? [it.first, it.last + 1n] : []));
      const end = 1n << (version === 4 ? 32n : 128n);
      for (const at of new Set([0n, ...limits])) {
        const address = at < end ? formatIp(version, at) : undefined;
        const parsed = address === undefined ? undefined : parseIpRange(address);
        if (address !== undefined && parsed !== undefined) found.set(address, parsed);
      }
    }
    const narrow = isOutside ? ranges.filter(isNarrow) : [];
    return [...found]
      .filter(
        ([, it]) =>
          !narrow.some((range) => range.version === it.version && range.first <= it.first && it.first <= range.last),
      )
      .map(([address]) => address);
  },
);
