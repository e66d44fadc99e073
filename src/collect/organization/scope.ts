import { UsageError } from '../../model/errors.js';
import type { ListedAccount } from '../../normalize/index.js';

export interface ScopeOptions {
  readonly accounts: readonly string[];
  readonly excludedAccounts: readonly string[];
  readonly organizationalUnits: readonly string[];
}

/**
 * Why an account is not evaluated; undefined when it is. Suspended and closing accounts refuse every call, so
 * there is nothing to judge.
 */
export function outOfScope(
  account: Pick<ListedAccount, 'id' | 'state'>,
  parents: readonly string[] | undefined,
  scope: ScopeOptions,
): string | undefined {
  if (account.state !== 'ACTIVE') return `its state is ${account.state}`;
  if (scope.excludedAccounts.includes(account.id)) return 'excluded by --exclude-account';
  if (scope.accounts.length > 0 && !scope.accounts.includes(account.id)) return 'not named by --account';
  if (scope.organizationalUnits.length === 0) return undefined;
  if (parents === undefined) return 'its OU could not be read, and --ou was given';
  return scope.organizationalUnits.some((ou) => parents.includes(ou)) ? undefined : 'in no OU named by --ou';
}

/** A name in the options that the organization does not know would silently leave out what was meant. */
export function checkScope(
  scope: ScopeOptions,
  accounts: ReadonlySet<string>,
  parents: ReadonlySet<string> | undefined,
  organizationId: string,
): void {
  const strange = [...scope.accounts, ...scope.excludedAccounts].filter((id) => !accounts.has(id));
  if (strange.length > 0) {
    throw new UsageError(
      `Organization ${organizationId} has no account ${strange.join(', ')}.`,
      'Check --account and --exclude-account: ids have 12 digits.',
    );
  }
  const strangeUnits = scope.organizationalUnits.filter((id) => parents?.has(id) === false);
  if (strangeUnits.length > 0) {
    throw new UsageError(
      `No account of organization ${organizationId} is in OU ${strangeUnits.join(', ')}.`,
      'Give --ou the id of an OU (ou-…) or of the root (r-…).',
    );
  }
}

/** An account with its root and OUs: as the list of accounts gave them, else as the structure was walked. */
export function placedIn(
  { id, state, parents }: ListedAccount,
  walked: ReadonlyMap<string, readonly string[]> | undefined,
): Pick<ListedAccount, 'id' | 'state'> & { readonly parents: readonly string[] | undefined } {
  return { id, state, parents: parents ?? walked?.get(id) };
}

/** Holds the options against accounts that are all listed, as {@link checkScope}. While the OUs of one are not known, no OU is strange. */
export function checkScopeAmong(
  scope: ScopeOptions,
  accounts: readonly { readonly id: string; readonly parents: readonly string[] | undefined }[],
  organizationId: string,
): void {
  const parents = accounts.map((it) => it.parents);
  const known = parents.includes(undefined) ? undefined : new Set(parents.flatMap((it) => it ?? []));
  checkScope(scope, new Set(accounts.map(({ id }) => id)), known, organizationId);
}
