import type { Account, Gap, Inventory } from '../../../model/inventory.js';
import type { Unknown } from '../../../model/known.js';
import { isUnfound, kindsNaming } from '../../../model/resource-kinds.js';
import type { Target } from '../../../model/results.js';
import { itemTypes, type ConfigItem, type ItemType } from '../../../normalize/index.js';
import { Ledger } from '../../aws/ledger.js';
import type { ScopeOptions } from '../../organization/scope.js';
import { accountNamed, inventoryOfItems, nothingMore, type InventoryParts } from '../inventory.js';
import type { Doubt, Doubts } from '../files/doubts.js';
import { NotRecorded } from '../not-recorded.js';
import { aloneGap, unplacedGap } from '../aggregator-coverage.js';
import { noRecord, type Reading } from '../reading.js';
import { Recording } from '../recorders.js';
import { filedRecorders } from '../regional-recorders.js';
import { Groups } from './groups.js';
import type { ItemVersions } from './item-versions.js';
import { PastSource } from './past-source.js';
import { RecordedPlaces } from './recorded-places.js';
import { storeOfItem } from './store-of-item.js';
import { trailOfItem } from './trail-of-item.js';
import { Unseen } from './absence.js';
import { byText } from '../../../text/order.js';

/** From its first moment to before its last; RFC 3339. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** What was read for a window. */
export interface PastParts {
  readonly window: Window;
  readonly versions: ItemVersions;
  /** By account: when its first item was captured. */
  readonly since: ReadonlyMap<string, string>;
  readonly partition: string;
  readonly version: string;
  readonly scope: ScopeOptions;
  readonly caller: InventoryParts['caller'];
  readonly apiCalls: () => Inventory['apiCalls'];
  /** What went wrong while it was read. */
  readonly gaps: readonly Gap[];
  /** Why items of a type may be missing at a moment. */
  readonly missing: (type: ItemType, at: string) => Doubt | undefined;
  /** Recorders are judged themselves: there is one for each account and Region at each moment. */
  readonly asksRecorders: boolean;
  /** Why items may not hold. */
  readonly doubts: Doubts;
  /** Accounts of which nothing was read, and why. */
  readonly unread?: ReadonlyMap<string, Doubt>;
  /** The account's Regions, where they were asked for. */
  readonly regions?: Account['regions'];
  /** From here on nothing more is known, and why. */
  readonly end?: { readonly at: string; readonly gap: Gap };
}

/** A moment at which something was recorded. */
export interface ChangePoint {
  readonly at: string;
  /** Groups of accounts that it may touch. */
  readonly touched: ReadonlySet<string>;
  readonly items: readonly ConfigItem[];
}

/** What AWS Config recorded over a window of time: the state at any moment of it, and the moments at which it changed. */
export class RecordedPast {
  readonly window: Window;
  readonly partition: string;
  readonly end: PastParts['end'];
  /** What went wrong while it was read. */
  readonly noted: readonly Gap[];
  /** The start of the window first, and then each moment at which an item was captured. */
  readonly points: readonly ChangePoint[];
  /** Groups on which the verdicts of all others may depend, and all groups. */
  readonly shared: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  private readonly grouping: Groups;
  private readonly places: RecordedPlaces;
  private readonly unseen: Unseen;
  private readonly accountsOf = new Map<string, string[]>();

  constructor(private readonly parts: PastParts) {
    const { versions, since, window } = parts;
    this.window = window;
    this.partition = parts.partition;
    this.end = parts.end;
    this.noted = parts.gaps;
    this.grouping = new Groups(versions);
    this.places = new RecordedPlaces(versions, since, (place, at) => parts.doubts.whySilent(place, at));
    this.unseen = new Unseen(versions, this.places, {
      missing: parts.missing,
      doubt: (item, at) => this.whyDoubted(item, at),
    });
    for (const id of [...since.keys()].toSorted()) {
      const group = this.grouping.ofAccount(id);
      this.accountsOf.set(group, [...(this.accountsOf.get(group) ?? []), id]);
    }
    this.groups = new Set(this.accountsOf.keys());
    this.shared = this.sharedGroups();
    this.points = this.changePoints();
  }

  /** The group of accounts on which a target's verdicts depend. */
  groupOf(target: Target): string {
    const isNamed = kindsNaming(target.type).includes('trail') && !isUnfound(target);
    return isNamed ? this.grouping.ofNamed(target.id) : this.grouping.ofAccount(target.accountId);
  }

  /** Why a target that is not in the inventory of a moment may have been there; undefined when it surely was not. */
  whyUnseen(target: Target, at: string): Gap | undefined {
    return this.unseen.why(target, at);
  }

