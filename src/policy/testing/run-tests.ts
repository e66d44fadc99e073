import type { Value, TypeTable } from '../../expression/index.js';
import type { CompiledPolicy } from '../compiled-policy.js';
import { evaluatePolicy, type AssertionResult, type Decision } from '../evaluate-policy.js';
import type { CompiledTest, Expected, PolicyTests } from './compile-tests.js';
import { toValue, UnwrittenError } from './fixture-node.js';
import { runActivityTest } from './run-activity-test.js';
import type { TestResult } from './test-result.js';
import { uncovered } from './uncovered.js';

export type { TestResult } from './test-result.js';

export interface PolicyTestResult {
  readonly id: string;
  /** What the tests never saw happen; empty when each assertion was seen both ways. */
  readonly uncovered: readonly string[];
  /** The tests' file; the policy's where there is none. */
  readonly file: string;
  readonly tests: readonly TestResult[];
  /** The policy has no tests. */
  readonly missing: boolean;
}

export interface TestRun {
  readonly policies: readonly PolicyTestResult[];
  readonly passed: number;
  readonly failed: number;
  /** Policies without tests. */
  readonly missing: number;
}

/** What is needed to run the tests of policies. */
export interface Testable {
  readonly all: readonly CompiledPolicy[];
  /** By policy id. */
  readonly tests: ReadonlyMap<string, PolicyTests>;
  readonly types: TypeTable;
}

/** Runs the tests of every policy, or of the given ones. Nothing is read from files: loading compiled them. */
export function runTests({ all, tests, types }: Testable, policies: readonly CompiledPolicy[] = all): TestRun {
  const results = policies.map((policy): PolicyTestResult => {
    const own = tests.get(policy.id);
    const ran = own === undefined ? [] : runAll(policy, own, types);
    return {
      id: policy.id,
      uncovered: uncovered(
        policy,
        ran.flatMap((it) => it.decision ?? []),
      ),
      file: own?.file ?? policy.file,
      tests: ran,
      missing: own === undefined,
    };
  });
  const each = results.flatMap((it) => it.tests);
  const passed = each.filter((it) => it.passed).length;
  return {
    policies: results,
    passed,
    failed: each.length - passed,
    missing: results.filter((it) => it.missing).length,
  };
}

/** Runs all tests of a policy, or of a mutant of it. */
export function runAll(
  policy: CompiledPolicy,
  own: PolicyTests,
  types: TypeTable,
  isMutant = false,
): readonly TestResult[] {
  const { activity } = policy;
  return activity === undefined
    ? own.tests.map((test) => runTest(policy, test, types))
    : (own.ofActivity ?? []).map((test) => runActivityTest(policy, activity, test, isMutant));
}

/** Runs one test of a policy, or of a mutant of it. */
export function runTest(policy: CompiledPolicy, test: CompiledTest, types: TypeTable): TestResult {
  const expected = describeExpected(test.expected);
  const { name, line } = test;
  let decision: Decision;
  try {
    decision = evaluatePolicy(policy, new Map([...policy.params, ...test.params]), scopeOf(test, types));
  } catch (error) {
    if (!(error instanceof UnwrittenError)) throw error;
    return { name, line, passed: false, expected, actual: 'an incomplete fixture', details: [error.message] };
  }
  const actual = describeDecision(decision);
  return { name, line, passed: actual === expected, expected, actual, details: detailsOf(decision), decision };
}

function scopeOf(test: CompiledTest, types: TypeTable) {
  const values = new Map<string, Value>([...test.roots].map(([name, node]) => [name, toValue(node, name, types)]));
  return {
    get(name: string): Value {
      if (name === 'now') return test.now;
      const value = values.get(name);
      if (value === undefined) throw new UnwrittenError(name);
      return value;
    },
  };
}

function describeExpected(expected: Expected): string {
  return expected.outcome === 'NON_COMPLIANT' ? `NON_COMPLIANT [${expected.failing.join(', ')}]` : expected.outcome;
}

function describeDecision({ outcome, assertions }: Decision): string {
  if (outcome !== 'NON_COMPLIANT') return outcome;
  const failing = assertions.filter((it) => it.result === 'fails').map((it) => it.id);
  return `NON_COMPLIANT [${failing.toSorted().join(', ')}]`;
}

function detailsOf({ when, assertions, gaps }: Decision): readonly string[] {
  const lines: string[] = [];
  if (when !== undefined) lines.push(`when is ${when.value === false ? 'false' : 'unknown'}`, ...because(when));
  for (const it of assertions) {
    if (it.result === 'holds') continue;
    lines.push(`${it.id} ${verbs[it.result]}: ${it.message ?? ''}`, ...(it.explanation ? because(it.explanation) : []));
  }
  if (gaps.length > 0) lines.push(`could not be read: ${gaps.join(', ')}`);
  return lines;
}

const verbs: Readonly<Record<AssertionResult['result'], string>> = {
  holds: 'holds',
  fails: 'fails',
  unknown: 'is unknown',
};

function because({ because: parts }: NonNullable<Decision['when']>): readonly string[] {
  return parts.map((it) => `  ${it.expr}: ${String(it.value)}`);
}
