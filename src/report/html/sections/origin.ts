import type { Results } from '../../../model/results.js';
import { byText } from '../../../text/order.js';
import { prose, visible } from '../../../text/printable.js';
import { describeOrganization, describeSource, moment } from '../../parts/describe.js';
import { escaped } from '../shared/markup.js';

/** How the report was made: for whoever has to rely on it. */
export function* originSection(results: Results, names: ReadonlyMap<string, string>): Generator<string> {
  const { tool, run, coverage, evidence, evaluations, policies } = results;
  const { listed, evaluated, outOfScope, unreadable } = coverage.accounts;
  const rows = [
    ['Tool', `${tool.name} ${tool.version}`],
    ['Organization', describeOrganization(results, names)],
    ['Source', describeSource(results)],
    ['Caller', run.caller],
    ['Partition', run.partition],
    ['Started', moment(run.startedAt)],
    ['Finished', moment(run.finishedAt)],
    [
      'Accounts',
      `${listed} listed = ${evaluated} evaluated + ${outOfScope.length} out of scope + ${unreadable.length} not readable`,
    ],
    ...(run.inventoryDigest === undefined ? [] : [['Inventory', `sha256 ${run.inventoryDigest}`]]),
    ...(run.scan === undefined ? [] : [['Packs', run.scan.packs.join(', ')]]),
    ...(run.scan === undefined
      ? []
      : [['Scan', `${run.scan.id}, ${run.scan.scope.length === 0 ? 'of everything' : run.scan.scope.join(', ')}`]]),
    ['Policies', `${policies.length}, with ${evaluations.length} evaluations; parameters of each are under Policies`],
    ['API calls', `${coverage.apiCalls.total}, of which ${coverage.apiCalls.denied} denied`],
    ['Evidence', `${evidence.length} answers, in results.json with time and request id`],
  ];
  yield '<section id="origin"><h2>How this was made</h2><div class="card"><dl class="facts">';
  for (const [label = '', text = ''] of rows) yield `<div><dt>${label}</dt><dd>${escaped(prose(text))}</dd></div>`;
  yield '</dl></div>';
  yield policyTable(results);
  yield '<details class="policy"><summary>API calls by operation</summary><div><div class="scroll" tabindex="0" role="region" aria-label="API calls by operation"><table><thead><tr><th scope="col">Operation</th><th scope="col" class="number">Calls</th></tr></thead><tbody>';
  for (const [operation, count] of Object.entries(coverage.apiCalls.byOperation).toSorted(([a], [b]) => byText(a, b))) {
    yield `<tr><td><code>${escaped(visible(operation))}</code></td><td class="number">${count}</td></tr>`;
  }
  yield '</tbody></table></div></div></details></section>';
}

/** What was asked: each policy, where it comes from, and the digest of its file. */
function policyTable({ policies, tool }: Results): string {
  const rows = policies
    .toSorted((a, b) => byText(a.id, b.id))
    .map(({ id, source, line, digest = 'not known' }) => {
      const from = source === 'builtin' ? `${tool.name} ${tool.version}` : `${source}:${line ?? 1}`;
      const link = `<a href="#policy-${escaped(visible(id))}">${escaped(visible(id))}</a>`;
      return `<tr><td>${link}</td><td>${escaped(visible(from))}</td><td><code>${escaped(visible(digest))}</code></td></tr>`;
    });
  return [
    '<h3>Policies that were asked</h3>',
    '<div class="scroll asked" tabindex="0" role="region" aria-label="Policies that were asked"><table><thead><tr>',
    '<th scope="col">Policy</th><th scope="col">From</th><th scope="col">sha256</th></tr></thead><tbody>',
    ...rows,
    '</tbody></table></div>',
  ].join('');
}
