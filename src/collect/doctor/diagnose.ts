import { InterruptedError, UsageError } from '../../model/errors.js';
import { isOptInRegion, leaderRegion } from '../../model/identifiers.js';
import { absent, type Known, type Unknown } from '../../model/known.js';
import { Aws } from '../aws/aws-call.js';
import { identify, type Identity } from '../aws/identity.js';
import { makeContext, type Context } from '../run/context.js';
import { checkScopeAlone, scopeOf, type ScopeAnswer, type ScopeOptions } from '../organization/scope.js';
import { surveyOrganization } from '../organization/survey.js';
import { startRun, type RunOptions, type Started } from '../run/start.js';
import { findOrganizationTrails } from '../resources/trails.js';
import { checkAccount, type Readiness } from './check-account.js';
import { seeOrganization, standingsOf, type SeenMembership, type SeenOrganization } from './organization.js';
import { byId } from '../../text/order.js';

export interface DiagnoseOptions extends Omit<RunOptions, 'calls'> {
  readonly roleName: string;
  readonly externalId: string | undefined;
  readonly scope: ScopeOptions;
}

interface NamedAccount {
  readonly id: string;
  readonly name: string;
}

export type CheckedAccount = NamedAccount & Readiness;

/** What was found out about the caller, the organization and each account. */
export interface Diagnosis {
  /** RFC 3339 */
  readonly checkedAt: string;
  readonly caller: Identity;
  readonly region: string;
  readonly membership: SeenMembership;
  /** Those in scope, by id. */
  readonly accounts: readonly CheckedAccount[];
  readonly outOfScope: readonly (NamedAccount & { readonly reason: string })[];
  /** Ready accounts that show the organization's trails, in scope or not: its management account, its administrators. */
  readonly readersOfTrails: readonly string[];
  /** HTTP requests. */
  readonly apiCalls: number;
}

/**
 * Finds out whether a scan with the same options will be able to read the accounts, with the calls that a scan begins
 * with: a few for the organization and two an account.
 *
 * @throws UsageError without credentials that work, and for accounts that the organization does not have;
 * InterruptedError when it was stopped: half a diagnosis proves nothing.
 */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  return await startRun({ ...options, calls: undefined }, async (started) => await run(started, options));
}

async function run({ settings, base, region, onProgress }: Started, options: DiagnoseOptions): Promise<Diagnosis> {
  const startedAt = new Date(settings.clock.now());
  const aws = new Aws(settings);
  const caller = await identify(aws, base, region);
  const session = base.as(caller.accountId);
  const context = makeContext(aws, session, caller, { ...options, region, deep: false }, startedAt);
  const { membership, organization, listed, standings } = await look(context, caller, options.scope, (accounts) =>
    onProgress({ listed: accounts, read: 0, phase: 'organization' }),
  );
  const organizations = organizationAccounts(organization);
  const isAsked = (id: string): boolean => standings.get(id)?.is === 'in';
  const toCheck = listed.filter(({ id }) => isAsked(id) || organizations.has(id));
  const regionOf = await regionsToAsk(context, organization);
  let read = 0;
  const checked = await context.limit(toCheck, async ({ id, name }): Promise<CheckedAccount> => {
    const readiness = await checkAccount(context, id, regionOf(id), otherRegion(context, regionOf(id)));
    read += 1;
    onProgress({ listed: toCheck.length, read, phase: 'accounts' });
    return { id, name, ...readiness };
  });
  if (settings.signal.aborted) throw new InterruptedError('Interrupted: not every account was checked.');
  const { ended } = session;
  if (ended !== undefined) {
    throw new UsageError(`Not every account was checked. ${ended.message}.`, 'Sign in again, then: trailproof doctor');
  }
  const notPlaced = listed.flatMap(({ id, name }): CheckedAccount[] => {
    const standing = standings.get(id);
    return standing?.is === 'unknown' ? [{ id, name, ...notReady(context, standing.gap) }] : [];
  });
  return {
    checkedAt: startedAt.toISOString(),
    caller,
    region,
    membership,
    accounts: [...checked.filter(({ id }) => isAsked(id)), ...notPlaced].toSorted(byId),
    outOfScope: listed
      .flatMap(({ id, name }) => {
        const standing = standings.get(id);
        return standing?.is === 'out' ? [{ id, name, reason: standing.reason }] : [];
      })
      .toSorted(byId),
    readersOfTrails: checked.filter((it) => it.isReady && organizations.has(it.id)).map(({ id }) => id),
    apiCalls: settings.ledger.total,
  };
}

