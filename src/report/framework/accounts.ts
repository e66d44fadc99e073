import type { AccountReason, Results } from '../../model/results.js';
import { byId } from '../../text/order.js';
import { prose, shortened } from '../../text/printable.js';
import { listed } from '../parts/accounts.js';
import { accountLabel } from '../parts/describe.js';

const longestReason = 160;

/** `14 of 16 evaluated, 1 not readable, 1 left out`: over which accounts the verdicts were reached. */
export function accountsText({ coverage: { accounts } }: Results): string {
  const { evaluated, listed: all, unreadable, outOfScope } = accounts;
  return [
    `${evaluated} of ${all} evaluated`,
    `${unreadable.length} not readable`,
    ...(outOfScope.length === 0 ? [] : [`${outOfScope.length} left out`]),
  ].join(', ');
}

/** A sentence for those that were not read, and one for those that were not asked; the first `limit` of each by name. */
export function otherAccounts({ coverage: { accounts } }: Results, limit: number): readonly string[] {
  return [
    ...told('Not readable, what is asked of them is unknown', accounts.unreadable, limit),
    ...told('Left out, no verdict covers them', accounts.outOfScope, limit),
  ];
}

function told(what: string, accounts: readonly AccountReason[], limit: number): readonly string[] {
  if (accounts.length === 0) return [];
  const named = accounts
    .toSorted(byId)
    .map(
      ({ id, name, reason }) =>
        `${accountLabel(id, new Map([[id, name]]))}: ${shortened(prose(reason), longestReason)}`,
    );
  return [`${what}: ${listed(named, limit, 'account')}`];
}
