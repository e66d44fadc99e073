import type { Gap, Inventory } from '../model/inventory.js';
import type { Target } from '../model/results.js';

/** A configuration item, as far as a history names it. */
export interface PastItem {
  readonly type: string;
  readonly accountId: string;
  readonly region: string;
  readonly resourceId: string;
  readonly arn: string | undefined;
  readonly capturedAt: string;
  readonly isGone: boolean;
}

/** A moment at which the state may have changed. */
export interface ChangePoint {
  /** RFC 3339 */
  readonly at: string;
  /** The groups of accounts that it may touch. */
  readonly touched: ReadonlySet<string>;
  readonly items: readonly PastItem[];
}

/** The state at any moment of a window, whoever recorded it. */
export interface Past {
  readonly window: { readonly from: string; readonly to: string };
  readonly partition: string;
  /** The start of the window first; then in order of time. */
  readonly points: readonly ChangePoint[];
  /** All groups: a target's verdicts follow from its own group and the shared ones, and from no other. */
  readonly groups: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
  /** From here on nothing is known, and why. */
  readonly end?: { readonly at: string; readonly gap: Gap } | undefined;
  groupOf(target: Target): string;
  /** Of some groups, or of all. */
  inventoryAt(at: string, groups?: ReadonlySet<string>): Promise<Inventory>;
  /** Why a target that is not in the inventory may have been there; undefined when it surely was not. */
  whyUnseen(target: Target, at: string): Gap | undefined;
}
