import type { Organization, OrganizationalUnit } from '../../model/inventory.js';
import { known, type Known, type Unknown } from '../../model/known.js';
import type { ListedAccount } from '../../normalize/index.js';
import { withTags } from '../organization/account-tags.js';
import type { Context } from '../run/context.js';
import {
  describeOrganization,
  listAccounts,
  parentsByWalk,
  readDelegatedAdministrators,
  readStructure,
  readTrustedServices,
} from '../organization/organization.js';

/** The organization as the aggregator's account may see it. */
export interface ListedOrganization {
  readonly organization: Organization;
  readonly accounts: readonly PlacedAccount[];
}

export interface PlacedAccount extends Omit<ListedAccount, 'parents'> {
  readonly parents: Known<readonly string[]>;
}

/**
 * The organization and its accounts, which AWS Config does not record; undefined when there is none, or the caller may
 * not ask. The aggregator's account may list accounts when it administers any service of the organization.
 */
export async function readOrganization(
  context: Context,
  storesGap: Unknown,
  accountTags: boolean,
): Promise<ListedOrganization | undefined> {
  const described = await describeOrganization(context);
  if ('failure' in described || described.it.state !== 'known') return undefined;
  const listed = new Map<string, ListedAccount>();
  let gap: Unknown | undefined;
  for await (const { it } of listAccounts(context)) {
    if (it.state === 'unknown') gap = it;
    if (it.state === 'known') for (const account of it.value) listed.set(account.id, account);
  }
  const [administrators, services, structure] = await Promise.all([
    readDelegatedAdministrators(context),
    readTrustedServices(context),
    readStructure(context),
  ]);
  const parents = await parentsOf(context, [...listed.values()], structure.organizationalUnits);
  const accounts = [...listed.values()].map((account) => placed(account, parents(account)));
  return {
    accounts: accountTags
      ? await context.limit(accounts, async (account) => await withTags(context, account))
      : accounts,
    organization: {
      ...described.it.value,
      organizationalUnits: structure.organizationalUnits,
      policyTypes: structure.policyTypes,
      trustedServices: services.it,
      delegatedAdministrators: administrators.it,
      ...(gap === undefined ? {} : { accountsGap: gap.gap }),
      eventDataStoresGap: storesGap.gap,
      evidence: {
        ...described.evidence,
        ...structure.evidence,
        ...services.evidence,
        ...administrators.evidence,
      },
    },
  };
}

function placed(account: ListedAccount, parents: Known<readonly string[]>): PlacedAccount {
  return { ...account, parents };
}

async function parentsOf(
  context: Context,
  accounts: readonly ListedAccount[],
  units: Known<readonly OrganizationalUnit[]>,
): Promise<(account: ListedAccount) => Known<readonly string[]>> {
  const needsWalk = accounts.some((account) => account.parents === undefined);
  const walked = !needsWalk
    ? known(new Map<string, readonly string[]>())
    : units.state === 'known'
      ? await parentsByWalk(context, units.value)
      : units;
  return ({ id, parents }) => {
    if (parents !== undefined) return known(parents);
    return walked.state === 'known' ? known(walked.value.get(id) ?? []) : walked;
  };
}
