import type { ConfigItem, ItemType, PlacedRecorder } from '../../normalize/index.js';
import type { Unknown } from '../../model/known.js';

/** Which resources of a type: by id, or all of some accounts. Without either, all. */
export interface Wanted {
  readonly ids?: readonly string[];
  readonly accounts?: readonly string[];
}

export interface FoundItems {
  /** The last of each resource that still exists, sorted. */
  readonly items: readonly ConfigItem[];
  /** The last of each that does not, where that was recorded. */
  readonly ended?: readonly ConfigItem[];
  /** Why some may be missing. */
  readonly gap?: Unknown;
  /** Of the calls that listed them. */
  readonly evidence: Readonly<Record<string, string>>;
}

/** Where configuration items come from: an aggregator, an account's own recorders, or delivery files. */
export interface ItemSource {
  items(type: Exclude<ItemType, 'AWS::Config::ConfigurationRecorder'>, wanted?: Wanted): Promise<FoundItems>;
  recorders(): Promise<FoundRecorders>;
}

export interface FoundRecorder extends PlacedRecorder {
  /** Of its own item, where it was found by that. */
  readonly item?: Pick<ConfigItem, 'arn' | 'capturedAt'>;
  /** Why it may not be so any more. */
  readonly doubt?: Unknown;
  /** Why it runs and does not record. */
  readonly failure?: Unknown;
}

export interface FoundRecorders {
  readonly recorders: readonly FoundRecorder[];
  /** Recorders that were deleted, by the items that say so. */
  readonly ended?: readonly ConfigItem[];
  readonly gap?: Unknown;
  readonly evidence: Readonly<Record<string, string>>;
}