interface Looked {
  readonly membership: SeenMembership;
  /** Undefined where its accounts cannot be listed. */
  readonly organization: SeenOrganization | undefined;
  readonly listed: readonly NamedAccount[];
  readonly standings: ReadonlyMap<string, ScopeAnswer>;
}

/** Finds the accounts that there are; without a list of them there is the caller's own. */
async function look(
  context: Context,
  { accountId }: Identity,
  scope: ScopeOptions,
  onListed: (accounts: number) => void,
): Promise<Looked> {
  const membership = await surveyOrganization(context);
  const own = { id: accountId, name: accountId, state: 'ACTIVE' };
  const alone = (parents: Known<never>) => ({
    organization: undefined,
    listed: [own],
    standings: new Map([[accountId, scopeOf(own, parents, scope)]]),
  });
  switch (membership.is) {
    case 'alone':
      checkScopeAlone(scope, accountId);
      return { membership, ...alone(absent) };
    case 'unknown':
      return { membership: { is: 'unknown', message: membership.failure.message }, ...alone(membership.gap) };
    case 'member': {
      const { survey } = membership;
      const accounts = await survey.accounts(onListed);
      const organization = await seeOrganization(survey, accounts);
      const seen = { membership: { is: 'member', organization } as const };
      if (accounts.reach.is === 'refused') return { ...seen, ...alone(accounts.reach.gap) };
      const standings = await standingsOf(survey, accounts, scope);
      return { ...seen, organization, listed: accounts.accounts, standings };
    }
  }
}

/** An account whose OU could not be read, and which `--ou` may mean. */
function notReady({ aws, region }: Context, gap: Unknown): Extract<Readiness, { isReady: false }> {
  const { reason, message } = aws.settings.ledger.gap(gap);
  const cause = reason === 'access-denied' ? 'caller-permission' : 'no-answer';
  return { isReady: false, cause, message: `Its OU could not be read, and --ou was given: ${message}`, region };
}

/** Accounts that a scan enters whatever its scope, for the organization's trails. */
function organizationAccounts(organization: SeenOrganization | undefined): ReadonlySet<string> {
  if (organization === undefined) return new Set();
  const { managementAccountId, cloudTrailAdministrators = [], accounts } = organization;
  const active = new Set(accounts.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id));
  return new Set([managementAccountId, ...cloudTrailAdministrators].filter((id) => active.has(id)));
}

/** As a scan does: members are asked in the home Region of the organization's trail, which no control policy closes. */
async function regionsToAsk(
  context: Context,
  organization: SeenOrganization | undefined,
): Promise<(accountId: string) => string> {
  if (organization === undefined) return () => context.region;
  const { managementAccountId } = organization;
  const home = await homeRegion(context, managementAccountId);
  const region = home === undefined || isOptInRegion(context.partition, home) ? context.region : home;
  return (accountId) => (accountId === managementAccountId ? context.region : region);
}

async function homeRegion(context: Context, managementAccountId: string): Promise<string | undefined> {
  for (const accountId of new Set([managementAccountId, context.sessions.base.accountId])) {
    const entered = await context.sessions.enter(accountId);
    if ('gap' in entered) continue;
    const { it } = await findOrganizationTrails(context, entered.session, context.region);
    const theirs = it.state === 'known' ? it.value.filter((trail) => trail.accountId === managementAccountId) : [];
    if (theirs[0] !== undefined) return theirs[0].homeRegion;
  }
  return undefined;
}

/** A Region that every account has, other than the one that is asked. */
function otherRegion({ region, partition }: Context, asked: string): string | undefined {
  return [region, leaderRegion(partition)].find((it) => it !== asked && !isOptInRegion(partition, it));
}
