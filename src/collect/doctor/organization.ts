import { absent, type Known } from '../../model/known.js';
import type { ListedAccount } from '../../normalize/index.js';
import { checkScope, scopeOf, type ScopeAnswer, type ScopeOptions } from '../organization/scope.js';
import type { ListedAccounts, OrganizationSurvey } from '../organization/survey.js';

/** The organization as the caller sees it; each part that it may not see with AWS's message. */
export interface SeenOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  /** None where the list of accounts is refused. */
  readonly accounts: readonly ListedAccount[];
  /** Why the list of accounts is not whole. */
  readonly listFailure: string | undefined;
  readonly cloudTrailAdministrators: readonly string[] | undefined;
  /** Whether CloudTrail has trusted access. */
  readonly trustsCloudTrail: boolean | undefined;
}

/** The same of whether there is an organization at all. */
export type SeenMembership =
  | { readonly is: 'member'; readonly organization: SeenOrganization }
  | { readonly is: 'alone' }
  | { readonly is: 'unknown'; readonly message: string };

/** What a scan reads of the organization before it enters accounts. */
export async function seeOrganization(
  survey: OrganizationSurvey,
  { accounts, reach }: ListedAccounts,
): Promise<SeenOrganization> {
  const { id, managementAccountId } = survey.identity;
  const seen = {
    id,
    managementAccountId,
    accounts: reach.is === 'refused' ? [] : accounts,
    listFailure: reach.is === 'whole' ? undefined : reach.failure.message,
  };
  if (reach.is === 'refused') return { ...seen, cloudTrailAdministrators: undefined, trustsCloudTrail: undefined };
  const [administrators, services] = await Promise.all([survey.administrators(), survey.services()]);
  return {
    ...seen,
    cloudTrailAdministrators: valueOf(administrators.it)?.toSorted(),
    trustsCloudTrail: valueOf(services.it)?.includes('cloudtrail.amazonaws.com'),
  };
}

/**
 * Whether each account is in the scope that the flags say, as a scan decides it.
 *
 * @throws UsageError for an account or OU that the organization does not have.
 */
export async function standingsOf(
  survey: OrganizationSurvey,
  { accounts, reach }: ListedAccounts,
  scope: ScopeOptions,
): Promise<ReadonlyMap<string, ScopeAnswer>> {
  // Only a scope by OU needs the OUs.
  const needsPlaces = scope.organizationalUnits.length > 0;
  const placed = needsPlaces
    ? await survey.placed(accounts)
    : accounts.map(({ id, state }) => ({ id, state, parents: absent }));
  if (reach.is === 'whole') checkScope(scope, placed, survey.identity.id);
  return new Map(placed.map((account) => [account.id, scopeOf(account, account.parents, scope)]));
}

function valueOf<T>(it: Known<T> | undefined): T | undefined {
  return it?.state === 'known' ? it.value : undefined;
}
