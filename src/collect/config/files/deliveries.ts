import { resourceKey, type ConfigItem } from '../../../normalize/index.js';
import type { DeliveryPlace } from './delivery-name.js';

type Place = Pick<ConfigItem, 'accountId' | 'region'>;

/** When which account and Region delivered, and which resources each of its whole snapshots holds. */
export class Deliveries {
  /** Of each account and Region, in order. */
  private readonly snapshots = new Map<string, string[]>();
  /** Of each resource, in order: the snapshots that hold it. */
  private readonly sightings = new Map<string, string[]>();
  private readonly lastOfAccount = new Map<string, string>();
  private readonly lastOfPlace = new Map<string, string>();
  /** Accounts of which somebody saved what a call answered: when, nobody wrote down. */
  private readonly answered = new Set<string>();
  private isSorted = true;

  /** An account, and a Region of it where that is known, gave a sign of life: by a file, or an item in it. */
  noteSign({ accountId, region }: DeliveryPlace, at: string): void {
    setLater(this.lastOfAccount, accountId, at);
    if (region !== undefined) setLater(this.lastOfPlace, placeKey({ accountId, region }), at);
  }

  noteAnswer(accountId: string): void {
    this.answered.add(accountId);
  }

  noteSnapshot(place: Place, at: string): void {
    addTo(this.snapshots, placeKey(place), at);
    this.isSorted = false;
  }

  /** A snapshot holds a resource. */
  noteSighting(item: ConfigItem, at: string): void {
    addTo(this.sightings, resourceKey(item), at);
    this.isSorted = false;
  }

  /** The last whole snapshot of a place up to a moment (RFC 3339); undefined: of all time. */
  lastSnapshot(place: Place, moment: string | undefined): string | undefined {
    this.sort();
    return lastUpTo(this.snapshots.get(placeKey(place)) ?? [], moment);
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

  /** The snapshots of an item's place between two moments, and whether each holds the resource. */
  snapshotsBetween(item: ConfigItem, from: string, to: string | undefined): { at: string; isSeen: boolean }[] {
    this.sort();
    const seen = new Set(this.sightings.get(resourceKey(item)));
    return (this.snapshots.get(placeKey(item)) ?? [])
      .filter((at) => at > from && (to === undefined || at < to))
      .map((at) => ({ at, isSeen: seen.has(at) }));
  }

  /**
   * When something last came of a place. Snapshots come at set times, so that a Region which sent some is expected to
   * go on; changes come when there are any, and not in each Region.
   *
   * @param region undefined: of the account as a whole
   * @returns undefined where that cannot be told
   */
  lastSign({ accountId, region }: DeliveryPlace): string | undefined {
    if (this.answered.has(accountId)) return undefined;
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
