import { alwaysEnabledRegions } from '../../model/identifiers.js';
import type { ListedAccount } from '../../normalize/index.js';
import { Aws } from '../aws/aws-call.js';
import { identify, type Identity } from '../aws/identity.js';
import type { LiveOptions } from '../live/collect.js';
import { makeContext, type Context } from '../run/context.js';
import type { OrganizationIdentity } from '../organization/organization.js';
import { cannotDescribeOrganization, nothingToSplit, whyNothingIsListed } from '../organization/organization-errors.js';
import { elsewhereOf } from '../organization/partition-accounts.js';
import { isNamedLogArchive } from '../resources/bucket-owner.js';
import { checkScope, checkScopeAlone, scopeOf } from '../organization/scope.js';
import { surveyOrganization } from '../organization/survey.js';
import { withScope, type CollectOptions } from '../live/collect-live.js';
import { startRun, type Started } from '../run/start.js';
import { operations } from '../aws/operations/index.js';
import { eachChosen } from '../../model/resource-kinds.js';
import { countCalls } from './counts.js';
import { durationOf, type Duration } from './duration.js';
import { exactly, sum, upTo, type Range } from './range.js';
import type { Count, Found, PlanInputs } from './rule.js';

export interface PlannedCall {
  readonly operation: string;
  readonly calls: Range;
  readonly purpose: string;
  /** Accounts that it is made in, at most. */
  readonly accounts: number;
  /** In each of them, one Region, each that is enabled, or those of the trails, buckets and keys. */
  readonly regions: Count['regions'];
}

/** What a scan would ask, and how long that takes. */
export interface Plan extends Duration {
  readonly caller: Identity;
  readonly accounts: {
    readonly listed: number;
    readonly toRead: number;
    readonly outOfScope: number;
    /** In other shards, or held by the inventory that is resumed. */
    readonly elsewhere: number;
    /** Why there may be more accounts, in AWS's words: their list could not be read to its end. */
    readonly listFailure?: string;
  };
  readonly calls: readonly PlannedCall[];
  readonly total: Range;
  /** What `at most` supposes of what only the accounts can tell. */
  readonly supposed: Found;
  /** HTTP requests that were made to find this out. */
  readonly asked: number;
}

/** CloudTrail allows so many in a Region; who has one that is multi-Region has it in each. */
const trailsInAccount = 5;
const storesInAccount = 10;
/** More Regions than the partition `aws` has, to leave room for new ones. */
const mostRegions = 40;

/**
 * Which calls a live run with these options makes, before any account is asked: only STS tells who is calling, and
 * Organizations which accounts there are.
 *
 * @throws UsageError as the run itself: without credentials, or for a caller that may not list the accounts.
 */
export async function planRun(options: CollectOptions): Promise<Plan> {
  return await startRun({ ...options, calls: withScope(options) }, async (started) => await plan(started, options));
}

async function plan({ settings, base, region, onProgress }: Started, options: CollectOptions): Promise<Plan> {
  const aws = new Aws(settings);
  const caller = await identify(aws, base, region);
  const at = new Date(settings.clock.now());
  const context = makeContext(aws, base.as(caller.accountId), caller, { ...options, region }, at);
  const seen = await see(context, caller, { ...options, region, onProgress });
  const organization = organizationCalls(context, seen);
  const reach = reachOf(seen, options, organization, context);
  const supposed: Found = {
    trails: upTo(trailsInAccount * reach.read),
    organizationTrails: upTo(trailsInAccount),
    eventDataStores: upTo(storesInAccount * reach.withStores),
    regions: { atLeast: alwaysEnabledRegions(caller.partition).length, atMost: mostRegions },
  };
  const counts = countCalls(reach, supposed, (name) => settings.calls?.has(name) ?? true);
  const total = sum([...counts.values()].map(({ calls }) => calls));
  return {
    caller,
    accounts: {
      listed: seen.accounts.length,
      toRead: reach.read,
      outOfScope: outOfScopeUnread(seen),
      elsewhere: seen.accounts.length - reach.read - outOfScopeUnread(seen),
      ...(seen.listFailure === undefined ? {} : { listFailure: seen.listFailure }),
    },
    calls: [...counts].map(([operation, count]) => ({
      operation,
      calls: count.calls,
      purpose: operations[operation].purpose,
      accounts: accountsOf(count, reach),
      regions: count.regions,
    })),
    total,
    supposed,
    ...durationOf(counts, total, options.concurrency),
    asked: settings.ledger.total,
  };
}

interface Seen {
  readonly callerId: string;
  /** undefined: the caller's account is read by itself. */
  readonly organization: OrganizationIdentity | undefined;
  readonly accounts: readonly Pick<ListedAccount, 'id' | 'name' | 'state' | 'parents'>[];
  /** Why there may be more accounts. */
  readonly listFailure: string | undefined;
  readonly administrators: ReadonlySet<string>;
  /** Accounts that are out of scope, or may be. */
  readonly outOfScope: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
}