  /** The state at a moment: of some groups of accounts, or of all. */
  async inventoryAt(at: string, groups?: ReadonlySet<string>): Promise<Inventory> {
    const { versions, gaps, missing, partition, scope, since } = this.parts;
    const accounts =
      groups === undefined ? undefined : new Set([...groups].flatMap((it) => this.accountsOf.get(it) ?? []));
    const ledger = new Ledger();
    for (const { reason, message, at: when, ...asked } of gaps)
      ledger.addGap(asked, { reason, message }, new Date(when));
    const when = new Date(at);
    const write = (it: Doubt | undefined): Unknown | undefined =>
      it === undefined ? undefined : ledger.addGap(it.asked, it.failure, when);
    const doubt = (item: ConfigItem): Unknown | undefined => write(this.whyDoubted(item, at));
    const moment = { at, accounts, missing: (type: ItemType) => write(missing(type, at)), doubt };
    const source = new PastSource(versions, moment, ledger);
    const found = await source.recorders();
    const reading: Reading = {
      source,
      recording: new Recording(found, {
        partition,
        ledger,
        at: when,
        isListed: false,
        doubt,
      }),
      notRecorded: new NotRecorded(ledger, when),
      ledger,
      partition,
      at: when,
    };
    const listed = [...since.keys()].filter((id) => accounts?.has(id) ?? true);
    return await inventoryOfItems(
      reading,
      () => ({
        accounts: listed.toSorted().map((id) => accountNamed(id, unplacedGap(reading, id))),
        unreadable: (id) => this.whyUnread(reading, id, at),
        missing: (id) => aloneGap(reading, id),
        recorders: this.parts.asksRecorders ? filedRecorders(reading, found) : undefined,
        stranger: () => undefined,
        ...(this.parts.regions === undefined ? {} : { regions: this.parts.regions }),
      }),
      nothingMore,
      () => ({
        version: this.parts.version,
        source: 'config',
        caller: this.parts.caller,
        interrupted: false,
        scope,
        organization: null,
        asOf: at,
        apiCalls: this.parts.apiCalls(),
      }),
    );
  }

  private whyDoubted(item: ConfigItem, at: string): Doubt | undefined {
    return this.parts.doubts.why(item, at, this.parts.versions.next(item));
  }

  private whyUnread(reading: Reading, id: string, at: string): Unknown | undefined {
    const { since, unread, doubts } = this.parts;
    const first = since.get(id);
    if (first === undefined || first <= at) {
      const doubt = unread?.get(id) ?? doubts.whySilent({ accountId: id, region: undefined }, at);
      return doubt === undefined ? undefined : reading.ledger.addGap(doubt.asked, doubt.failure, reading.at);
    }
    const asked = { call: 'config:GetResourceConfigHistory', accountId: id, region: 'global' };
    return noRecord(reading, asked, `AWS Config is known to have recorded account ${id} since ${first}.`);
  }

  /** Organization trails and stores, and those that are not told at some time: they may record any account. */
  private sharedGroups(): Set<string> {
    const shared = new Set<string>();
    const { versions } = this.parts;
    for (const type of ['AWS::CloudTrail::Trail', 'AWS::CloudTrail::EventDataStore'] as const) {
      for (const resource of versions.resources(type)) {
        for (const item of resource) {
          // What is recorded no longer may still be there, and is not known to be its account's alone.
          if (item.isGone && !item.isLeft) continue;
          if (this.isEverOpen(item) || mayRecordOthers(item)) shared.add(this.grouping.ofAccount(item.accountId));
        }
      }
    }
    return shared;
  }

  private isEverOpen(item: ConfigItem): boolean {
    const { versions, doubts } = this.parts;
    return (
      this.places.isEverUnrecorded(item.accountId, item.region, item.type) ||
      doubts.isEverOpen(item, versions.next(item), this.end?.at ?? this.window.to)
    );
  }

  private changePoints(): ChangePoint[] {
    const { window, since, versions, doubts } = this.parts;
    const points = new Map<string, { touched: Set<string>; items: ConfigItem[] }>();
    const pointAt = (at: string): { touched: Set<string>; items: ConfigItem[] } => {
      const point = points.get(at) ?? { touched: new Set<string>(), items: [] };
      points.set(at, point);
      return point;
    };
    const isInside = (at: string): boolean => at > window.from && at < window.to;
    for (const type of itemTypes) {
      for (const resource of versions.resources(type)) {
        for (const item of resource) {
          if (!isInside(item.capturedAt)) continue;
          const point = pointAt(item.capturedAt);
          point.items.push(item);
          point.touched.add(this.grouping.ofAccount(item.accountId));
        }
        for (const item of resource) {
          for (const at of doubts.turns(item, versions.next(item))) {
            if (isInside(at)) pointAt(at).touched.add(this.grouping.ofAccount(item.accountId));
          }
        }
      }
    }
    for (const { at, accountId } of doubts.changes()) {
      if (!isInside(at)) continue;
      const groups = accountId === undefined ? this.groups : [this.grouping.ofAccount(accountId)];
      for (const group of groups) pointAt(at).touched.add(group);
    }
    for (const [id, at] of since) if (isInside(at)) pointAt(at).touched.add(this.grouping.ofAccount(id));
    const later = [...points]
      .toSorted(([a], [b]) => byText(a, b))
      .map(([at, { touched, items }]) => ({ at, touched, items }));
    return [{ at: window.from, touched: this.groups, items: [] }, ...later];
  }
}

function mayRecordOthers(item: ConfigItem): boolean {
  if (item.type === 'AWS::CloudTrail::Trail') return trailOfItem(item)?.description?.isOrganizationTrail !== false;
  return storeOfItem(item)?.details?.organizationEnabled !== false;
}
