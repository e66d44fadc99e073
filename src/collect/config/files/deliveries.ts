import { resourceKey, type ConfigItem } from '../../../normalize/index.js';
import type { DeliveryPlace } from './delivery-name.js';

type Place = Pick<ConfigItem, 'accountId' | 'region'>;

/** It is of an account, and recorded with some Region that need not be the one whose snapshots hold it. */
const global = 'AWS::S3::AccountPublicAccessBlock';

/** When which account and Region delivered, and which resources each of its whole snapshots holds. */
export class Deliveries {
  /** Of each account and Region, in order. */
  private readonly snapshots = new Map<string, string[]>();
  /** Of each resource, in order: the snapshots that hold it. */
  private readonly sightings = new Map<string, string[]>();
  /** Of each resource of no Region of its own: the places whose snapshots ever held it. */
  private readonly homes = new Map<string, Map<string, Place>>();
  private readonly lastOfAccount = new Map<string, string>();
  private readonly lastOfPlace = new Map<string, string>();
  private isSorted = true;

  /** An account, and a Region of it where that is known, gave a sign of life: by a file, or an item in it. */
  noteSign({ accountId, region }: DeliveryPlace, at: string): void {
    setLater(this.lastOfAccount, accountId, at);
    if (region !== undefined) setLater(this.lastOfPlace, placeKey({ accountId, region }), at);
  }

  noteSnapshot(place: Place, at: string): void {
    addTo(this.snapshots, placeKey(place), at);
    this.isSorted = false;
  }

  /** A snapshot of a place holds a resource. */
  noteSighting(item: ConfigItem, place: Place, at: string): void {
    const key = resourceKey(item);
    addTo(this.sightings, key, at);
    this.isSorted = false;
    if (item.type !== global) return;
    const homes = this.homes.get(key) ?? new Map<string, Place>();
    this.homes.set(key, homes.set(placeKey(place), { accountId: place.accountId, region: place.region }));
  }

  /** The last whole snapshot up to a moment (RFC 3339; undefined: of all time) that would hold an item's resource. */
  lastSnapshot(item: ConfigItem, moment: string | undefined): string | undefined {
    this.sort();
    const times = this.homesOf(item).map((home) => lastUpTo(this.snapshots.get(placeKey(home)) ?? [], moment));
    return times
      .filter((at) => at !== undefined)
      .toSorted()
      .at(-1);
  }

  /** The first whole snapshot of a place from a time on, up to a moment. */
  firstSnapshot(place: Place, from: string, moment: string | undefined): string | undefined {
    this.sort();
    return (this.snapshots.get(placeKey(place)) ?? []).find(
      (at) => at >= from && (moment === undefined || at <= moment),
    );
  }

  /** The last snapshot up to a moment that holds the resource of an item. */
  lastSighting(item: ConfigItem, moment: string | undefined): string | undefined {
    this.sort();
    return lastUpTo(this.sightings.get(resourceKey(item)) ?? [], moment);
  }

  /** The snapshots between two moments that would hold an item's resource, in order, and whether each does. */
  snapshotsBetween(item: ConfigItem, from: string, to: string | undefined): { at: string; isSeen: boolean }[] {
    this.sort();
    const seen = new Set(this.sightings.get(resourceKey(item)));
    const times = this.homesOf(item).flatMap((home) => this.snapshots.get(placeKey(home)) ?? []);
    return [...new Set(times)]
      .filter((at) => at > from && (to === undefined || at < to))
      .toSorted()
      .map((at) => ({ at, isSeen: seen.has(at) }));
  }

  /**
   * When something last came of a place. Snapshots come at set times, so that a Region which sent some is expected to
   * go on; changes come when there are any, and not in each Region.
   *
   * @param region undefined: of the account as a whole
   * @returns undefined where nothing was delivered: when a saved answer was given, nobody wrote down
   */
  lastSign({ accountId, region }: DeliveryPlace): string | undefined {
    const key = region === undefined ? '' : placeKey({ accountId, region });
    return this.snapshots.has(key) ? this.lastOfPlace.get(key) : this.lastOfAccount.get(accountId);
  }

  /** All accounts and Regions whose last sign {@link lastSign} tells. */
  places(): DeliveryPlace[] {
    const accounts = [...this.lastOfAccount.keys()].map((accountId) => ({ accountId, region: undefined }));
    const places = [...this.snapshots.keys()].map((key): DeliveryPlace => {
      const [accountId = '', region = ''] = key.split(' ');
      return { accountId, region };
    });
    return [...accounts, ...places];
  }

  /** A Region's resource is in the snapshots of its Region; another in those of whichever Region records it. */
  private homesOf(item: ConfigItem): readonly Place[] {
    return item.type === global ? [...(this.homes.get(resourceKey(item))?.values() ?? [])] : [item];
  }

  private sort(): void {
    if (this.isSorted) return;
    for (const all of [this.snapshots, this.sightings]) {
      for (const times of all.values()) times.sort();
    }
    this.isSorted = true;
  }
}

function placeKey({ accountId, region }: Place): string {
  return `${accountId} ${region}`;
}

function setLater(times: Map<string, string>, key: string, at: string): void {
  const other = times.get(key);
  if (other === undefined || other < at) times.set(key, at);
}

function addTo(lists: Map<string, string[]>, key: string, at: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [at]);
  else list.push(at);
}

/** Of times in order. */
function lastUpTo(times: readonly string[], moment: string | undefined): string | undefined {
  return moment === undefined ? times.at(-1) : times.findLast((at) => at <= moment);
}
