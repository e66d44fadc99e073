import type { Account, EventDataStore, Inventory, Trail } from '../../model/inventory.js';
import { creditsOf, observedStatus } from '../credits.js';
import { isOutsideOrganization } from '../bucket-owner.js';
import { deliveryOf } from '../delivery.js';
import type { FactGaps } from '../fact-gaps.js';
import { viewsOf } from '../silence/index.js';
import { allHold, doubt, fromKnown, someHold, sure } from '../three-valued.js';
import type { OpenList, Tri } from '../values.js';
import { indexSinks, noteUnread, type CoverageLimits } from './account-sinks.js';
import { coverageOf, type EventCoverage } from './coverage.js';
import type { CoverageSetting } from './outcomes.js';
import { logAreas } from './log-buckets.js';
import { inOrganizationTrail } from './organization-trail.js';
import { recordsOwnDeliveries } from './own-deliveries.js';
import type { EventSink, Recording } from './recording.js';
import { copiedFrom, precedes } from './second-copies.js';
import { standInsFor } from './superseded.js';
import { selectorGaps, selectsAny } from './unsupported.js';
import { globalServicesRegion, onlyRegion, planRegions, type RegionPlan } from './regions.js';

export type { CoverageLimits } from './account-sinks.js';
export type { ClassCoverage, EventCoverage, NetworkCoverage } from './coverage.js';
export { isDataEvent, type EventCategory } from './covers.js';
export type { LostEvent } from './example.js';
export type { Loss } from './loss.js';
export type { LossReason } from './nearest.js';
export type { Level } from './lost-events.js';

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** Which trails count; one function for one question, as answers are kept by it. */
type Accepts = (other: Trail) => boolean;

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
  /**
   * Of a trail that is stopped: the trails and event data stores that record all that it would, everywhere where it
   * applies. Empty where it logs, and where something of it is lost or may be.
   */
  supersededBy(trail: Trail): readonly string[];
  /** The same of an event data store that takes in nothing, for whatever reason. */
  storeSupersededBy(store: EventDataStore): readonly string[];
  /** Whether an event data store takes in the events that it selects. */
  isIngesting(store: EventDataStore): Tri<boolean>;
  /**
   * Of a trail that logs and is a copy of others, in the order of `copiedFrom`: those of them, out of the accepted ones,
   * that record all that it does, everywhere where it applies. Empty where something is only in its own record, or may be.
   */
  alsoRecordedBy(trail: Trail, accepts: Accepts): readonly string[];
  /**
   * Gaps for which `alsoRecordedBy` may lack trails: without them it could hold some. None where others certainly do not
   * record all that the trail does, whatever could not be read.
   */
  mayAlsoBeRecordedBy(trail: Trail, accepts: (other: Trail) => Tri<boolean>): readonly string[];
  /** The trails whose management events this one records another time. */
  copiedFrom(trail: Trail): OpenList<Trail>;
  /** Whether a trail records the events of its own deliveries. */
  recordsOwnDeliveries(trail: Trail): Tri<boolean>;
  /** Whether a trail's selectors take any management event; of those that only read, or of those that write. */
  selectsManagementEvents(trail: Trail, readOnly?: boolean): Tri<boolean>;
  /** Whether a trail's log files reach an account's record; also where that is not certain. */
  mayDeliver(trail: Trail, account: Account): boolean;
  /**
   * Whether logging, delivering multi-Region organization trails are credited to the account, by observation, and select
   * its write management events.
   */
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
    const key = shareKey(sinks, plan);
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

  const delivers = (trail: Trail, account: Account): Tri<boolean> => {
    const views = viewsOf(trail, inventory, account.id);
    return deliveryOf(trail, { views, capturedAt: inventory.capturedAt, gaps }).logs.isFresh(dayInMilliseconds);
  };

  const byArn = new WeakMap<readonly EventSink[], ReadonlyMap<string, EventSink>>();
  const byArnOf = (all: readonly EventSink[]): ReadonlyMap<string, EventSink> => {
    const known = byArn.get(all) ?? new Map(all.map((it) => [it.arn, it]));
    byArn.set(all, known);
    return known;
  };
  const acceptedBy = new WeakMap<Accepts, WeakMap<readonly EventSink[], readonly EventSink[]>>();
  /** The same question is asked for each trail of an account. */
  const acceptedOf = (all: readonly EventSink[], accepts: Accepts): readonly EventSink[] => {
    const answers = acceptedBy.get(accepts) ?? new WeakMap<readonly EventSink[], readonly EventSink[]>();
    acceptedBy.set(accepts, answers);
    const found =
      answers.get(all) ??
      all.filter(({ arn }) => {
        const other = trails.get(arn);
        return other !== undefined && accepts(other);
      });
    answers.set(all, found);
    return found;
  };

  const sinksByAccount = new WeakMap<Account, readonly EventSink[]>();
  /** Each trail of an account asks for all that records there. */
  const sinksOf = (account: Account): readonly EventSink[] => {
    const known = sinksByAccount.get(account) ?? index.ofAccount(account, everySink);
    sinksByAccount.set(account, known);
    return known;
  };

  /** Whether of a trail and another sink of the same account the other one is a trail to be kept rather. */
  const precedesTrail = (it: EventSink, trail: Trail, all: readonly EventSink[]): Tri<boolean> => {
    const other = trails.get(it.arn);
    const mine = byArnOf(all).get(trail.arn);
    if (other === undefined || other === trail || mine === undefined) return sure(false);
    return precedes({ sink: it, trail: other }, { sink: mine, trail });
  };

  /** The accepted sinks that together record all that another one would, in each of the accounts; empty: not all. */
  const madeUpBy = (
    accounts: readonly Account[],
    would: Recording | undefined,
    accepted: (all: readonly EventSink[]) => readonly EventSink[] = (all) => all,
    regionsOf: (plan: RegionPlan) => RegionPlan = (plan) => plan,
  ): readonly string[] => {
    if (would === undefined) return [];
    const found = new Set<string>();
    const answers = new Map<string, readonly string[] | undefined>();
    for (const account of accounts) {
      const sinks = accepted(sinksOf(account));
      if (sinks.length === 0) return [];
      const plan = regionsOf(planRegions(account, sinks, inventory.partition));
      const key = shareKey(sinks, plan);
      if (!answers.has(key)) answers.set(key, standInsFor(would, { sinks, plan }, setting));
      const standIns = answers.get(key);
      if (standIns === undefined) return [];
      for (const arn of standIns) found.add(arn);
    }
    return [...found].toSorted();
  };

  return {
    mayDeliver: (trail, account) => {
      const it = delivers(trail, account);
      return it.state === 'unknown' || it.value;
    },
    ofAccount: (account, limits) =>
      remembered(
        account,
        `${limits.protectedOnly} ${limits.multiRegionOnly ?? false} ${limits.eventDataStores}`,
        () => {
          const sinks = index.ofAccount(account, limits);
          return share(sinks, planRegions(account, sinks, inventory.partition));
        },
      ),
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
    supersededBy(trail) {
      const [stopped] = index.ofTrail(trail);
      const would = stopped?.idle?.reason === 'not-logging' ? stopped.idle.would : undefined;
      return madeUpBy(accountsOf(trail, inventory), would);
    },
    storeSupersededBy(store) {
      const [stopped] = index.ofStore(store);
      return madeUpBy(accountsOfStore(store, inventory), stopped?.idle?.would);
    },
    isIngesting(store) {
      const [sink] = index.ofStore(store);
      if (sink === undefined) return sure(false);
      if (sink.idle !== undefined) return sure(false);
      return sink.worst === undefined ? doubt(sink.gaps) : sure(true);
    },
    alsoRecordedBy(trail, accepts) {
      const [sink] = index.ofTrail(trail);
      return madeUpBy(accountsOf(trail, inventory), sink?.best, (all) =>
        acceptedOf(all, accepts).filter((it) => {
          const isFirst = precedesTrail(it, trail, all);
          return isFirst.state === 'known' && isFirst.value;
        }),
      );
    },
    mayAlsoBeRecordedBy(trail, accepts) {
      const [sink] = index.ofTrail(trail);
      const open: string[] = [];
      const possible = (all: readonly EventSink[]): EventSink[] =>
        all.flatMap((it) => {
          const other = trails.get(it.arn);
          const may = other === undefined ? undefined : allHold([accepts(other), precedesTrail(it, trail, all)]);
          if (it.best === undefined || (may === undefined ? it.kind !== 'unseen' : may.state === 'known' && !may.value))
            return [];
          open.push(...it.gaps, ...(may?.state === 'unknown' ? may.gaps : []));
          return [{ ...it, worst: it.best, gaps: [] }];
        });
      const certainRegions = (plan: RegionPlan): RegionPlan => {
        open.push(...plan.gaps);
        return { ...plan, possible: [] };
      };
      const found = madeUpBy(accountsOf(trail, inventory), sink?.best, possible, certainRegions);
      return found.length === 0 ? [] : [...new Set(open)].toSorted();
    },
    copiedFrom: (trail) =>
      copiedFrom(trail, {
        ...setting,
        accounts: accountsOf(trail, inventory),
        trails,
        sinksOf,
      }),
    recordsOwnDeliveries(trail) {
      const { description, arn, accountId, homeRegion: region } = trail;
      const name = description.state === 'known' ? description.value.s3BucketName : undefined;
      const bucket = inventory.buckets.find((it) => it.name === name);
      const outside =
        bucket && isOutsideOrganization(bucket, inventory, (id) => inventory.gaps.find((it) => it.id === id));
      return recordsOwnDeliveries(trail, {
        ...setting,
        bucket,
        isOutside: outside?.state === 'known' && outside.value,
        sinkIn(id) {
          if (id === accountId) return index.ofTrail(trail)[0];
          const account = inventory.accounts.find((it) => it.id === id);
          if (account === undefined) return undefined;
          return sinksOf(account).find((it) => it.arn === arn);
        },
        noteUnread: () => noteBucket(arn, name ?? '', { accountId, region }, inventory, gaps),
      });
    },
    selectsManagementEvents({ arn, eventSelectors }, only) {
      if (eventSelectors.state !== 'known') return fromKnown(eventSelectors, false, () => false);
      const note = selectorGaps(gaps, inventory.capturedAt);
      return someHold(
        (only === undefined ? [true, false] : [only]).map((readOnly) =>
          selectsAny(arn, eventSelectors.value, { category: 'Management', readOnly }, note),
        ),
      );
    },
    isInOrganizationTrail: (account) =>
      inOrganizationTrail(account, inventory, trails, {
        credits: creditsOf(account, inventory, gaps),
        status: (arn) => observedStatus(account, arn),
        delivers: (trail) => delivers(trail, account),
        noteUnread: (arn) => noteUnread(arn, inventory, gaps),
        noteSelectors: selectorGaps(gaps, inventory.capturedAt),
        writeLosses: (sinks) => share(sinks, onlyRegion('*')).management().writeLosses,
      }),
  };
}

