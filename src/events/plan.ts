import type { EventCoverage } from '../model/log-events.js';
import type { ObjectStore } from '../model/object-store.js';
import { FolderStore } from '../verify/index.js';
import { objectsOf, type BucketPlace } from './bucket.js';
import { CoverageBook } from './coverage.js';
import { filesOf, windowOf, type LogFilesOptions } from './folder.js';
import type { LogObject } from './log-object.js';

/** What a reading would take, by listings alone. */
export interface EventPlan {
  readonly objects: number;
  /** As they are stored. */
  readonly bytes: number;
  /** Pages of listings that were read for the plan, and will be again. */
  readonly listings: number;
  /** What would stay unknown already by the listings. */
  readonly gaps: EventCoverage['gaps'];
}

/** Lists what reading a folder would read. */
export async function planFolder(folder: string, options: LogFilesOptions): Promise<EventPlan> {
  const store = new FolderStore(folder, { bucket: '', prefix: '' });
  return await planned(options, (book) => filesOf(store, windowOf(options), book));
}

/**
 * Lists what reading a bucket would read.
 *
 * @throws UsageError when there are no log files
 */
export async function planBucket(place: BucketPlace, options: LogFilesOptions): Promise<EventPlan> {
  const counted = new CountedStore(place.store);
  const plan = await planned(options, (book) => objectsOf({ ...place, store: counted }, windowOf(options), book));
  return { ...plan, listings: counted.listings };
}

async function planned(
  options: LogFilesOptions,
  find: (book: CoverageBook) => AsyncIterable<LogObject>,
): Promise<EventPlan> {
  const book = new CoverageBook(windowOf(options), undefined, options.at);
  let objects = 0;
  let bytes = 0;
  for await (const { size } of find(book)) {
    objects += 1;
    bytes += size;
  }
  const { cells, gaps } = book.result();
  // Nothing was read: of the hours only those are told that no reading can make good.
  const unlisted = new Map(cells.flatMap(({ state, gap }) => (state === 'unreadable' && gap ? [[gap.id, gap]] : [])));
  return { objects, bytes, listings: 0, gaps: [...unlisted.values(), ...gaps] };
}

/** Counts pages, each of which is a request. */
class CountedStore implements ObjectStore {
  readonly keepsMetadata: boolean;
  listings = 0;

  constructor(private readonly store: ObjectStore) {
    this.keepsMetadata = store.keepsMetadata;
  }

  async *list(...given: Parameters<ObjectStore['list']>) {
    for await (const page of this.store.list(...given)) {
      this.listings += 1;
      yield page;
    }
  }

  async folders(...given: Parameters<ObjectStore['folders']>) {
    this.listings += 1;
    return await this.store.folders(...given);
  }

  async read(...given: Parameters<ObjectStore['read']>) {
    return await this.store.read(...given);
  }
}
