import type { ObjectStore } from '../model/object-store.js';
import { stateOf } from './checkpoint.js';
import { folderOf, parseDigestName, type DigestName } from './object-names.js';
import type { Place } from './places.js';
import type { Span } from './spans.js';
import { dayFolders } from './timestamps.js';
import { byText } from '../text/order.js';

export interface ListedDigests {
  /** In order of time. */
  readonly names: readonly DigestName[];
  /** By key: what a rewrite would change. */
  readonly states: ReadonlyMap<string, string>;
  /** Keys that no digest file has. */
  readonly strangers: readonly string[];
}

export const digestFolder = 'CloudTrail-Digest';

/** The digest files of a place that end within the span, its end included. */
export async function listDigests(store: ObjectStore, place: Place, span: Span): Promise<ListedDigests> {
  const folder = folderOf(place.base, place.account, digestFolder, place.region);
  const last = `${folder}${dayFolders(span.to)}/\u{10ffff}`;
  const names: DigestName[] = [];
  const states = new Map<string, string>();
  const strangers: string[] = [];
  for await (const page of store.list(place.bucket, folder, folder + dayFolders(span.from))) {
    for (const object of page) {
      const { key, size } = object;
      if (key > last) return { names: names.toSorted(byTime), states, strangers };
      const name = parseDigestName(key);
      if (name === undefined) {
        if (size > 0 || !key.endsWith('/')) strangers.push(key);
      } else if (name.end > span.from && name.end <= span.to) {
        names.push(name);
        states.set(key, stateOf(object));
      }
    }
  }
  return { names: names.toSorted(byTime), states, strangers };
}

/** True when the place holds a digest file like this one that ends earlier. */
export async function hasOlder(store: ObjectStore, place: Place, like: DigestName): Promise<boolean> {
  const folder = folderOf(place.base, place.account, digestFolder, place.region);
  for await (const page of store.list(place.bucket, folder)) {
    for (const { key } of page) {
      const name = parseDigestName(key);
      if (name === undefined || name.isBackfill || name.trail !== like.trail || name.homeRegion !== like.homeRegion)
        continue;
      // Keys of a Region's folder are in order of time, but for those of one second.
      return name.end < like.end;
    }
  }
  return false;
}

function byTime(a: DigestName, b: DigestName): number {
  return a.end - b.end || byText(a.key, b.key);
}
