import type { Account, Inventory, Organization } from '../../model/inventory.js';
import { known } from '../../model/known.js';
import type { ScopeOptions } from '../organization/scope.js';
import { accountsOf, withBlocks, withTrailsGap, type RecordedCoverage } from './accounts.js';
import { readRecordedBlocks, readRecordedBuckets } from './buckets.js';
import { namedLogGroups, readRecordedKeys } from './keys.js';
import type { Reading } from './reading.js';
import { readRecordedStores, withoutStoresGap } from './stores.js';
import { namedTopicsOf } from './topics.js';
import { readRecordedTrails, type RecordedTrails } from './trails.js';

export interface InventoryParts extends Pick<Inventory, 'source' | 'caller' | 'interrupted' | 'apiCalls'> {
  readonly version: string;
  readonly scope: ScopeOptions;
  readonly organization: Organization | null;
  readonly asOf?: string;
}

/** What adds to what was recorded what the accounts tell live. */
export interface TopUp {
  readonly trails: (trails: Inventory['trails']) => Promise<Inventory['trails']>;
  readonly accounts: (
    accounts: Inventory['accounts'],
    administering: ReadonlySet<string>,
  ) => Promise<Inventory['accounts']>;
  readonly watched: (
    told: WatchedLogGroups,
    trails: Inventory['trails'],
    administrators: readonly string[],
  ) => Promise<WatchedLogGroups>;
}

/** Log groups with their metric filters, the alarms on what these count, rules on changes of trails, topics and roles. */
export type WatchedLogGroups = Pick<
  Inventory,
  'logGroups' | 'alarms' | 'eventRules' | 'targetBuses' | 'topics' | 'roles'
>;

/** Only what was recorded. */
export const nothingMore: TopUp = {
  trails: async (trails) => await Promise.resolve(trails),
  accounts: async (accounts) => await Promise.resolve(accounts),
  watched: async (told) => await Promise.resolve(told),
};

/** The inventory of what was recorded: the trails, and from them all else. */
export async function inventoryOfItems(
  reading: Reading,
  reachOf: (recorded: RecordedTrails) => RecordedCoverage,
  topUp: TopUp,
  parts: () => InventoryParts,
): Promise<Inventory> {
  const recorded = await readRecordedTrails(reading);
  const { scope, organization } = parts();
  const found = { trails: recorded, stores: await readRecordedStores(reading) };
  const { accounts, trails, stores } = accountsOf(reading, reachOf(recorded), found, scope, organization);
  const buckets = await readRecordedBuckets(reading, trails);
  const blocks = await readRecordedBlocks(reading, buckets);
  const keys = await readRecordedKeys(reading, { trails, buckets, stores });
  const logGroups = namedLogGroups(reading, trails);
  const topics = namedTopicsOf(reading, trails);
  const delegates = organization?.delegatedAdministrators;
  const administrators = delegates?.state === 'known' ? delegates.value : [];
  const watched = await topUp.watched(
    { logGroups, ...(topics.length === 0 ? {} : { topics }) },
    trails,
    administrators,
  );
  const toppedUp = await topUp.trails(trails);
  const told = await topUp.accounts(
    accounts,
    new Set(organization === null ? [] : [organization.managementAccountId, ...administrators]),
  );
  reading.recording.noteWeaknesses();
  const { version, asOf, source, caller, interrupted, apiCalls } = parts();
  const { ledger, partition, at } = reading;
  return {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version },
    capturedAt: asOf ?? at.toISOString(),
    ...(asOf === undefined ? {} : { asOf }),
    source,
    partition,
    caller,
    scope: { ...scope, deep: false },
    interrupted,
    organization: organization === null ? null : withTrailsGap(withoutStoresGap(organization, accounts), accounts),
    accounts: withBlocks(told, blocks),
    trails: toppedUp,
    eventDataStores: stores,
    buckets,
    keys,
    ...watched,
    evidence: ledger.evidence(),
    gaps: ledger.gaps(),
    apiCalls,
  };
}

/** An account of which only the id is known. */
export function accountNamed(id: string, parents: Account['parents'] = known([])) {
  return { id, name: id, state: 'ACTIVE', parents };
}
