import { InterruptedError } from '../../model/errors.js';
import { isOptInRegion } from '../../model/identifiers.js';
import type { Organization, OrganizationalUnit } from '../../model/inventory.js';
import type { Known, Unknown } from '../../model/known.js';
import type { ListedAccount } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Accounts } from './accounts.js';
import type { Context } from '../run/context.js';
import { cannotListAccounts } from '../organization/organization-errors.js';
import {
  listAccounts,
  parentsByWalk,
  readDelegatedAdministrators,
  readStructure,
  readTrustedServices,
  type OrganizationIdentity,
} from '../organization/organization.js';
import { findTrails } from './organization-trails.js';
import { withTags } from '../organization/account-tags.js';
import { checkScope, outOfScope, type ScopeOptions } from '../organization/scope.js';

export interface OrganizationRunOptions {
  readonly scope: ScopeOptions;
  /** Where an account is read, when not here. */
  readonly elsewhere: (accountId: string) => string | undefined;
  readonly deep: boolean;
  readonly accountTags: boolean;
  readonly onListed: (accounts: number) => void;
  readonly onRead: () => void;
}

type Parents = Known<ReadonlyMap<string, readonly string[]>>;

export interface OrganizationRun {
  readonly organization: Organization;
  /** Account id → root and OUs, for where ListAccounts gave no paths. */
  readonly parents: Parents | undefined;
}

/**
 * Reads every account of the organization. Accounts are read while their list still comes, page by page: the quota
 * of Organizations is what a large run waits for.
 */
export async function runOrganization(
  context: Context,
  identity: OrganizationIdentity,
  evidence: Readonly<Record<string, string>>,
  accounts: Accounts,
  options: OrganizationRunOptions,
): Promise<OrganizationRun> {
  const pages = listAccounts(context);
  const first = await firstPage(context, identity, pages);
  const asked = {
    administrators: readDelegatedAdministrators(context),
    services: readTrustedServices(context),
    structure: readStructure(context),
  };
  let walking: Promise<Parents> | undefined;
  const parents = (): Promise<Parents> =>
    (walking ??= asked.structure.then((it) => walk(context, it.organizationalUnits)));
  // Begun early, as it takes long; the pages after the first are looked at, too, before it is left out.
  if (first.some((account) => account.parents === undefined)) void parents();
  const trails = findTrails(context, identity.managementAccountId, asked.administrators, accounts);
  const readOne = accountReader(context, identity, accounts, { ...options, ...asked, parents, trails });
  const { listed, gap } = await readPages(context, first, pages, readOne, options);

  const [administrators, services, structure, found] = await Promise.all([
    asked.administrators,
    asked.services,
    asked.structure,
    trails,
  ]);
  const walked = listed.some((account) => account.parents === undefined) ? await parents() : undefined;
  if (gap === undefined)
    checkScope(options.scope, new Set(listed.map(({ id }) => id)), parentIds(listed, walked), identity.id);
  const storesGap = eventDataStoresGap(accounts, identity, administrators.it);
  return {
    parents: walked,
    organization: {
      ...identity,
      organizationalUnits: structure.organizationalUnits,
      policyTypes: structure.policyTypes,
      trustedServices: services.it,
      delegatedAdministrators: administrators.it,
      ...(gap === undefined ? {} : { accountsGap: gap.gap }),
      ...(found.state === 'unknown' ? { trailsGap: found.gap } : {}),
      ...(storesGap === undefined ? {} : { eventDataStoresGap: storesGap.gap }),
      evidence: { ...evidence, ...structure.evidence, ...services.evidence, ...administrators.evidence },
    },
  };
}

type AccountPages = ReturnType<typeof listAccounts>;

/** Without the first page nothing can be judged: the caller is told where to run. */
async function firstPage(
  context: Context,
  identity: OrganizationIdentity,
  pages: AccountPages,
): Promise<readonly ListedAccount[]> {
  const { value } = await pages.next();
  if (value?.it.state === 'known') return value.it.value;
  if (context.aws.settings.signal.aborted) throw new InterruptedError('Interrupted before any account was read.');
  throw cannotListAccounts(context, identity, value?.failure);
}

