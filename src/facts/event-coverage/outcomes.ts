import type { Space } from './event-set.js';
import type { Setting } from './losses.js';
import type { Outcome, Place } from './lost-events.js';
import type { RegionGroup } from './regions.js';

/** The outcome in some Regions. */
export interface PlacedOutcome {
  readonly group: RegionGroup;
  readonly place: Place;
  readonly outcome: Outcome;
}

/** The outcomes for one class of events, or why they would be too costly to compute. */
export type Outcomes =
  | {
      readonly state: 'computed';
      readonly space: Space;
      readonly sure: readonly PlacedOutcome[];
      readonly possible: readonly PlacedOutcome[];
    }
  | { readonly state: 'too-costly'; readonly gap: string };

export interface CoverageSetting extends Setting {
  readonly capturedAt: string;
  readonly accountId: string;
}
