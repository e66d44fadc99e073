import type { Evaluation, Results } from '../../model/results.js';
import { listed } from '../parts/accounts.js';
import { resourceLabel } from '../parts/resource.js';
import { byId, byPlace } from '../../text/order.js';
import { counted } from '../../text/plural.js';
import { markdownName } from './account.js';
import { code } from './escape.js';
import { table } from './table.js';

/** More than an auditor reads; results.json has all. */
const shownEvaluations = 2_000;
const shownEvidence = 5;

/** What holds, each with the answers of AWS that it rests on: results.json has them by these ids. */
export function* passingSection(results: Results): Generator<string> {
  const passing = results.evaluations.filter((it) => it.outcome === 'COMPLIANT').toSorted(byPlace);
  if (passing.length === 0) return;
  const shown = passing.slice(0, shownEvaluations);
  yield '## What holds';
  yield '';
  yield 'COMPLIANT evaluations, with the ids of their evidence in results.json.';
  yield '';
  for (const { id } of results.policies.toSorted(byId)) {
    const group = shown.filter((it) => it.policyId === id);
    if (group.length === 0) continue;
    yield `### ${code(id)} (${group.length})`;
    yield '';
    yield* table([{ head: 'Account' }, { head: 'Target' }, { head: 'Evidence' }], group.map(row));
  }
  const more = passing.length - shown.length;
  if (more > 0) yield `And ${counted(more, 'more evaluation')}: results.json has all.`;
  yield '';
}

function row({ target, evidence }: Evaluation): string[] {
  return [code(target.accountId), markdownName(resourceLabel(target)), listed(evidence.map(code), shownEvidence)];
}
