import type { ObjectStore } from '../model/object-store.js';
import type { Checkpoint } from './checkpoint.js';
import type { Chain, ChainId } from './chain.js';
import type { Findings } from './findings.js';
import type { KeyRing } from './key-ring.js';
import type { FolderObject } from './log-folder.js';
import type { LogInspector } from './own-calls.js';
import type { Place } from './places.js';
import type { Sample } from './sample.js';
import type { SavedSignatures, ValidDigest } from './settle-chain.js';
import type { Span } from './spans.js';

/** Runs at most so many tasks at once; the order of the results is that of the items. */
export type Limiter = <T, U>(items: readonly T[], task: (item: T) => Promise<U>) => Promise<U[]>;

/** What all places of a run share. */
export interface PlaceContext {
  readonly store: ObjectStore;
  readonly keys: KeyRing;
  readonly saved: SavedSignatures;
  /** Of objects that are read. */
  readonly limit: Limiter;
  readonly window: Span;
  readonly now: number;
  readonly findings: Findings;
  readonly sample: Sample | undefined;
  readonly isJudged: (id: ChainId) => boolean;
  /** What earlier runs have proved. */
  readonly checkpoint: Checkpoint | undefined;
  /** Looks into log files that are read. */
  readonly inspector: LogInspector | undefined;
  /** True when a lifecycle rule may have removed a digest file that ended then. */
  readonly mayHaveExpired: (id: ChainId, end: number) => boolean;
  /** Told of each object that is done. */
  readonly onObject: (object: VerifiedObject) => void;
  /** Told of each valid digest file of the window; then somebody else reads the log files, and they are left alone. */
  readonly onDigest: ((digest: ValidDigest) => void) | undefined;
}

export interface VerifiedObject {
  readonly subject: 'digest' | 'log-file';
  readonly bucket: string;
  readonly key: string;
  readonly verdict: 'valid' | 'invalid' | 'missing' | 'unreadable' | 'uncovered';
  readonly message?: string;
  readonly isBackfill: boolean;
}

/** What was found in a place. */
export interface PlaceResult {
  readonly place: Place;
  /** By chain key. */
  readonly chains: ReadonlyMap<string, Chain>;
  /** In the folder of log files, and in no valid digest file. */
  readonly uncovered: readonly FolderObject[];
  /** The number of such objects in the folders of other kinds, by folder. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Among its digest files, with names that CloudTrail gives none of them there. */
  readonly strangers: readonly string[];
  /** Other places that digest files name their predecessors in. */
  readonly continued: readonly { readonly bucket: string; readonly key: string }[];
  /** Why the digest files could not be listed. */
  readonly unlistedDigests: string | undefined;
  /** Why the folders of log files could not be listed to their end. */
  readonly unlistedLogs: string | undefined;
}
