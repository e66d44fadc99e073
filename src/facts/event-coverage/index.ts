import type { Account, EventDataStore, Inventory, Trail } from '../../model/inventory.js';
import { creditsOf, observedStatus } from '../credits.js';
import type { FactGaps } from '../fact-gaps.js';
import type { Tri } from '../values.js';
import { indexSinks, noteUnread, type CoverageLimits } from './account-sinks.js';
import { coverageOf, type EventCoverage } from './coverage.js';
import type { CoverageSetting } from './outcomes.js';
import { logAreas } from './log-buckets.js';
import { inOrganizationTrail } from './organization-trail.js';
import type { EventSink } from './recording.js';
import { selectorGaps } from './unsupported.js';
import { globalServicesRegion, onlyRegion, planRegions, type RegionPlan } from './regions.js';

export type { CoverageLimits } from './account-sinks.js';
export type { ClassCoverage, EventCoverage, NetworkCoverage } from './coverage.js';
export type { EventCategory } from './covers.js';
export type { LostEvent } from './example.js';
export type { Loss } from './loss.js';
export type { LossReason } from './nearest.js';
export type { Level } from './lost-events.js';

/** The event coverage of everything in one inventory. Accounts in the same state share one object. */
export interface Coverages {
  /** Over all Regions of the account. */
  ofAccount(account: Account, limits: CoverageLimits): EventCoverage;
  /** In one Region alone. */
  ofRegion(account: Account, region: string): EventCoverage;
  /** What the trail alone records, where it applies. */
  ofTrail(trail: Trail): EventCoverage;
  /** What the event data store alone records, where it applies. */
  ofEventDataStore(store: EventDataStore): EventCoverage;
  /** Whether a logging multi-Region organization trail is credited to the account, by observation. */
  isInOrganizationTrail(account: Account): Tri<boolean>;
}

/** Computes event coverage on demand; what it cannot know beyond the inventory's gaps is noted in `gaps`. */
export function eventCoverages(inventory: Inventory, gaps: FactGaps): Coverages {
  const index = indexSinks(inventory, gaps);
  const trails = new Map(inventory.trails.map((trail) => [trail.arn, trail]));
  const setting: CoverageSetting = {
    partition: inventory.partition,
    globalServicesRegion: globalServicesRegion(inventory.partition),
    organizationId: inventory.organization?.id,
    findLogs: logAreas(inventory, gaps),
    capturedAt: inventory.capturedAt,
    accountId: inventory.organization?.managementAccountId ?? inventory.caller.accountId,
  };
  const shared = new Map<string, EventCoverage>();
  const byAccount = new WeakMap<Account, Map<string, EventCoverage>>();

  const share = (sinks: readonly EventSink[], plan: RegionPlan): EventCoverage => {
    const key = JSON.stringify([plan.key, ...sinks.map((it) => it.key)]);
    let coverage = shared.get(key);
    if (coverage === undefined) {
      coverage = coverageOf(sinks, plan, setting, gaps);
      shared.set(key, coverage);
    }
    return coverage;
  };
  const remembered = (account: Account, key: string, compute: () => EventCoverage): EventCoverage => {
    const mine = byAccount.get(account) ?? new Map<string, EventCoverage>();
    byAccount.set(account, mine);
    const coverage = mine.get(key) ?? compute();
    mine.set(key, coverage);
    return coverage;
  };

  return {
    ofAccount: (account, limits) =>
      remembered(account, `${limits.protectedOnly} ${limits.eventDataStores}`, () => {
        const sinks = index.ofAccount(account, limits);
        return share(sinks, planRegions(account, sinks, inventory.partition));
      }),
    ofRegion: (account, region) =>
      remembered(account, region, () =>
        share(index.ofAccount(account, { protectedOnly: false, eventDataStores: true }), onlyRegion(region)),
      ),
    ofTrail: (trail) => {
      const { description } = trail;
      const isMultiRegion = description.state === 'known' && description.value.isMultiRegionTrail;
      return share(index.ofTrail(trail), onlyRegion(isMultiRegion ? '*' : trail.homeRegion));
    },
    ofEventDataStore: (store) => {
      const { details } = store;
      const isMultiRegion = details.state === 'known' && details.value.multiRegionEnabled;
      return share(index.ofStore(store), onlyRegion(isMultiRegion ? '*' : store.region));
    },
    isInOrganizationTrail: (account) =>
      inOrganizationTrail(
        account,
        inventory,
        trails,
        creditsOf(account, inventory, gaps),
        (arn) => observedStatus(account, arn),
        (arn) => noteUnread(arn, inventory, gaps),
        selectorGaps(gaps, inventory.capturedAt),
      ),
  };
}
