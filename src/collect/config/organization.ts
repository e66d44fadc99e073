import type { Organization } from '../../model/inventory.js';
import type { Unknown } from '../../model/known.js';
import { withTags } from '../organization/account-tags.js';
import type { Context } from '../run/context.js';
import { surveyOrganization, type PlacedAccount } from '../organization/survey.js';

/** The organization as the aggregator's account may see it. */
export interface ListedOrganization {
  readonly organization: Organization;
  readonly accounts: readonly PlacedAccount[];
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
  const membership = await surveyOrganization(context);
  if (membership.is !== 'member') return undefined;
  const { survey } = membership;
  // Each has a quota of its own to wait for.
  const [{ accounts: listed, reach }, administrators, services, structure, controls] = await Promise.all([
    survey.accounts(() => {}),
    survey.administrators(),
    survey.services(),
    survey.structure(),
    survey.controls(),
  ]);
  const accounts = await survey.placed(listed);
  return {
    accounts: accountTags
      ? await context.limit(accounts, async (account) => await withTags(context, account))
      : accounts,
    organization: {
      ...survey.identity,
      organizationalUnits: structure.organizationalUnits,
      policyTypes: structure.policyTypes,
      ...controls?.policies,
      trustedServices: services.it,
      delegatedAdministrators: administrators.it,
      ...(reach.is === 'whole' ? {} : { accountsGap: reach.gap.gap }),
      eventDataStoresGap: storesGap.gap,
      evidence: {
        ...survey.evidence,
        ...structure.evidence,
        ...controls?.evidence,
        ...services.evidence,
        ...administrators.evidence,
      },
    },
  };
}
