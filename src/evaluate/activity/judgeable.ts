import {
  deliveryLag,
  seenNow,
  withSeen,
  type AskedPolicy,
  type Collector,
  type GivenBaseline,
  type Hole,
  type Judgeable,
  type Window,
} from '../../activity/index.js';
import type { Baseline } from '../../model/baseline.js';
import type { Inventory } from '../../model/inventory.js';
import type { EventCoverage } from '../../model/log-events.js';
import type { Results, Scan } from '../../model/results.js';
import type { PlacedPolicies } from './placed-policies.js';
import { dataEventsMissing, managementMissing, UnrecordedEvents } from './unrecorded.js';

export interface ActivityRun {
  /** RFC 3339 */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** When the source was read, RFC 3339: what may not be delivered by then is not known. */
  readonly readAt: string;
  /** As the user named it. */
  readonly source: string;
  /** Whose identity read the source; undefined: nobody's. */
  readonly caller?: string | undefined;
  readonly version: string;
  readonly scan?: Scan;
  readonly isSample?: boolean;
  /** The reading was stopped before it was done. */
  readonly isInterrupted: boolean;
  readonly apiCalls: Results['coverage']['apiCalls'];
  /** What is known of the time before the window; default: nothing. */
  readonly past?: GivenBaseline;
}

/** Events, and all that verdicts on them rest on. */
export function judgeableOf(
  placed: PlacedPolicies,
  collected: Collector,
  coverage: EventCoverage,
  run: Pick<ActivityRun, 'isInterrupted' | 'readAt' | 'past'>,
  inventory: Inventory | undefined,
): Judgeable {
  const window: Window = { from: Date.parse(coverage.from), to: Date.parse(coverage.to) };
  const inScope = (inventory?.accounts ?? []).filter((it) => it.outOfScope === undefined).map(({ id }) => id);
  return {
    policies: placed.asked,
    collected,
    coverage,
    window,
    // Of a reading that was stopped no hour is known, and what was seen of accounts is all there is.
    accounts: run.isInterrupted ? [...inScope, ...collected.accounts] : inScope,
    paramsFor: placed.paramsFor,
    unrecorded: unrecordedBy(coverage, window, inventory),
    ...(run.past === undefined ? {} : { past: run.past }),
    settled: Date.parse(run.readAt) - deliveryLag,
    at: run.readAt,
  };
}

/** A baseline with what a run saw. Event history is read in each Region that an account has; log files tell of none. */
export function baselineAfter(
  before: Baseline,
  placed: PlacedPolicies,
  collected: Collector,
  coverage: EventCoverage,
  { readAt, verify }: { readonly readAt: string; readonly verify: boolean },
  inventory: Inventory | undefined,
): Baseline {
  const judgeable = judgeableOf(placed, collected, coverage, { isInterrupted: false, readAt }, inventory);
  const isEveryRegion = inventory !== undefined || coverage.managementEventsOnly === true;
  return withSeen(
    before,
    seenNow(judgeable, isEveryRegion, verify || coverage.managementEventsOnly === true),
    inventory?.organization?.id,
  );
}

/** What is not recorded, or not in the source, of what a policy is about. */
function unrecordedBy(coverage: EventCoverage, window: Window, inventory: Inventory | undefined) {
  const bySelectors = unselectedBy(coverage, window, inventory);
  return (policy: AskedPolicy, account: string): readonly Hole[] => [
    ...bySelectors(policy, account),
    ...managementMissing(policy, account, coverage),
  ];
}

function unselectedBy(coverage: EventCoverage, window: Window, inventory: Inventory | undefined) {
  const { managementEventsOnly, withoutDataEvents } = coverage;
  if (managementEventsOnly === true || withoutDataEvents !== undefined) {
    return (policy: AskedPolicy, account: string): readonly Hole[] =>
      dataEventsMissing(policy, account, window, withoutDataEvents);
  }
  if (inventory === undefined) return () => [];
  const unrecorded = new UnrecordedEvents(inventory, window, coverage.places);
  return (policy: AskedPolicy, account: string): readonly Hole[] => unrecorded.of(policy, account);
}
