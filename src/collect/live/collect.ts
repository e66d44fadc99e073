import type { Account, Inventory, Organization } from '../../model/inventory.js';
import { absent, known, type Unknown } from '../../model/known.js';
import { Aws, type CallSettings } from '../aws/aws-call.js';
import { identify, type Identity } from '../aws/identity.js';
import type { Session } from '../aws/session.js';
import { Accounts } from './accounts.js';
import { EarlyDestinations } from './early-destinations.js';
import type { Progress } from '../run/start.js';
import { makeContext, type Context } from '../run/context.js';
import { readAccountBlocks, readDestinations, type Destinations } from '../resources/destinations.js';
import { cannotDescribeOrganization, nothingToSplit } from '../organization/organization-errors.js';
import { runOrganization, type OrganizationRun } from './organization-run.js';
import { elsewhereOf, type PartOptions } from '../organization/partition-accounts.js';
import { isNamedLogArchive } from '../resources/bucket-owner.js';
import { checkScopeAlone, scopeOf, type ScopeOptions } from '../organization/scope.js';
import { surveyOrganization } from '../organization/survey.js';
import { ownerFinder, readOtherLogBuckets } from '../resources/other-log-buckets.js';
import { withReplicaRegions } from '../resources/replica-regions.js';
import { withDestinations } from '../resources/other-log-destinations.js';
import { findOrganizationTrails } from '../resources/trails.js';
import { byArn, byId } from '../../text/order.js';

export interface LiveOptions {
  readonly region: string;
  readonly roleName: string;
  readonly externalId: string | undefined;
  readonly logArchiveAccount: string | undefined;
  readonly scope: ScopeOptions;
  /** Which accounts of the scope are read: all, unless this says otherwise. */
  readonly part?: PartOptions | undefined;
  /** Members are asked for their own event data stores, Regions and recorders, and any account for the log bucket. */
  readonly deep: boolean;
  /** Reads the tags of accounts, one call each: only where bindings name tags. */
  readonly accountTags?: boolean | undefined;
  /** Accounts at once. */
  readonly concurrency: number;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Reads the state of CloudTrail, live, in all accounts of the caller's organization, or in the caller's account
 * alone where there is none.
 *
 * @throws UsageError when nothing can be read: no credentials, or a caller that may not list the accounts.
 */
export async function collectLive(settings: CallSettings, base: Session, options: LiveOptions): Promise<Inventory> {
  const capturedAt = new Date(settings.clock.now());
  const aws = new Aws(settings);
  const identity = await identify(aws, base, options.region);
  const session = base.as(identity.accountId);
  const context = makeContext(aws, session, identity, options, capturedAt);
  const early = earlyDestinations(context, options);
  const accounts = new Accounts(context, (accountId, trails) => early?.accountRead(accountId, trails));
  const { run, parents, standsAlone } = await readAccounts(context, accounts, identity, options);
  options.onProgress({ listed: accounts.accounts.length, read: accounts.accounts.length, phase: 'destinations' });
  const trails = [...accounts.trails.values()].toSorted(byArn);
  const stores = [...accounts.stores.values()].toSorted(byArn);
  early?.end();
  const search = ownerSearch(accounts, run?.organization, options);
  const destinations = await readDestinations(
    context,
    trails,
    stores,
    search,
    administratorsOf(run?.organization),
    accounts.chosen().eventBuses,
  );
  const findOwner = ownerFinder(context, search);
  const chosen = await withDestinations(context, accounts.chosen(), destinations, search, findOwner);
  const otherLogBuckets = await readOtherLogBuckets(context, chosen, destinations.buckets, findOwner);
  const accountBlocks = await readAccountBlocks(context, otherLogBuckets ?? [], destinations.accountBlocks);
  const buckets = await withReplicaRegions(destinations.buckets, async (name, by) => (await findOwner(name, by)).owner);
  const { ledger } = settings;
  return {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version: settings.version },
    capturedAt: capturedAt.toISOString(),
    source: 'live',
    partition: identity.partition,
    caller: { accountId: identity.accountId, arn: identity.arn },
    scope: { ...options.scope, deep: options.deep },
    interrupted: settings.signal.aborted,
    ...(options.part?.shard === undefined ? {} : { shard: { ...options.part.shard, roleName: options.roleName } }),
    organization: run?.organization ?? null,
    ...(standsAlone === true ? { standsAlone } : {}),
    accounts: finish(accounts.accounts, parents, accountBlocks),
    trails,
    eventDataStores: stores,
    buckets: buckets.toSorted(byArn),
    keys: destinations.keys.toSorted(byArn),
    logGroups: destinations.logGroups.toSorted(byArn),
    ...destinations.watched,
    ...chosen,
    ...(otherLogBuckets === undefined ? {} : { otherLogBuckets }),
    evidence: ledger.evidence(),
    gaps: ledger.gaps(),
    apiCalls: ledger.apiCalls(),
  };
}

/** Who keeps answers, or reads kept ones, gets each question in its turn. */
function earlyDestinations(context: Context, { logArchiveAccount }: LiveOptions): EarlyDestinations | undefined {
  const { recorder, replay } = context.aws.settings;
  return recorder === undefined && replay === undefined ? new EarlyDestinations(context, logArchiveAccount) : undefined;
}

