import { UsageError } from '../../model/errors.js';
import type { ListedAccount } from '../../normalize/index.js';
import type { Known } from '../../model/known.js';
import type { Context } from '../run/context.js';
import {
  describeOrganization,
  listAccounts,
  parentsByWalk,
  readDelegatedAdministrators,
  readStructure,
  readTrustedServices,
} from '../organization/organization.js';
import { checkScopeAmong, outOfScope, placedIn, type ScopeOptions } from '../organization/scope.js';

/** The organization as the caller sees it; each part that it may not see with AWS's message. */
export interface SeenOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  readonly accounts: readonly ListedAccount[];
  /** Why the list of accounts is not whole. */
  readonly listFailure: string | undefined;
  readonly cloudTrailAdministrators: readonly string[] | undefined;
  /** Whether CloudTrail has trusted access. */
  readonly trustsCloudTrail: boolean | undefined;
}

export type Membership =
  | { readonly is: 'member'; readonly organization: SeenOrganization }
  | { readonly is: 'alone' }
  | { readonly is: 'unknown'; readonly message: string };

/** Reads what a scan reads of the organization before it enters accounts. */
export async function seeOrganization(context: Context, onListed: (accounts: number) => void): Promise<Membership> {
  const described = await describeOrganization(context);
  if ('failure' in described) return { is: 'unknown', message: described.failure.message };
  if (described.it.state !== 'known') return { is: 'alone' };
  const { id, managementAccountId } = described.it.value;
  const accounts = new Map<string, ListedAccount>();
  let listFailure: string | undefined;
  for await (const page of listAccounts(context)) {
    if (page.it.state === 'known') for (const account of page.it.value) accounts.set(account.id, account);
    else listFailure = page.failure?.message ?? 'no answer';
    onListed(accounts.size);
  }
  const mayList = accounts.size > 0;
  const [administrators, services] = mayList
    ? await Promise.all([readDelegatedAdministrators(context), readTrustedServices(context)])
    : [];
  const trusted = valueOf(services?.it);
  return {
    is: 'member',
    organization: {
      id,
      managementAccountId,
      accounts: [...accounts.values()],
      listFailure,
      cloudTrailAdministrators: valueOf(administrators?.it)?.toSorted(),
      trustsCloudTrail: trusted?.includes('cloudtrail.amazonaws.com'),
    },
  };
}

/**
 * Why each account is out of the scope that the flags say; accounts in scope are not in it.
 *
 * @throws UsageError for an account or OU that the organization does not have.
 */
export async function scopeReasons(
  context: Context,
  { id, accounts, listFailure }: SeenOrganization,
  scope: ScopeOptions,
): Promise<ReadonlyMap<string, string>> {
  const walked = await walkedParents(context, accounts, scope);
  const placed = accounts.map((account) => placedIn(account, walked));
  if (listFailure === undefined) {
    checkScopeAmong(scope, placed, id);
  } else if (scope.accounts.length + scope.excludedAccounts.length + scope.organizationalUnits.length > 0) {
    throw new UsageError(
      `The accounts of organization ${id} could not be listed to the end, so none can be chosen: ${listFailure}`,
      'Leave out --account, --exclude-account and --ou.',
    );
  }
  const reasons = placed.map((account) => [account.id, outOfScope(account, account.parents, scope)] as const);
  return new Map(reasons.flatMap(([account, reason]) => (reason === undefined ? [] : [[account, reason]])));
}

/** Only a scope by OU needs the walk, and only where the list gives no paths. */
async function walkedParents(
  context: Context,
  accounts: readonly ListedAccount[],
  scope: ScopeOptions,
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  if (scope.organizationalUnits.length === 0 || accounts.every((it) => it.parents !== undefined)) return undefined;
  const { organizationalUnits: units } = await readStructure(context);
  return units.state === 'known' ? valueOf(await parentsByWalk(context, units.value)) : undefined;
}

function valueOf<T>(it: Known<T> | undefined): T | undefined {
  return it?.state === 'known' ? it.value : undefined;
}
