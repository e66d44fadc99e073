import type { Unknown } from '../../../model/known.js';
import type { ConfigItem } from '../../../normalize/index.js';
import type { DeliveryName } from './delivery-name.js';

/** A file that was skipped, as far as its name tells what it was about. */
export interface SkippedDelivery extends DeliveryName {
  readonly gap: Unknown;
}

/**
 * What skipped files make doubtful: a file that cannot be read may have held a later state of any resource of its
 * account, Region and type. A later item of the resource, or a whole snapshot from after it, settles the doubt.
 */
export class Doubts {
  constructor(
    private readonly skipped: readonly SkippedDelivery[],
    /** Snapshots that are whole. */
    private readonly snapshots: readonly DeliveryName[],
  ) {}

  /** Why an item may not be the last of its resource, or not before a moment (RFC 3339). */
  why({ type, accountId, region, capturedAt }: ConfigItem, moment: string | undefined): Unknown | undefined {
    return this.skipped.find(
      (file) =>
        file.accountId === accountId &&
        file.region === region &&
        (file.type === undefined || file.type === type) &&
        (moment === undefined || file.from <= moment) &&
        capturedAt < file.to &&
        !this.isSettled(file, moment),
    )?.gap;
  }

  /** When, in which account, doubts begin and are settled. */
  changes(): { readonly at: string; readonly accountId: string }[] {
    const settling = this.snapshots.filter((it) => this.skipped.some((file) => settles(it, file)));
    return [
      ...this.skipped.map(({ from, accountId }) => ({ at: from, accountId })),
      ...settling.map(({ to, accountId }) => ({ at: to, accountId })),
    ];
  }

  private isSettled(file: SkippedDelivery, moment: string | undefined): boolean {
    return this.snapshots.some((it) => (moment === undefined || it.to <= moment) && settles(it, file));
  }
}

function settles(snapshot: DeliveryName, file: DeliveryName): boolean {
  return snapshot.accountId === file.accountId && snapshot.region === file.region && snapshot.to >= file.to;
}