async function readAccounts(
  context: Context,
  accounts: Accounts,
  identity: Identity,
  options: LiveOptions,
): Promise<ReadAccounts> {
  const alone = options.scope.accounts.length === 1 && options.scope.accounts[0] === identity.accountId;
  const membership = await surveyOrganization(context);
  if (membership.is === 'unknown' && !alone) throw cannotDescribeOrganization(identity.accountId, membership.failure);
  const survey = membership.is === 'member' ? membership.survey : undefined;
  if (survey === undefined || (alone && survey.identity.managementAccountId !== identity.accountId)) {
    if (options.part !== undefined) throw nothingToSplit(identity.accountId);
    await readAlone(context, accounts, identity, options);
    const { accountId } = identity;
    if (membership.is === 'alone') return { parents: new Map(), standsAlone: true };
    const gap = membership.is === 'unknown' ? membership.gap : unplaced(context, identity);
    return { parents: new Map([[accountId, gap]]) };
  }
  let listed = 0;
  let read = 0;
  const report = (): void => options.onProgress({ listed, read, phase: 'accounts' });
  const run = await runOrganization(context, survey, accounts, {
    scope: options.scope,
    elsewhere: elsewhereOf(options.part),
    deep: options.deep,
    accountTags: options.accountTags === true,
    onListed: (count) => {
      listed = count;
      report();
    },
    onRead: () => {
      read += 1;
      report();
    },
  });
  return { run, parents: run.parents };
}

interface ReadAccounts {
  /** Missing where the caller's account is read alone. */
  readonly run?: OrganizationRun;
  /** For accounts that were listed without their OUs; one that is missing is in none. */
  readonly parents: OrganizationRun['parents'];
  /** AWS said that the caller's account is in no organization. */
  readonly standsAlone?: true;
}

/** A member that is read alone is in some OU, which only the management account and its delegates can tell. */
function unplaced({ aws }: Context, { accountId }: Identity): Unknown {
  const asked = { call: 'organizations:ListAccounts', accountId, region: 'global' };
  const message = `Account ${accountId} is read alone: only the management account can read its OUs and tags.`;
  return aws.settings.ledger.addGap(asked, { reason: 'not-collected', message }, new Date(aws.settings.clock.now()));
}

/** The caller's account by itself; a trail of an organization that it sees is credited as far as it can tell. */
async function readAlone(
  context: Context,
  accounts: Accounts,
  { accountId }: Identity,
  { scope, deep }: LiveOptions,
): Promise<void> {
  checkScopeAlone(scope, accountId);
  const account = { id: accountId, name: accountId, state: 'ACTIVE' };
  const visible = await findOrganizationTrails(context, context.sessions.base, context.region);
  const theirs = visible.it.state === 'known' ? visible.it.value.filter((it) => it.accountId !== accountId) : [];
  const standing = scopeOf(account, absent, scope);
  const plan = {
    organizationTrails: theirs,
    asksEventDataStores: true,
    asksRegions: deep,
    asksTrailsEverywhere: deep,
    asksRecorders: context.asksRecorders && standing.is === 'in',
    asksFullAccess: false,
    asksTrailRights: false,
    chosen: standing.is === 'in' ? context.chosen : new Set<never>(),
    // Without this list, a trail of the organization may record the account unseen.
    ...(visible.it.state === 'unknown' ? { unseenTrails: visible.it } : {}),
  };
  await accounts.read(account, plan, context.region, standing);
}

function ownerSearch(accounts: Accounts, organization: Organization | undefined, options: LiveOptions) {
  const isActive = ({ state }: Account): boolean => state === 'ACTIVE';
  const active = accounts.accounts.filter(isActive).map((account) => account.id);
  return {
    logArchiveAccount: options.logArchiveAccount,
    namedLogArchive: accounts.accounts
      .filter((account) => isActive(account) && isNamedLogArchive(account))
      .map((account) => account.id)
      .toSorted(),
    organizationAccounts: new Set(active),
    hasClosed: active.length < accounts.accounts.length,
    everyAccount: accounts.accounts
      .filter((it) => isActive(it) && it.outOfScope === undefined)
      // One that could not be entered will not let the run in now; one that another part of the run reads may.
      .filter((it) => it.ownTrails.state === 'known' || it.elsewhere !== undefined)
      .map((it) => it.id)
      .toSorted(),
    listIn: [...administratorsOf(organization), ...(options.deep ? active.toSorted() : [])],
  };
}

function administratorsOf(organization: Organization | undefined): readonly string[] {
  const administrators = organization?.delegatedAdministrators;
  return administrators?.state === 'known' ? administrators.value : [];
}

function finish(
  accounts: readonly Account[],
  parents: OrganizationRun['parents'],
  accountBlocks: Destinations['accountBlocks'],
): Account[] {
  return accounts
    .map((account) => {
      const block = accountBlocks.get(account.id);
      return {
        ...account,
        ...(account.parents.state === 'absent' ? { parents: parents.get(account.id) ?? known([]) } : {}),
        ...(block === undefined
          ? {}
          : { publicAccessBlock: block.it, evidence: { ...account.evidence, ...block.evidence } }),
      };
    })
    .toSorted(byId);
}
