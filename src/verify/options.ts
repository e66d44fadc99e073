import type { ObjectStore } from '../model/object-store.js';
import type { KeySource } from '../model/public-keys.js';
import type { Checkpoint } from './checkpoint.js';
import type { Expectation, TrailFacts } from './expectation.js';
import type { OwnCallSearch } from './own-calls.js';
import type { Target } from './places.js';
import type { Sample } from './sample.js';
import type { SavedSignatures, ValidDigest } from './settle-chain.js';
import type { Span } from './spans.js';
import type { Limiter, VerifiedObject } from './place-result.js';

/** What is verified; undefined: all that there is. */
export interface Choice {
  readonly trails: readonly TrailFacts[] | undefined;
  readonly accounts: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
}

export interface VerifyOptions {
  readonly store: ObjectStore;
  readonly keys: KeySource;
  readonly saved?: SavedSignatures;
  readonly targets: readonly Target[];
  readonly choice: Choice;
  readonly expectation: Expectation;
  readonly window: Span;
  readonly now: number;
  /** How long after its end a digest file may come; AWS says within an hour, and it takes half of one. */
  readonly grace: number;
  /** Of objects that are read at once. */
  readonly limit: Limiter;
  /** Of places that are verified at once. */
  readonly placeLimit: Limiter;
  readonly sample?: Sample | undefined;
  readonly checkpoint?: Checkpoint | undefined;
  /** Own calls that the log files must hold. */
  readonly ownCalls?: OwnCallSearch | undefined;
  readonly onObject?: (object: VerifiedObject) => void;
  /**
   * Told of each valid digest file: then somebody else reads the log files that it lists, and here they are left alone.
   */
  readonly onDigest?: (digest: ValidDigest) => void;
  /** Told of each place that is done. */
  readonly onPlace?: (done: number, of: number) => void;
}
