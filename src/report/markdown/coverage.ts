import type { AccountReason, Results } from '../../model/results.js';
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
  yield `- Caller: ${code(run.caller)}`;
  yield `- Partition: ${code(run.partition)}`;
  yield `- Started ${escapedProse(moment(run.startedAt))}, finished ${escapedProse(moment(run.finishedAt))}`;
  yield `- API calls: ${coverage.apiCalls.total}, of which ${coverage.apiCalls.denied} denied`;
  yield '';
  yield* table(
    [{ head: 'Operation' }, { head: 'Calls', align: 'right' }],
    Object.entries(coverage.apiCalls.byOperation)
      .toSorted(([a], [b]) => byText(a, b))
      .map(([operation, count]) => [code(operation), `${count}`]),
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
