import type { Gap } from '../../../model/inventory.js';
import { isItemType, type ConfigItem, type ItemType } from '../../../normalize/index.js';
import type { Asked } from '../../aws/ledger.js';
import type { Deliveries } from './deliveries.js';
import type { DeliveryPlace } from './delivery-name.js';

/** Why something is not known, not yet written down. */
export interface Doubt {
  readonly asked: Asked;
  readonly failure: Pick<Gap, 'reason' | 'message'>;
}

/** What was not read: a file, or an item of which not even the resource is known. What is undefined may be any. */
export interface Unread {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
  readonly type?: string | undefined;
  readonly resourceId?: string | undefined;
  /** RFC 3339: when what it tells begins and ends. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly doubt: Doubt;
}

/** The next item of a resource, as far as it tells of the time before it. */
export type NextItem = Pick<ConfigItem, 'capturedAt' | 'isDiscovery'>;

export interface DoubtParts {
  readonly unread: readonly Unread[];
  readonly deliveries: Deliveries;
  /** The last moment of which anything tells. */
  readonly reaches: string | undefined;
  readonly silentAfterDays: number;
  /** No file is missing up to then. */
  readonly vouchedUntil: string | undefined;
}

/** Days: snapshots come daily where they are set up, changes every six hours where there are any. */
export const usualSilence = 7;

const dayLong = 86_400_000;

/**
 * Why what was recorded may not hold at a moment: what was not read may have told otherwise, a later whole snapshot does
 * not have the resource, AWS Config discovered it anew later, or nothing more came of its account.
 */
export class Doubts {
  private readonly byAccount = new Map<string, Unread[]>();

  constructor(private readonly parts: DoubtParts) {
    for (const it of parts.unread) {
      const key = it.accountId ?? anyAccount;
      this.byAccount.set(key, [...(this.byAccount.get(key) ?? []), it]);
    }
  }

  /**
   * Why an item may not be the state of its resource at a moment (RFC 3339).
   *
   * @param moment undefined: now, which is when the last file was written
   */
  why(item: ConfigItem, moment: string | undefined, next?: NextItem): Doubt | undefined {
    return (
      this.unreadOf(item, moment) ??
      this.whySilent(item, moment) ??
      (item.isGone ? undefined : (this.whySuperseded(item, moment) ?? this.whyRediscovered(item, moment, next)))
    );
  }

  /** Why there may be resources of a type of which no item was read. */
  whyMissing(type: ItemType, moment: string | undefined): Doubt | undefined {
    return this.parts.unread.find(
      (it) => (it.type === undefined || it.type === type) && isBefore(it.from, moment) && !this.isSettled(it, moment),
    )?.doubt;
  }

  /** Why nothing is known of an account and Region, or of an account: nothing came of it for long. */
  whySilent({ accountId, region }: DeliveryPlace, moment: string | undefined): Doubt | undefined {
    const { reaches, silentAfterDays } = this.parts;
    const at = moment ?? reaches;
    const places = region === undefined ? [undefined] : [undefined, region];
    for (const place of places) {
      const last = this.parts.deliveries.lastSign({ accountId, region: place });
      if (last === undefined || at === undefined || at <= this.endOfGrace(last)) continue;
      const where = place === undefined ? `account ${accountId}` : `account ${accountId} in ${place}`;
      const days = Math.floor((Date.parse(at) - Date.parse(last)) / dayLong);
      const message =
        `Nothing that AWS Config recorded of ${where} is newer than ${last}, ${days} days before ${at}: whether it ` +
        `still records there, and what is there now, is not known. Accounts count as silent after ${silentAfterDays} ` +
        'days (--silent-after).';
      const asked = { call: 'config:DeliveryFile', accountId, region: place ?? 'global', resource: 'silence' };
      return { asked, failure: { reason: 'error', message } };
    }
    return undefined;
  }

  /** When, in which account, answers change that are not about one item. */
  changes(): { readonly at: string; readonly accountId: string | undefined }[] {
    const { unread, deliveries } = this.parts;
    const ofUnread = unread
      .filter(({ type }) => type === undefined || isItemType(type))
      .flatMap((it) => {
        const settling = this.settlingOf(it, undefined);
        const times = [it.from, settling].filter((at) => at !== undefined);
        // What it held may be missing in other accounts, too: a bucket that their trails name.
        return times.map((at) => ({ at, accountId: undefined }));
      });
    const silences = deliveries.places().flatMap((place) => {
      const last = deliveries.lastSign(place);
      return last === undefined ? [] : [{ at: after(this.endOfGrace(last)), accountId: place.accountId }];
    });
    return [...ofUnread, ...silences];
  }

