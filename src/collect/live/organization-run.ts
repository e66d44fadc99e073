import { isOptInRegion } from '../../model/identifiers.js';
import type { Organization } from '../../model/inventory.js';
import { absent, type Known, type Unknown } from '../../model/known.js';
import type { ListedAccount } from '../../normalize/index.js';
import { once } from '../aws/service.js';
import { withTags } from '../organization/account-tags.js';
import { whyNothingIsListed } from '../organization/organization-errors.js';
import { checkScope, scopeOf, type ScopeAnswer, type ScopeOptions } from '../organization/scope.js';
import type { ListedAccounts, OrganizationSurvey } from '../organization/survey.js';
import type { Context } from '../run/context.js';
import type { Accounts } from './accounts.js';
import { findTrails } from './organization-trails.js';

export interface OrganizationRunOptions {
  readonly scope: ScopeOptions;
  /** Where an account is read, when not here. */
  readonly elsewhere: (accountId: string) => string | undefined;
  readonly deep: boolean;
  readonly accountTags: boolean;
  readonly onListed: (accounts: number) => void;
  readonly onRead: () => void;
}

export interface OrganizationRun {
  readonly organization: Organization;
  /** Account id → root and OUs, where ListAccounts gave no paths. */
  readonly parents: ReadonlyMap<string, Known<readonly string[]>>;
}

/**
 * Reads every account of the organization. Accounts are read while their list still comes, page by page: the quota
 * of Organizations is what a large run waits for.
 *
 * @throws UsageError where not one page of the list can be read: the caller is told where to run
 */
export async function runOrganization(
  context: Context,
  survey: OrganizationSurvey,
  accounts: Accounts,
  options: OrganizationRunOptions,
): Promise<OrganizationRun> {
  const { identity, evidence } = survey;
  const trails = once(() => findTrails(context, identity.managementAccountId, survey.administrators, accounts));
  const readOne = accountReader(context, survey, accounts, { ...options, trails });
  const { accounts: listed, reach } = await readPages(context, survey, readOne, options);
  const [administrators, services, structure, controls, found] = await Promise.all([
    survey.administrators(),
    survey.services(),
    survey.structure(),
    survey.controls(),
    trails(),
  ]);
  const placed = await survey.placed(listed);
  if (reach.is === 'whole') checkScope(options.scope, placed, identity.id);
  const storesGap = eventDataStoresGap(accounts, identity.managementAccountId, administrators.it);
  return {
    parents: new Map(placed.map(({ id, parents }) => [id, parents])),
    organization: {
      ...identity,
      organizationalUnits: structure.organizationalUnits,
      policyTypes: structure.policyTypes,
      ...controls?.policies,
      trustedServices: services.it,
      delegatedAdministrators: administrators.it,
      ...(reach.is === 'whole' ? {} : { accountsGap: reach.gap.gap }),
      ...(found.gap === undefined ? {} : { trailsGap: found.gap.gap }),
      ...(storesGap === undefined ? {} : { eventDataStoresGap: storesGap.gap }),
      evidence: {
        ...evidence,
        ...structure.evidence,
        ...controls?.evidence,
        ...services.evidence,
        ...administrators.evidence,
      },
    },
  };
}

/** One for each service that is first asked about where logs go, in its order. */
const callsAfterwards = [
  's3:HeadBucket',
  'logs:DescribeLogGroups',
  'kms:DescribeKey',
  's3control:GetPublicAccessBlock',
  'iam:GetRole',
] as const;

