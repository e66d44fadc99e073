import type { Evaluation, PolicySummary, Results } from '../../model/results.js';
import { byId, byPlace } from '../../text/order.js';
import { prose } from '../../text/printable.js';
import { xmlAttribute, xmlText } from '../../text/xml.js';
import { accountNames } from '../parts/accounts.js';
import { describeTarget, isSample } from '../parts/describe.js';
import { failingParagraphs } from '../parts/failing-message.js';
import { evaluationsByPolicy } from '../parts/outcomes.js';
import type { ReportOptions } from '../options.js';

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/**
 * The results in JUnit's XML, as CI systems show tests: a suite for each policy, a case for each target. NON_COMPLIANT is a
 * failure, INSUFFICIENT_DATA an error; what does not apply or is waived is skipped, with its reason.
 */
export function* junit(results: Results, _options: ReportOptions = {}): Generator<string> {
  const names = accountNames(results);
  const byPolicy = evaluationsByPolicy(results);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  const name = isSample(results) ? 'trailproof (sample)' : 'trailproof';
  // Of all suites together, the schema of Jenkins allows no count of what was skipped.
  const { tests, failures, errors } = countsOf(results.evaluations);
  yield `<testsuites name=${xmlAttribute(name)} tests="${tests}" failures="${failures}" errors="${errors}">\n`;
  for (const policy of results.policies.toSorted(byId)) {
    yield* suite(policy, (byPolicy.get(policy.id) ?? []).toSorted(byPlace), results, names);
  }
  yield '</testsuites>\n';
}

function* suite(
  { id }: PolicySummary,
  evaluations: readonly Evaluation[],
  { run }: Results,
  names: ReadonlyMap<string, string>,
): Generator<string> {
  const at = run.capturedAt.replace(/(?:\.\d+)?Z$/, '');
  const open = `  <testsuite name=${xmlAttribute(id)} ${attributes(countsOf(evaluations))} timestamp=${xmlAttribute(at)}`;
  if (evaluations.length === 0) {
    yield `${open}/>\n`;
    return;
  }
  yield `${open}>\n`;
  for (const evaluation of evaluations) yield `${testCase(evaluation, names)}\n`;
  yield '  </testsuite>\n';
}

function testCase(evaluation: Evaluation, names: ReadonlyMap<string, string>): string {
  const { policyId, target, outcome, severity, message, waiver, incident } = evaluation;
  // An account may have several incidents: each is a case of its own.
  const which = incident === undefined ? '' : `: ${prose(incident.key)} at ${incident.firstAt}`;
  const name = xmlAttribute(`${describeTarget(target, names)} [${prose(target.id)}]${which}`);
  const open = `    <testcase classname=${xmlAttribute(policyId)} name=${name}`;
  const inside = (element: string): string => `${open}>\n      ${element}\n    </testcase>`;
  const said = xmlAttribute(prose(message));
  if (waiver !== undefined) {
    const why = `Waived by ${waiver.id} until ${waiver.expires}, owner ${waiver.owner}: ${waiver.reason}`;
    return inside(`<skipped message=${xmlAttribute(prose(why))}/>`);
  }
  switch (outcome) {
    case 'COMPLIANT':
      return `${open}/>`;
    case 'NOT_APPLICABLE':
      return inside(`<skipped message=${said}/>`);
    case 'INSUFFICIENT_DATA':
      return inside(`<error type="INSUFFICIENT_DATA" message=${said}/>`);
    case 'NON_COMPLIANT': {
      const text = failingParagraphs(evaluation).map(prose).join('\n');
      return inside(`<failure type="${severity}" message=${said}>${xmlText(text)}</failure>`);
    }
  }
}

function countsOf(evaluations: readonly Evaluation[]): Counts {
  const isWaived = (it: Evaluation) => it.waiver !== undefined;
  const count = (outcome: Evaluation['outcome']) =>
    evaluations.filter((it) => it.outcome === outcome && !isWaived(it)).length;
  return {
    tests: evaluations.length,
    failures: count('NON_COMPLIANT'),
    errors: count('INSUFFICIENT_DATA'),
    skipped: count('NOT_APPLICABLE') + evaluations.filter(isWaived).length,
  };
}

function attributes({ tests, failures, errors, skipped }: Counts): string {
  return `tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
}