  /** When the answer of {@link why} changes for an item by what snapshots hold, or by its rediscovery. */
  turns(item: ConfigItem, next: NextItem | undefined): string[] {
    if (item.isGone) return [];
    const turns: string[] = [];
    let isSeen = true;
    let proof = item.capturedAt;
    for (const it of this.parts.deliveries.snapshotsBetween(item, item.capturedAt, next?.capturedAt)) {
      if (it.isSeen !== isSeen) turns.push(it.at);
      isSeen = it.isSeen;
      if (isSeen) proof = it.at;
    }
    if (next?.isDiscovery === true) turns.push(after(proof));
    return turns;
  }

  /** Whether the item may ever not hold before a moment, for whatever reason. */
  isEverOpen(item: ConfigItem, next: NextItem | undefined, before: string): boolean {
    // What a later snapshot settles is open until then.
    const inTime = { ...item, capturedAt: '' };
    return (
      this.turns(item, next).length > 0 ||
      this.unreadAbout(inTime).length > 0 ||
      this.whySilent(item, before) !== undefined
    );
  }

  private unreadOf(item: ConfigItem, moment: string | undefined): Doubt | undefined {
    return this.unreadAbout(item).find((it) => isBefore(it.from, moment) && !this.isSettled(it, moment))?.doubt;
  }

  /** What was not read and may tell of the time after an item, at any moment. */
  private unreadAbout(item: ConfigItem): Unread[] {
    const candidates = [...(this.byAccount.get(item.accountId) ?? []), ...(this.byAccount.get(anyAccount) ?? [])];
    return candidates.filter(
      (it) =>
        (it.region === undefined || it.region === item.region) &&
        (it.type === undefined || it.type === item.type) &&
        (it.resourceId === undefined || it.resourceId === item.resourceId) &&
        (it.to === undefined || item.capturedAt < it.to),
    );
  }

  private isSettled(it: Unread, moment: string | undefined): boolean {
    return this.settlingOf(it, moment) !== undefined;
  }

  /** The whole snapshot of its place that tells what was there after it. */
  private settlingOf({ accountId, region, to }: Unread, moment: string | undefined): string | undefined {
    if (accountId === undefined || region === undefined || to === undefined) return undefined;
    return this.parts.deliveries.firstSnapshot({ accountId, region }, to, moment);
  }

  /** A whole snapshot after all that is known of the resource does not have it. */
  private whySuperseded(item: ConfigItem, moment: string | undefined): Doubt | undefined {
    const { deliveries } = this.parts;
    const snapshot = deliveries.lastSnapshot(item, moment);
    if (snapshot === undefined || snapshot <= this.lastProof(item, moment)) return undefined;
    const { type, accountId, region, resourceId } = item;
    const message =
      `The snapshot of account ${accountId} in ${region} of ${snapshot} does not have ${type} ${resourceId}, and no item ` +
      'reports its end: it was deleted, or is no longer recorded. The history files of that time say which.';
    return {
      asked: { call: 'config:DeliveryFile', accountId, region, resource: resourceId },
      failure: { reason: 'error', message },
    };
  }

  /** AWS Config saw a resource for the first time that it had seen before: it was gone, or not recorded, in between. */
  private whyRediscovered(item: ConfigItem, moment: string | undefined, next: NextItem | undefined): Doubt | undefined {
    if (next?.isDiscovery !== true || moment === undefined || moment <= this.lastProofBefore(item, next))
      return undefined;
    const { type, accountId, region, resourceId } = item;
    const message =
      `AWS Config discovered ${type} ${resourceId} anew at ${next.capturedAt}: since its last item before, of ` +
      `${item.capturedAt}, it was gone for a time, or not recorded.`;
    return {
      asked: { call: 'config:GetResourceConfigHistory', accountId, region, resource: resourceId },
      failure: { reason: 'not-recorded-by-config', message },
    };
  }

  /** When the resource was last known to be there as the item tells. */
  private lastProof(item: ConfigItem, moment: string | undefined): string {
    const seen = this.parts.deliveries.lastSighting(item, moment) ?? item.capturedAt;
    return seen > item.capturedAt ? seen : item.capturedAt;
  }

  /** When it was last seen before it was discovered anew. */
  private lastProofBefore(item: ConfigItem, next: NextItem): string {
    const between = this.parts.deliveries.snapshotsBetween(item, item.capturedAt, next.capturedAt);
    return between.findLast((it) => it.isSeen)?.at ?? item.capturedAt;
  }

  private endOfGrace(last: string): string {
    const { vouchedUntil, silentAfterDays } = this.parts;
    const grace = new Date(Date.parse(last) + silentAfterDays * dayLong).toISOString();
    return vouchedUntil !== undefined && vouchedUntil > grace ? vouchedUntil : grace;
  }
}

const anyAccount = '';

function isBefore(from: string | undefined, moment: string | undefined): boolean {
  return from === undefined || moment === undefined || from <= moment;
}

/** The moment after. */
function after(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}
