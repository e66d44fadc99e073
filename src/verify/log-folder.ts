import type { ObjectStore } from '../model/object-store.js';
import { stateOf } from './checkpoint.js';
import { folderOf, parseLogName } from './object-names.js';
import type { Place } from './places.js';
import { dayFolders } from './timestamps.js';
import { byText } from '../text/order.js';

/** A log file, or what lies among them. */
export interface FolderObject {
  readonly key: string;
  /** Minute of delivery; undefined for what has no name of CloudTrail's. */
  readonly delivered: number | undefined;
  /** What a rewrite would change. */
  readonly state: string;
}

/** All objects in the folder of one day. */
export async function listDay(store: ObjectStore, place: Place, folder: string, day: number): Promise<FolderObject[]> {
  const prefix = `${folderOf(place.base, place.account, folder, place.region)}${dayFolders(day)}/`;
  const objects: FolderObject[] = [];
  for await (const page of store.list(place.bucket, prefix)) {
    for (const object of page) {
      const { key, size } = object;
      if (size === 0 && key.endsWith('/')) continue;
      objects.push({ key, delivered: parseLogName(key)?.delivered, state: stateOf(object) });
    }
  }
  return objects;
}

/**
 * Which objects of a place's log folders no digest file lists. Days are listed from the last to the first, each after
 * the digest files of its day: a log file is listed by a digest file of its day or of the next.
 */
export class Uncovered {
  /** Keys that digest files list, and that no listing has shown. */
  private readonly expected = new Set<string>();
  private readonly left = new Map<string, FolderObject>();

  /** A digest file lists the object. */
  cover(key: string): void {
    if (!this.left.delete(key)) this.expected.add(key);
  }

  /** The object is there. */
  see(object: FolderObject): void {
    if (!this.expected.delete(object.key)) this.left.set(object.key, object);
  }

  get size(): number {
    return this.left.size;
  }

  /** Objects that were seen, and that no digest file lists. */
  rest(): FolderObject[] {
    return [...this.left.values()].toSorted((a, b) => byText(a.key, b.key));
  }
}
