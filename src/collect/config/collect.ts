import type { Inventory } from '../../model/inventory.js';
import type { Context } from '../run/context.js';
import { listRegions } from '../resources/regions.js';
import { checkScope, type ScopeOptions } from '../organization/scope.js';
import { startRun, type RunOptions, type Started } from '../run/start.js';
import { operations } from '../aws/operations/index.js';
import { structureCalls } from '../aws/permissions.js';
import { AccountPort, findRecorders } from './account-port.js';
import type { RecordedCoverage } from './accounts.js';
import { checkAlone, configContext } from './context.js';
import { describeAggregator } from './aggregator.js';
import { AggregatorPort } from './aggregator-port.js';
import { accountNamed, inventoryOfItems, nothingMore } from './inventory.js';
import type { FoundRecorders, ItemSource } from './item-source.js';
import { NotRecorded } from './not-recorded.js';
import { readOrganization, type ListedOrganization } from './organization.js';
import { QueriedSource } from './queried-source.js';
import { aloneGap, reachOf, unplacedGap } from './aggregator-coverage.js';
import type { Reading } from './reading.js';
import { Recording, type RecordingSettings } from './recorders.js';
import { liveTopUp } from './live-supplement.js';
import type { RecordedTrails } from './trails.js';

export interface ConfigOptions extends RunOptions {
  /** Without one, the recorders of the caller's own account. */
  readonly aggregator: string | undefined;
  /** The owners of trails are asked live for what AWS Config does not record. */
  readonly topUp: boolean;
  readonly roleName: string;
  readonly externalId: string | undefined;
  /** Reads the tags of accounts, one call each: only where bindings name tags. */
  readonly accountTags?: boolean | undefined;
  readonly scope: ScopeOptions;
}

/**
 * Reads what AWS Config recorded: of all accounts that an aggregator takes in, or of the caller's own.
 *
 * @throws UsageError when there is no such aggregator, no recorder, or the caller may not ask
 */
export async function collectFromConfig(options: ConfigOptions): Promise<Inventory> {
  const calls = withConfig(options);
  return await startRun({ ...options, calls }, async (started) => await readConfig(started, options));
}

/** What finds accounts and items is asked for whatever the policies read. */
function withConfig({ calls, scope }: ConfigOptions): ReadonlySet<string> | undefined {
  if (calls === undefined) return undefined;
  const ofConfig = Object.keys(operations).filter((name) => name.startsWith('config:'));
  const structure = scope.organizationalUnits.length === 0 ? [] : structureCalls;
  return new Set([...calls, ...discovery, ...ofConfig, ...structure]);
}

const discovery = [
  'sts:GetCallerIdentity',
  'sts:AssumeRole',
  'organizations:DescribeOrganization',
  'organizations:ListAccounts',
  'account:ListRegions',
];

async function readConfig({ settings, base, region, onProgress }: Started, options: ConfigOptions): Promise<Inventory> {
  const started = { settings, base, region, onProgress };
  const { context, identity, notRecorded, at } = await configContext(started, {
    ...options,
    asksRecorders: asksRecorders(options),
  });
  const { ledger } = settings;
  const { partition } = identity;
  const asked =
    options.aggregator === undefined ? await askAccount(context, options) : await askAggregator(context, options);
  const { found } = asked;
  onProgress({ listed: asked.accounts, read: 0, phase: 'destinations' });
  const { doubt } = asked;
  const recording = new Recording(found, {
    partition,
    ledger,
    at,
    isListed: true,
    ...(doubt === undefined ? {} : { doubt }),
  });
  const reading: Reading = { source: asked.source, recording, notRecorded, ledger, partition, at };
  return await inventoryOfItems(
    reading,
    (recorded) => asked.reach(reading, recorded),
    options.topUp ? liveTopUp(context) : nothingMore,
    () => ({
      version: options.version,
      source: options.topUp ? 'config+live' : 'config',
      caller: { accountId: identity.accountId, arn: identity.arn },
      interrupted: settings.signal.aborted,
      scope: options.scope,
      organization: asked.organization?.organization ?? null,
      apiCalls: ledger.apiCalls(),
    }),
  );
}

/** They are read in any case; what the inventory says of them is much, and kept for those who ask. */
function asksRecorders({ calls }: ConfigOptions): boolean {
  return calls === undefined || calls.has('config:DescribeConfigurationRecorders');
}

interface AskedConfig {
  readonly source: ItemSource;
  readonly found: FoundRecorders;
  readonly organization?: ListedOrganization;
  /** How many there are, for progress. */
  readonly accounts: number;
  readonly reach: (reading: Reading, recorded: RecordedTrails) => RecordedCoverage;
  /** Why an item may not be the present. */
  readonly doubt?: RecordingSettings['doubt'];
}

/** The caller's account by itself: whose organization trails reach it is not told by its own recorders. */
async function askAccount(context: Context, { scope }: ConfigOptions): Promise<AskedConfig> {
  const { accountId } = context.sessions.base;
  checkAlone(scope, accountId);
  const regions = await listRegions(context, context.sessions.base);
  const found = await findRecorders(context, regions.it);
  const source = new QueriedSource(context, new AccountPort(context, found));
  return {
    source,
    found,
    accounts: 1,
    reach: (reading) => ({
      accounts: [accountNamed(accountId, unplacedGap(reading, accountId))],
      unreadable: () => undefined,
      missing: () => aloneGap(reading, accountId),
      stranger: () => undefined,
      recorders: context.asksRecorders ? () => found.read : undefined,
      regions: regions.it,
    }),
  };
}

async function askAggregator(context: Context, options: ConfigOptions): Promise<AskedConfig> {
  const { aggregator = '', scope, accountTags = false } = options;
  const sources = await describeAggregator(context, aggregator);
  const storesGap = new NotRecorded(context.aws.settings.ledger, new Date(context.aws.settings.clock.now())).gap(
    'cloudtrail:ListEventDataStores',
  );
  const source = new QueriedSource(context, new AggregatorPort(context, aggregator, sources.hides));
  // Two long lists, one for each account and one for each of its recorders, each with a quota of its own.
  const [listed, found] = await Promise.all([readOrganization(context, storesGap, accountTags), source.recorders()]);
  if (listed !== undefined && listed.organization.accountsGap === undefined) {
    checkScope(scope, listed.accounts, listed.organization.id);
  }
  return {
    source,
    found,
    ...(listed === undefined ? {} : { organization: listed }),
    accounts: listed?.accounts.length ?? 0,
    doubt: ({ accountId, region }) => sources.failures.why(accountId, region),
    reach: (reading, recorded) => reachOf(reading, aggregator, sources, listed, recorded, found, context.asksRecorders),
  };
}
