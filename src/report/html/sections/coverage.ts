import type { AccountReason, RecordingGroup, RegionRecording, Results } from '../../../model/results.js';
import { byId, byText } from '../../../text/order.js';
import { counted } from '../../../text/plural.js';
import { prose } from '../../../text/printable.js';
import { logsText } from '../../parts/incident.js';
import { escaped } from '../shared/markup.js';
import { accountText } from '../shared/entry.js';
import type { PageAccount } from '../shared/page-data.js';

/** Above it, accounts in the same state share a row. */
const rowsOfTheirOwn = 60;

type State = 'full' | 'partial' | 'none' | 'unknown';

const signs: Readonly<Record<State, readonly [sign: string, meaning: string]>> = {
  full: ['✓', 'All management events are recorded'],
  partial: ['◐', 'Some are recorded'],
  none: ['✕', 'None is recorded'],
  unknown: ['?', 'It could not be read'],
};

interface Row {
  readonly group: RecordingGroup;
  readonly accounts: readonly PageAccount[];
}

/** Which management events are recorded where: accounts by Regions. */
export function* coverageSection(results: Results, accounts: readonly PageAccount[]): Generator<string> {
  yield '<section id="coverage"><h2>Coverage</h2>';
  const { logs } = results.coverage;
  if (logs === undefined) yield* grid(results.recording ?? [], accounts);
  else yield `<p>Logs: ${escaped(prose(logsText(logs)))}.</p>`;
  const { outOfScope, unreadable } = results.coverage.accounts;
  yield* reasons('Accounts that could not be read', unreadable);
  yield* reasons('Accounts out of scope', outOfScope);
  yield '</section>';
}

function* grid(recording: readonly RecordingGroup[], accounts: readonly PageAccount[]): Generator<string> {
  const regions = [...new Set(recording.flatMap((it) => it.regions.flatMap(({ names }) => names)))].toSorted(byText);
  const isKnown = recording.some((it) => it.regions.some((region) => stateOf(region) !== 'unknown'));
  if (regions.length === 0 || !isKnown) {
    yield '<p class="hint">This run did not read what is recorded in each Region.</p>';
    return;
  }
  yield '<p class="hint">Where read and write management events are recorded and delivered, over all trails and event data stores that apply to the account. Data events are findings of their own.</p>';
  yield '<div class="scroll" tabindex="0" role="region" aria-label="Coverage by account and Region"><table class="grid">';
  yield '<thead><tr><th scope="col">Account</th>';
  for (const region of regions) yield `<th scope="col" class="region"><span>${escaped(region)}</span></th>`;
  yield '</tr></thead><tbody>';
  for (const row of rowsOf(recording, accounts)) {
    yield `<tr><th scope="row">${rowHead(row)}</th>`;
    const cells = new Map(row.group.regions.flatMap((it) => it.names.map((name) => [name, it] as const)));
    for (const region of regions) yield cell(cells.get(region), row.group.mayHaveOthers === true);
    yield '</tr>';
  }
  yield '</tbody></table></div><ul class="legend">';
  for (const state of ['full', 'partial', 'none', 'unknown'] as const) {
    yield `<li><span class="grid"><span class="${state}" aria-hidden="true">${signs[state][0]}</span></span>${signs[state][1]}</li>`;
  }
  yield '<li><span aria-hidden="true">&nbsp;</span>The account has this Region switched off</li></ul>';
}

function rowsOf(recording: readonly RecordingGroup[], accounts: readonly PageAccount[]): readonly Row[] {
  const byAccountId = new Map(accounts.map((it) => [it.id, it]));
  const named = (id: string): PageAccount => byAccountId.get(id) ?? { id, name: '', ou: '' };
  const total = recording.reduce((sum, it) => sum + it.accounts.length, 0);
  const rows = recording.map((group) => ({ group, accounts: group.accounts.map(named) }));
  if (total > rowsOfTheirOwn) return rows.toSorted((a, b) => b.accounts.length - a.accounts.length);
  return rows
    .flatMap(({ group, accounts: members }) => members.map((account) => ({ group, accounts: [account] })))
    .toSorted((a, b) => byText(a.accounts[0]?.ou ?? '', b.accounts[0]?.ou ?? '') || nameOrder(a, b));
}

function nameOrder(a: Row, b: Row): number {
  return byText(accountText(a.accounts[0]), accountText(b.accounts[0]));
}

function rowHead({ accounts }: Row): string {
  const [first] = accounts;
  if (accounts.length === 1 && first !== undefined) {
    return `${escaped(accountText(first))}${first.ou === '' ? '' : `<br><span class="ou">${escaped(first.ou)}</span>`}`;
  }
  const names = accounts.map((it) => `<li>${escaped(accountText(it))}</li>`).join('');
  return `<details><summary>${counted(accounts.length, 'account')}</summary><ul>${names}</ul></details>`;
}

function cell(recording: RegionRecording | undefined, mayHaveOthers: boolean): string {
  if (recording === undefined) {
    if (!mayHaveOthers) return '<td></td>';
    return '<td class="unknown" title="Whether the Region is switched on could not be read">?</td>';
  }
  const state = stateOf(recording);
  const title = `read: ${recording.read}, write: ${recording.write}`;
  return `<td class="${state}" title="${title}">${signs[state][0]}</td>`;
}

function stateOf({ read, write }: RegionRecording): State {
  if (read === write) return read;
  return read === 'unknown' || write === 'unknown' ? 'unknown' : 'partial';
}

function* reasons(title: string, accounts: readonly AccountReason[]): Generator<string> {
  if (accounts.length === 0) return;
  yield `<h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>`;
  yield '<thead><tr><th scope="col">Account</th><th scope="col">Name</th><th scope="col">Reason</th></tr></thead><tbody>';
  for (const { id, name, reason } of accounts.toSorted(byId)) {
    yield `<tr><td><code>${escaped(prose(id))}</code></td><td>${escaped(prose(name))}</td><td>${escaped(prose(reason))}</td></tr>`;
  }
  yield '</tbody></table></div>';
}
