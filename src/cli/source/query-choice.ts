import type { WantedCondition } from '../../events/index.js';
import type { Inventory } from '../../model/inventory.js';
import type { WantedValues } from '../../model/log-events.js';

/** How a source is asked that is read by queries. */
export interface QueryChoice {
  /** Of Athena. */
  readonly workgroup?: string | undefined;
  readonly catalog?: string | undefined;
  /** Bytes that queries may read. */
  readonly maxBytes?: number | undefined;
  /** Told, before a query starts, what it reads at most and what that costs, where that can be known. */
  readonly onBefore?: ((line: string) => void) | undefined;
  /** Told, once it is over, what was read and what that costs. */
  readonly onDone?: ((line: string) => void) | undefined;
  /** What the policies speak of, on the columns that AWS publishes. */
  readonly condition?: WantedCondition | undefined;
  /** Of the plan: what the policies want. */
  readonly wanted?: WantedValues | undefined;
}

/** What is read by queries, and how. */
export interface QueriedChoice {
  readonly source: string;
  readonly from: string;
  readonly to: string;
  readonly askedFrom?: string;
  readonly inventory?: Inventory;
  readonly query?: QueryChoice;
  readonly onRequests?: (requests: number) => void;
}