async function readPages(
  context: Context,
  first: readonly ListedAccount[],
  pages: AccountPages,
  readOne: (account: ListedAccount) => Promise<void>,
  options: OrganizationRunOptions,
): Promise<{ listed: ListedAccount[]; gap: Unknown | undefined }> {
  const listed = new Map<string, ListedAccount>();
  const reading: Promise<unknown>[] = [];
  const read = (page: readonly ListedAccount[]): void => {
    // A page that comes again must not put its accounts into the inventory twice.
    const fresh = page.filter(({ id }) => !listed.has(id));
    for (const account of fresh) listed.set(account.id, account);
    options.onListed(listed.size);
    reading.push(context.limit(fresh, readOne));
  };
  read(first);
  let gap: Unknown | undefined;
  for await (const { it } of pages) {
    if (it.state === 'unknown') gap = it;
    if (it.state !== 'known') break;
    read(it.value);
  }
  await Promise.all(reading);
  return { listed: [...listed.values()], gap };
}

interface Asked extends OrganizationRunOptions {
  readonly administrators: Promise<Answer<readonly string[]>>;
  /** Walks the structure, once, for accounts whose paths ListAccounts did not give. */
  readonly parents: () => Promise<Parents>;
  readonly trails: ReturnType<typeof findTrails>;
}

function accountReader(
  context: Context,
  identity: OrganizationIdentity,
  accounts: Accounts,
  asked: Asked,
): (account: ListedAccount) => Promise<void> {
  const tagged = async (account: ListedAccount): Promise<ListedAccount> =>
    asked.accountTags ? await withTags(context, account) : account;
  return async (account) => {
    const parents = account.parents ?? (await parentsOf(account.id, asked));
    const reason = outOfScope(account, parents, asked.scope);
    const isManagementAccount = account.id === identity.managementAccountId;
    // What belongs to the organization is read whatever the scope: it decides about the accounts in it.
    if (reason !== undefined && !(isManagementAccount && account.state === 'ACTIVE')) {
      accounts.leaveOut(await tagged(account), reason);
    } else {
      const [trails, administrators] = await Promise.all([asked.trails, asked.administrators]);
      const organizationTrails = trails.state === 'known' ? trails.value : [];
      const isAdministrator = administrators.it.state === 'known' && administrators.it.value.includes(account.id);
      const where = reason === undefined ? asked.elsewhere(account.id) : undefined;
      // Each part of a run reads what is the organization's, by which the accounts of that part are judged.
      if (where !== undefined && !isManagementAccount && !isAdministrator) {
        accounts.leaveElsewhere(account, where);
        asked.onRead();
        return;
      }
      const plan = {
        organizationTrails: organizationTrails.filter((trail) => trail.accountId !== account.id),
        asksEventDataStores: isManagementAccount || isAdministrator || asked.deep,
        asksRegions: asked.deep,
        asksRecorders: context.asksRecorders && reason === undefined,
      };
      const home = organizationTrails[0]?.homeRegion;
      // The organization's home Region is the one that no control policy closes; an opt-in one may be switched off.
      const region = home === undefined || isOptInRegion(context.partition, home) ? context.region : home;
      await accounts.read(await tagged(account), plan, region, reason);
    }
    asked.onRead();
  };
}

/** Only a scope by OU has to wait for the walk. */
async function parentsOf(accountId: string, asked: Asked): Promise<readonly string[] | undefined> {
  if (asked.scope.organizationalUnits.length === 0) return undefined;
  const walked = await asked.parents();
  return walked.state === 'known' ? walked.value.get(accountId) : undefined;
}

async function walk(context: Context, units: Known<readonly OrganizationalUnit[]>): Promise<Parents> {
  return units.state === 'known' ? await parentsByWalk(context, units.value) : units;
}

function parentIds(listed: readonly ListedAccount[], walked: Parents | undefined): ReadonlySet<string> | undefined {
  if (walked?.state === 'unknown') return undefined;
  const byWalk = walked?.state === 'known' ? [...walked.value.values()] : [];
  return new Set([...listed.map((account) => account.parents ?? []), ...byWalk].flat());
}

/** The organization's event data stores are listed by its management account and by its delegated administrators. */
function eventDataStoresGap(
  accounts: Accounts,
  identity: OrganizationIdentity,
  administrators: Known<readonly string[]>,
): Unknown | undefined {
  const who = new Set([
    identity.managementAccountId,
    ...(administrators.state === 'known' ? administrators.value : []),
  ]);
  const answers = accounts.accounts.filter(({ id }) => who.has(id)).map((it) => it.eventDataStores ?? it.ownTrails);
  if (answers.some((it) => it.state === 'known')) return undefined;
  return answers.find((it): it is Unknown => it.state === 'unknown');
}
