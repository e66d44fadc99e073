import {
  Collector,
  judgeAll,
  quantityOf,
  seenNow,
  withSeen,
  type ActivityVerdict,
  type CompiledActivity,
} from '../../activity/index.js';
import type { CompiledPolicy } from '../compiled-policy.js';
import { paramsObject } from '../parameters.js';
import type { ExpectedIncident } from '../schema/activity-tests.js';
import type { CompiledActivityTest } from './compile-activity-tests.js';
import type { TestResult } from './test-result.js';

/** Runs one test of an activity policy, or of a mutant of it. */
export function runActivityTest(
  policy: CompiledPolicy,
  activity: CompiledActivity,
  test: CompiledActivityTest,
  isMutant = false,
): TestResult {
  const verdicts = verdictsOf(policy, activity, test, isMutant);
  const { name, line, expected: wanted } = test;
  const outcome = outcomeOf(verdicts);
  const found = verdicts.flatMap((it) => it.incidents.map((incident) => ({ ...incident, account: it.account })));
  const isExpected = typeof wanted === 'string' ? [] : wanted.NON_COMPLIANT;
  // What a test says nothing of is not compared.
  const says = (pick: (it: ExpectedIncident) => unknown): boolean => isExpected.some((it) => pick(it) !== undefined);
  const shown = found.map(({ key, count, account }): ExpectedIncident => {
    const counted = says((it) => it.count) ? { count } : {};
    return Object.assign({ key }, counted, says((it) => it.account) ? { account } : {});
  });
  const expected = typeof wanted === 'string' ? wanted : describe(isExpected);
  const actual = outcome === 'NON_COMPLIANT' ? describe(shown) : outcome;
  return {
    name,
    line,
    passed: actual === expected,
    expected,
    actual,
    details: verdicts.flatMap(detailsOf),
    decision: { outcome, assertions: [], gaps: [], reads: [] },
  };
}

function detailsOf({ outcome, incidents, gaps }: ActivityVerdict): readonly string[] {
  const unknown = outcome === 'COMPLIANT' ? [] : gaps.map(({ message }) => `not known: ${message}`);
  return incidents.map(({ message }) => message).concat(unknown);
}

function verdictsOf(
  { id, params: defaults }: CompiledPolicy,
  activity: CompiledActivity,
  test: CompiledActivityTest,
  isMutant: boolean,
): readonly ActivityVerdict[] {
  const { records, window, coverage, params } = test;
  // The index reads the expression as it is written, and a mutant means another.
  const policies = [{ id, activity }];
  const inForce = paramsObject(new Map([...defaults, ...params]));
  const paramsFor = () => inForce;
  const collected = new Collector(policies, window, paramsFor, !isMutant);
  collected.add({ origin: { object: 'tests' }, records });
  const at = coverage.to;
  const judgeable = { policies, collected, coverage, window, accounts: [], paramsFor, settled: window.to, at };
  const { form } = activity;
  if (form.kind !== 'familiar') return judgeAll(judgeable);
  const before = test.before(quantityOf(form.baseline, inForce) ?? 0);
  if (before === undefined) return judgeAll(judgeable);
  const earlier = { from: Date.parse(before.from), to: window.from };
  const seen = new Collector(policies, earlier, paramsFor, !isMutant);
  seen.add({ origin: { object: 'tests' }, records });
  const past = { ...judgeable, collected: seen, coverage: before, window: earlier, settled: earlier.to };
  const baseline = withSeen({ entries: [] }, seenNow(past, true), undefined);
  return judgeAll({ ...judgeable, past: { baseline } });
}

function outcomeOf(verdicts: readonly ActivityVerdict[]): ActivityVerdict['outcome'] {
  if (verdicts.some((it) => it.outcome === 'NON_COMPLIANT')) return 'NON_COMPLIANT';
  return verdicts.some((it) => it.outcome === 'INSUFFICIENT_DATA') ? 'INSUFFICIENT_DATA' : 'COMPLIANT';
}

function describe(incidents: readonly ExpectedIncident[]): string {
  const each = incidents.map(({ key, count, account }) =>
    [
      String(key),
      ...(count === undefined ? [] : [`× ${count}`]),
      ...(account === undefined ? [] : [`in ${account}`]),
    ].join(' '),
  );
  return `NON_COMPLIANT [${each.toSorted().join('; ')}]`;
}
