import { InterruptedError } from '../../model/errors.js';
import { isOptInRegion, leaderRegion } from '../../model/identifiers.js';
import { Aws } from '../aws/aws-call.js';
import { identify, type Identity } from '../aws/identity.js';
import { makeContext, type Context } from '../run/context.js';
import { outOfScope, type ScopeOptions } from '../organization/scope.js';
import { startRun, type RunOptions, type Started } from '../run/start.js';
import { findOrganizationTrails } from '../resources/trails.js';
import { checkAccount, type Readiness } from './check-account.js';
import { scopeReasons, seeOrganization, type Membership, type SeenOrganization } from './organization.js';

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
  readonly membership: Membership;
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
  const membership = await seeOrganization(context, (listed) => onProgress({ listed, read: 0, phase: 'organization' }));
  const organization = membership.is === 'member' ? membership.organization : undefined;
  const known = organization === undefined || organization.accounts.length === 0 ? undefined : organization;
  const reasons =
    known === undefined ? ownScope(caller.accountId, options.scope) : await scopeReasons(context, known, options.scope);
  const listed: readonly NamedAccount[] = known?.accounts ?? [{ id: caller.accountId, name: caller.accountId }];
  const organizations = organizationAccounts(known);
  const toCheck = listed.filter(({ id }) => !reasons.has(id) || organizations.has(id));
  const regionOf = await regionsToAsk(context, known);
  let read = 0;
  const checked = await context.limit(toCheck, async ({ id, name }): Promise<CheckedAccount> => {
    const readiness = await checkAccount(context, id, regionOf(id), otherRegion(context, regionOf(id)));
    read += 1;
    onProgress({ listed: toCheck.length, read, phase: 'accounts' });
    return { id, name, ...readiness };
  });
  if (settings.signal.aborted) throw new InterruptedError('Interrupted: not every account was checked.');
  return {
    checkedAt: startedAt.toISOString(),
    caller,
    region,
    membership,
    accounts: checked.filter(({ id }) => !reasons.has(id)).toSorted(byId),
    outOfScope: listed
      .flatMap(({ id, name }) => {
        const reason = reasons.get(id);
        return reason === undefined ? [] : [{ id, name, reason }];
      })
      .toSorted(byId),
    readersOfTrails: checked.filter((it) => it.isReady && organizations.has(it.id)).map(({ id }) => id),
    apiCalls: settings.ledger.total,
  };
}

/** Without a list of accounts there is the caller's own, if the flags do not leave it out. */
function ownScope(accountId: string, scope: ScopeOptions): ReadonlyMap<string, string> {
  const reason = outOfScope({ id: accountId, state: 'ACTIVE' }, undefined, scope);
  return new Map(reason === undefined ? [] : [[accountId, reason]]);
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

function byId(a: NamedAccount, b: NamedAccount): number {
  return a.id < b.id ? -1 : 1;
}