async function readPages(
  context: Context,
  survey: OrganizationSurvey,
  readOne: (account: ListedAccount) => Promise<void>,
  options: OrganizationRunOptions,
): Promise<ListedAccounts> {
  const accounts: ListedAccount[] = [];
  const reading: Promise<unknown>[] = [];
  const reach = await survey.eachPage((page) => {
    // The quota lets wait for the pages that follow: time to load what is called when all have come.
    if (accounts.length === 0) context.aws.loadAhead(callsAfterwards);
    accounts.push(...page);
    options.onListed(accounts.length);
    // Begun early, as the walk takes long, and the accounts of a control policy come as slowly as those of the organization.
    const walk = page.some(({ parents }) => parents === undefined) ? [survey.walked()] : [];
    reading.push(survey.services(), survey.structure(), survey.controls(), ...walk, context.limit(page, readOne));
  });
  if (reach.is === 'refused') throw whyNothingIsListed(context, survey, reach);
  await Promise.all(reading);
  return { accounts, reach };
}

interface Asked extends OrganizationRunOptions {
  readonly trails: () => ReturnType<typeof findTrails>;
}

function accountReader(
  context: Context,
  survey: OrganizationSurvey,
  accounts: Accounts,
  asked: Asked,
): (account: ListedAccount) => Promise<void> {
  const tagged = async (account: ListedAccount): Promise<ListedAccount> =>
    asked.accountTags ? await withTags(context, account) : account;
  return async (account) => {
    const standing = await standingOf(survey, account, asked.scope);
    const isManagementAccount = account.id === survey.identity.managementAccountId;
    // What belongs to the organization is read whatever the scope: it decides about the accounts in it.
    if (standing.is !== 'in' && !(isManagementAccount && account.state === 'ACTIVE')) {
      accounts.leaveOut(await tagged(account), standing);
    } else {
      const [{ trails: organizationTrails }, administrators] = await Promise.all([
        asked.trails(),
        survey.administrators(),
      ]);
      const isAdministrator = administrators.it.state === 'known' && administrators.it.value.includes(account.id);
      const where = standing.is === 'in' ? asked.elsewhere(account.id) : undefined;
      // Each part of a run reads what is the organization's, by which the accounts of that part are judged.
      if (where !== undefined && !isManagementAccount && !isAdministrator) {
        accounts.leaveElsewhere(account, where);
        asked.onRead();
        return;
      }
      const administers = standing.is === 'in' && (isManagementAccount || isAdministrator);
      const plan = {
        organizationTrails: organizationTrails.filter((trail) => trail.accountId !== account.id),
        asksEventDataStores: isManagementAccount || isAdministrator || asked.deep,
        asksRegions: asked.deep,
        asksTrailsEverywhere: asked.deep,
        asksRecorders: context.asksRecorders && standing.is === 'in',
        asksFullAccess: context.asksFullAccess && administers,
        asksTrailRights: context.asksTrailRights && administers,
        chosen: standing.is === 'in' ? context.chosen : new Set<never>(),
      };
      const home = organizationTrails[0]?.homeRegion;
      // The organization's home Region is the one that no control policy closes; an opt-in one may be switched off.
      const region = home === undefined || isOptInRegion(context.partition, home) ? context.region : home;
      await accounts.read(await tagged(account), plan, region, standing);
    }
    asked.onRead();
  };
}

/** Only a scope by OU has to wait for the walk. */
async function standingOf(
  survey: OrganizationSurvey,
  account: ListedAccount,
  scope: ScopeOptions,
): Promise<ScopeAnswer> {
  const parents = scope.organizationalUnits.length === 0 ? absent : await survey.parentsOf(account);
  return scopeOf(account, parents, scope);
}

/** The organization's event data stores are listed by its management account and by its delegated administrators. */
function eventDataStoresGap(
  accounts: Accounts,
  managementAccountId: string,
  administrators: Known<readonly string[]>,
): Unknown | undefined {
  const who = new Set([managementAccountId, ...(administrators.state === 'known' ? administrators.value : [])]);
  const answers = accounts.accounts.filter(({ id }) => who.has(id)).map((it) => it.eventDataStores ?? it.ownTrails);
  if (answers.some((it) => it.state === 'known')) return undefined;
  return answers.find((it): it is Unknown => it.state === 'unknown');
}
