import type { Gap, Inventory } from '../model/inventory.js';
import type { AccountReason, AccountsCoverage, NamedAccount } from '../model/results.js';

/** Which accounts were really read: listed = evaluated + out of scope + unreadable. */
export function accountsCoverage(
  { accounts, organization }: Inventory,
  gapOf: (id: string) => Gap | undefined,
): AccountsCoverage {
  const outOfScope: AccountReason[] = [];
  const unreadable: AccountReason[] = [];
  for (const { id, name, outOfScope: reason, ownTrails } of accounts) {
    if (reason !== undefined) outOfScope.push({ id, name, reason });
    else if (ownTrails.state === 'unknown') unreadable.push({ id, name, reason: describeGap(gapOf(ownTrails.gap)) });
  }
  const accountsGap = organization?.accountsGap;
  if (accountsGap !== undefined) {
    // Accounts that nobody told of cannot be counted; they are not passed over in silence either.
    unreadable.push({
      id: 'unknown',
      name: 'accounts that were not listed',
      reason: describeGap(gapOf(accountsGap)),
    });
  }
  const listed = accounts.length + (accountsGap === undefined ? 0 : 1);
  return { listed, evaluated: listed - outOfScope.length - unreadable.length, outOfScope, unreadable };
}

/** The accounts that were evaluated. */
export function evaluatedAccounts({ accounts }: Inventory): readonly NamedAccount[] {
  return accounts
    .filter(({ outOfScope, ownTrails }) => outOfScope === undefined && ownTrails.state !== 'unknown')
    .map(({ id, name }) => ({ id, name }));
}

function describeGap(gap: Gap | undefined): string {
  return gap === undefined ? 'could not be read' : `${gap.call}: ${gap.message}`;
}
