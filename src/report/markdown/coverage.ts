import type { AccountReason, Results } from '../../model/results.js';
import { logsText } from '../parts/incident.js';
import { describeSource, moment } from '../parts/describe.js';
import { byId, byText } from '../../text/order.js';
import { markdownName } from './account.js';
import { code, escapedName, escapedProse } from './escape.js';
import { table } from './table.js';

/** Which accounts were read, and why the others were not. */
export function* coverageSection(results: Results): Generator<string> {
  const { listed, evaluated, outOfScope, unreadable } = results.coverage.accounts;
  yield '## Coverage';
  yield '';
  yield* table(
    [{ head: 'Accounts' }, { head: 'Count', align: 'right' }],
    [
      ['listed', `${listed}`],
      ['evaluated', `${evaluated}`],
      ['out of scope', `${outOfScope.length}`],
      ['not readable', `${unreadable.length}`],
    ],
  );
  const { logs } = results.coverage;
  if (logs !== undefined) {
    yield `Logs: ${escapedProse(logsText(logs))}.`;
    yield '';
  }
  yield* accountTable('Not readable', unreadable);
  yield* accountTable('Out of scope', outOfScope);
}

/** What made the report: for whoever has to rely on it. */
export function* originSection(results: Results): Generator<string> {
  const { tool, run, coverage } = results;
  yield '## How this was made';
  yield '';
  yield `- Tool: ${escapedName(tool.name)} ${escapedName(tool.version)}`;
  yield `- Source: ${escapedProse(describeSource(results))}`;
  if (run.inventoryDigest !== undefined) yield `- Inventory: sha256 ${code(run.inventoryDigest)}`;
  yield `- Caller: ${code(run.caller)}`;
  yield `- Partition: ${code(run.partition)}`;
  yield `- Started ${escapedProse(moment(run.startedAt))}, finished ${escapedProse(moment(run.finishedAt))}`;
  yield `- API calls: ${coverage.apiCalls.total}, of which ${coverage.apiCalls.denied} denied`;
  yield '';
  yield* questionSection(results);
  yield* table(
    [{ head: 'Operation' }, { head: 'Calls', align: 'right' }],
    Object.entries(coverage.apiCalls.byOperation)
      .toSorted(([a], [b]) => byText(a, b))
      .map(([operation, count]) => [code(operation), `${count}`]),
  );
  yield* evaluatedTable(results);
}

function* evaluatedTable({ coverage }: Results): Generator<string> {
  const { evaluatedAccounts = [] } = coverage;
  if (evaluatedAccounts.length === 0) return;
  yield '### Evaluated accounts';
  yield '';
  yield* table(
    [{ head: 'Account' }, { head: 'Name' }],
    evaluatedAccounts.toSorted(byId).map(({ id, name }) => [code(id), markdownName(name)]),
  );
}

/** What was asked: packs, and each policy with its parameters and the digest of its file. */
function* questionSection({ run, policies, tool }: Results): Generator<string> {
  if (run.scan !== undefined) {
    const { id, packs, scope } = run.scan;
    yield `- Packs: ${packs.map(escapedName).join(', ')}`;
    yield `- Scan: ${escapedName(id)}, ${scope.length === 0 ? 'of everything' : scope.map(escapedName).join(', ')}`;
    yield '';
  }
  yield* table(
    [{ head: 'Policy' }, { head: 'From' }, { head: 'Parameters' }, { head: 'sha256' }],
    policies.toSorted(byId).map(({ id, source, line, params, digest = '' }) => [
      code(id),
      source === 'builtin' ? `${escapedName(tool.name)} ${escapedName(tool.version)}` : code(`${source}:${line ?? 1}`),
      Object.entries(params)
        .map(([name, value]) => escapedProse(`${name} = ${JSON.stringify(value)}`))
        .join(', '),
      code(digest),
    ]),
  );
}

function* accountTable(title: string, accounts: readonly AccountReason[]): Generator<string> {
  if (accounts.length === 0) return;
  yield `### ${title}`;
  yield '';
  yield* table(
    [{ head: 'Account' }, { head: 'Name' }, { head: 'Reason' }],
    accounts.toSorted(byId).map(({ id, name, reason }) => [code(id), markdownName(name), escapedProse(reason)]),
  );
}
