import { UsageError } from '../../model/errors.js';
import type { Known, Unknown } from '../../model/known.js';
import type { ListedAccount } from '../../normalize/index.js';

export interface ScopeOptions {
  readonly accounts: readonly string[];
  readonly excludedAccounts: readonly string[];
  readonly organizationalUnits: readonly string[];
}

/** Whether an account is evaluated. Unknown: only its OU decides, and that could not be read. */
export type ScopeAnswer =
  | { readonly is: 'in' }
  | { readonly is: 'out'; readonly reason: string }
  | { readonly is: 'unknown'; readonly gap: Unknown };

/**
 * Whether an account is in the scope. Suspended and closing accounts refuse every call, so there is nothing to judge.
 *
 * @param parents looked at for a scope by OU only
 */
export function scopeOf(
  account: Pick<ListedAccount, 'id' | 'state'>,
  parents: Known<readonly string[]>,
  scope: ScopeOptions,
): ScopeAnswer {
  if (account.state !== 'ACTIVE') return out(`its state is ${account.state}`);
  if (scope.excludedAccounts.includes(account.id)) return out('excluded by --exclude-account');
  if (scope.accounts.length > 0 && !scope.accounts.includes(account.id)) return out('not named by --account');
  if (scope.organizationalUnits.length === 0) return { is: 'in' };
  if (parents.state === 'unknown') return { is: 'unknown', gap: parents };
  const above = parents.state === 'known' ? parents.value : [];
  return scope.organizationalUnits.some((ou) => above.includes(ou)) ? { is: 'in' } : out('in no OU named by --ou');
}

function out(reason: string): ScopeAnswer {
  return { is: 'out', reason };
}

/** An account with its root and OUs. */
export interface PlacedIn {
  readonly id: string;
  readonly parents: Known<readonly string[]>;
}

/**
 * A name in the options that the organization does not know would silently leave out what was meant. While the OUs of
 * one account are not known, no OU is strange.
 *
 * @param accounts all of them: of a list that was cut, nothing can be said to be missing
 * @throws UsageError for an account or OU that the organization does not have
 */
export function checkScope(scope: ScopeOptions, accounts: readonly PlacedIn[], organizationId: string): void {
  const ids = new Set(accounts.map(({ id }) => id));
  const strange = [...scope.accounts, ...scope.excludedAccounts].filter((id) => !ids.has(id));
  if (strange.length > 0) {
    throw new UsageError(
      `Organization ${organizationId} has no account ${strange.join(', ')}.`,
      'Check --account and --exclude-account: ids have 12 digits.',
    );
  }
  const above = new Set<string>();
  for (const { parents } of accounts) {
    if (parents.state === 'unknown') return;
    if (parents.state === 'known') for (const id of parents.value) above.add(id);
  }
  const strangeUnits = scope.organizationalUnits.filter((id) => !above.has(id));
  if (strangeUnits.length > 0) {
    throw new UsageError(
      `No account of organization ${organizationId} is in OU ${strangeUnits.join(', ')}.`,
      'Give --ou the id of an OU (ou-…) or of the root (r-…).',
    );
  }
}

/**
 * An account that is in no organization is the only one that there is.
 *
 * @throws UsageError for options that choose others, or OUs
 */
export function checkScopeAlone(scope: ScopeOptions, accountId: string): void {
  const others = [...scope.accounts, ...scope.excludedAccounts].filter((id) => id !== accountId);
  if (others.length === 0 && scope.organizationalUnits.length === 0) return;
  throw new UsageError(
    `Account ${accountId} is in no organization: there are no other accounts and no OUs to choose from.`,
    'Leave out --account, --exclude-account and --ou.',
  );
}