/** Asks Organizations what a run asks, in the same calls. */
async function see(context: Context, { accountId }: Identity, options: LiveOptions): Promise<Seen> {
  const { scope, part } = options;
  const isOwnAlone = scope.accounts.length === 1 && scope.accounts[0] === accountId;
  const membership = await surveyOrganization(context);
  if (membership.is === 'unknown' && !isOwnAlone) throw cannotDescribeOrganization(accountId, membership.failure);
  const survey = membership.is === 'member' ? membership.survey : undefined;
  if (survey === undefined || (isOwnAlone && survey.identity.managementAccountId !== accountId)) {
    if (part !== undefined) throw nothingToSplit(accountId);
    checkScopeAlone(scope, accountId);
    const own = { id: accountId, name: accountId, state: 'ACTIVE', parents: [] };
    const none: ReadonlySet<string> = new Set();
    const alone = { callerId: accountId, organization: undefined, accounts: [own], listFailure: undefined };
    return { ...alone, administrators: none, outOfScope: none, elsewhere: none };
  }
  const { accounts, reach } = await survey.accounts(() => {});
  if (reach.is === 'refused') throw whyNothingIsListed(context, survey, reach);
  const [administrators] = await Promise.all([
    survey.administrators(),
    survey.services(),
    survey.structure(),
    survey.controls(),
  ]);
  const placed = await survey.placed(accounts);
  if (reach.is === 'whole') checkScope(scope, placed, survey.identity.id);
  const left = placed.filter((it) => scopeOf(it, it.parents, scope).is !== 'in');
  const elsewhere = elsewhereOf(part);
  return {
    callerId: accountId,
    organization: survey.identity,
    accounts,
    listFailure: reach.is === 'whole' ? undefined : reach.failure.message,
    administrators: new Set(administrators.it.state === 'known' ? administrators.it.value : []),
    outOfScope: new Set(left.map(({ id }) => id)),
    elsewhere: new Set(accounts.flatMap(({ id }) => (elsewhere(id) === undefined ? [] : [id]))),
  };
}

/** The run asks Organizations what was just asked; pages are counted as they came, and may have been retried. */
function organizationCalls(context: Context, { accounts }: Seen): PlanInputs['organization'] {
  const { byOperation } = context.aws.settings.ledger.apiCalls();
  const made = Object.entries(byOperation).filter(([name]) => name.startsWith('organizations:'));
  return Object.fromEntries(
    made.map(([name, atMost]) => {
      const pages = name === 'organizations:ListAccounts' ? Math.ceil(accounts.length / accountsInPage) : 1;
      return [name, { atLeast: pages, atMost }];
    }),
  );
}

/** Organizations gives at most so many. */
const accountsInPage = 20;

function reachOf(
  seen: Seen,
  options: CollectOptions,
  organization: PlanInputs['organization'],
  { asksRecorders, chosen }: Context,
): PlanInputs {
  const { accounts, administrators, callerId } = seen;
  const managementId = seen.organization?.managementAccountId;
  const active = accounts.filter(({ state }) => state === 'ACTIVE').map(({ id }) => id);
  const read = active.filter(
    (id) => id === managementId || (!seen.outOfScope.has(id) && (!seen.elsewhere.has(id) || administrators.has(id))),
  );
  const administers = (id: string): boolean => id === managementId || administrators.has(id);
  const showsStores = (id: string): boolean => options.deep || administers(id);
  const isAlone = seen.organization === undefined;
  const archives = accounts.filter(isNamedLogArchive).length;
  const inScope = {
    atLeast: read.filter((id) => !seen.outOfScope.has(id) && !seen.elsewhere.has(id)).length,
    atMost: read.length,
  };
  return {
    read: read.length,
    entered: read.filter((id) => id !== callerId).length,
    mayBeEntered: active.filter((id) => id !== callerId).length,
    withStores: isAlone ? read.length : read.filter(showsStores).length,
    administering: isAlone
      ? exactly(0)
      : {
          atLeast: read.filter((id) => administers(id) && !seen.outOfScope.has(id) && !seen.elsewhere.has(id)).length,
          atMost: read.filter(administers).length,
        },
    otherReaders: isAlone ? 0 : [...new Set([callerId, ...administrators])].filter((id) => id !== managementId).length,
    listedForBuckets: administrators.size + (options.deep ? active.length : 0),
    namedForBuckets: archives + (options.logArchiveAccount === undefined ? 0 : 1),
    withRecorders: asksRecorders ? inScope : exactly(0),
    trailsEverywhere: options.deep,
    chosen: eachChosen((kind) => (chosen.has(kind) ? inScope : exactly(0))),
    tagged: options.accountTags === true && !isAlone ? read.length + outOfScopeUnread(seen) : 0,
    isAlone,
    concurrency: options.concurrency,
    organization,
  };
}

/** Accounts out of scope; the management account is read all the same. */
function outOfScopeUnread({ accounts, outOfScope: left, organization }: Seen): number {
  return accounts.filter(
    ({ id, state }) => left.has(id) && !(id === organization?.managementAccountId && state === 'ACTIVE'),
  ).length;
}

function accountsOf({ calls, where }: Count, { read, withStores, mayBeEntered }: PlanInputs): number {
  switch (where) {
    case 'caller':
      return 1;
    case 'read':
      return read;
    case 'stores':
      return withStores;
    case 'owners':
      return Math.min(read, calls.atMost);
    case 'anywhere':
      return Math.min(mayBeEntered + 1, calls.atMost);
  }
}
