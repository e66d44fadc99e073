import type { Results } from '../../model/results.js';
import { listed } from '../parts/accounts.js';
import { gapGroups, notKnown, type GapGroup } from '../parts/gap-groups.js';
import { shortened } from '../../text/printable.js';
import { markdownAccount } from './account.js';
import { code, escapedProse } from './escape.js';
import { table } from './table.js';
import { counted } from '../../text/plural.js';

const shownAccounts = 20;
const longestMessage = 500;
const longestExample = 200;

/** What is INSUFFICIENT_DATA, by policy. */
export function* notKnownSection(results: Results, names: ReadonlyMap<string, string>): Generator<string> {
  const groups = notKnown(results);
  if (groups.length === 0) return;
  yield '## Not known';
  yield '';
  yield 'INSUFFICIENT_DATA: a value that decides could not be read, so these neither hold nor fail.';
  yield '';
  yield* table(
    [{ head: 'Policy' }, { head: 'Targets', align: 'right' }, { head: 'Accounts' }, { head: 'Why' }],
    groups.map(({ policyId, targets, accounts, gaps, example }) => [
      code(policyId),
      `${targets}`,
      accountList(accounts, names),
      gaps.length === 0 ? escapedProse(shortened(example, longestMessage)) : listed(gaps.map(gapText), 10, 'reason'),
    ]),
  );
}

/** Everything that could not be read, whether or not an outcome hangs on it. */
export function* gapsSection(results: Results, names: ReadonlyMap<string, string>): Generator<string> {
  if (results.gaps.length === 0) return;
  yield '## Gaps';
  yield '';
  yield `${counted(results.gaps.length, 'value')} could not be read. Those that decide an outcome are named under "Not known".`;
  yield '';
  yield* table(
    [
      { head: 'Call' },
      { head: 'Reason' },
      { head: 'Times', align: 'right' },
      { head: 'Accounts' },
      { head: 'For example' },
    ],
    gapGroups(results.gaps).map(({ call, reason, count, accounts, example }) => [
      code(call),
      reason,
      `${count}`,
      accountList(accounts, names),
      escapedProse(shortened(example, longestMessage)),
    ]),
  );
}

function accountList(ids: readonly string[], names: ReadonlyMap<string, string>): string {
  return listed(
    ids.map((id) => (id === 'unknown' ? 'an account that is not known' : markdownAccount(id, names))),
    shownAccounts,
    'account',
  );
}

function gapText({ call, reason, count, example }: GapGroup): string {
  const times = count > 1 ? ` (${count} times)` : '';
  return `${code(call)} ${reason}${times}: ${escapedProse(shortened(example, longestExample))}`;
}
