import type { DocumentSetting } from '../document-reach/index.js';
import type { Doubt } from '../values.js';
import type { LogTrail } from './log-objects.js';

/** What the documents of a bucket are judged in. */
export interface BucketSetting extends DocumentSetting {
  /** That deliver to the bucket. */
  readonly trails: readonly LogTrail[];
  /** Trails that could not be described may deliver there, too. */
  readonly trailsOpen?: Doubt;
}
