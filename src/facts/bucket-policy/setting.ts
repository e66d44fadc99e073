import type { Gap } from '../../model/inventory.js';
import type { ControlPolicy } from '../iam/index.js';
import type { LogTrail } from './log-objects.js';
import type { Doubt } from '../values.js';

/** Service or resource control policies above an account. */
export interface Controls {
  readonly policies: readonly ControlPolicy[];
  /** There are others, or may be, that were not read. */
  readonly open?: Doubt;
}

export const noControls: Controls = { policies: [] };

/** What the documents of a bucket are judged in. */
export interface DocumentSetting {
  readonly partition: string;
  /** Undefined in a run without an organization. */
  readonly organizationId: string | undefined;
  /** Of the organization. */
  readonly accountIds: readonly string[];
  /** Accounts that are not listed may be the organization's, too. */
  readonly accountsOpen?: Doubt;
  /** That deliver to the bucket. */
  readonly trails: readonly LogTrail[];
  /** Trails that could not be described may deliver there, too. */
  readonly trailsOpen?: Doubt;
  /** Resource control policies above the account that owns the bucket. */
  readonly resourceControls: Controls;
  /** Notes why something cannot be decided, and gives the gap's id. `about` tells questions of one call apart. */
  readonly note: (gap: Pick<Gap, 'call' | 'reason' | 'message'>, about: string) => string;
}