const everySink: CoverageLimits = { protectedOnly: false, eventDataStores: true };

function noteBucket(
  trailArn: string,
  resource: string,
  place: { readonly accountId: string; readonly region: string },
  { capturedAt: at }: Inventory,
  gaps: FactGaps,
): string {
  const message = `The inventory tells nothing of bucket ${resource}, which ${trailArn} names.`;
  return gaps.add({ call: 's3:HeadBucket', ...place, resource, reason: 'not-collected', message, at });
}

/** Equal for accounts in which the same is recorded. */
function shareKey(sinks: readonly EventSink[], plan: RegionPlan): string {
  return JSON.stringify([plan.key, ...sinks.map((it) => it.key)]);
}

/** The accounts that a trail records for, or would: its owner, and all others where it is the organization's. */
function accountsOf({ accountId, description }: Trail, { accounts, organization }: Inventory): readonly Account[] {
  const isShared = organization !== null && (description.state !== 'known' || description.value.isOrganizationTrail);
  return accounts.filter((it) => it.id === accountId || (isShared && it.outOfScope === undefined));
}

/** The accounts that an event data store takes in events of, or would. */
function accountsOfStore(
  { accountId, details }: EventDataStore,
  { accounts, organization }: Inventory,
): readonly Account[] {
  const isShared = organization !== null && (details.state !== 'known' || details.value.organizationEnabled);
  return accounts.filter((it) => it.id === accountId || (isShared && it.outOfScope === undefined));
}
