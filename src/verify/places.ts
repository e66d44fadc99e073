import type { ObjectStore } from '../model/object-store.js';
import { isAccountFolder, isOrganizationFolder, isRegionFolder, type Base } from './object-names.js';
import { byText } from '../text/order.js';

/** Where the digest and log files of one account's events in one Region lie. */
export interface Place {
  readonly bucket: string;
  readonly base: Base;
  readonly account: string;
  readonly region: string;
  /** The folders of log files that are there: `CloudTrail`, `CloudTrail-Insight`. */
  readonly logFolders: readonly string[];
}

/** A bucket to look into. */
export interface Target {
  readonly bucket: string;
  /** The trail's, without a slash at its end; undefined where it is to be found. */
  readonly prefix: string | undefined;
}

/** Which of the places that are found are looked at. */
export interface PlaceFilter {
  readonly base: (base: Base) => boolean;
  readonly account: (base: Base, account: string) => boolean;
  readonly region: (region: string) => boolean;
}

/** Finds the places of a bucket by its own layout: organizations, accounts, Regions. */
export async function findPlaces(store: ObjectStore, target: Target, filter: PlaceFilter): Promise<Place[]> {
  const { bucket } = target;
  const roots = target.prefix === undefined ? await findRoots(store, bucket) : [rootOf(target.prefix)];
  const bases = await Promise.all(roots.map(async (root) => await basesIn(store, bucket, root)));
  const places: Place[] = [];
  for (const { base, accounts } of bases.flat()) {
    if (!filter.base(base)) continue;
    const wanted = accounts.filter((it) => filter.account(base, it));
    const found = await Promise.all(wanted.map(async (it) => await placesOf(store, bucket, base, it)));
    places.push(...found.flat().filter((it) => filter.region(it.region)));
  }
  return places;
}

function rootOf(prefix: string): string {
  return `${prefix === '' ? '' : `${prefix}/`}AWSLogs/`;
}

/** A trail's prefix has 200 characters at most, and a bucket may hold much else. */
const deepest = 100;
const mostFolders = 500;

/**
 * Finds `AWSLogs` folders below a path, which is empty or ends with a slash.
 *
 * @param onLeft told when there are too many folders, or they are too deep, to look into all of them
 */
export async function findRoots(
  store: ObjectStore,
  bucket: string,
  below = '',
  onLeft: () => void = () => undefined,
): Promise<string[]> {
  const roots: string[] = [];
  let level = [below];
  let looked = 0;
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const path of level) {
      if (looked >= mostFolders) {
        onLeft();
        return roots.toSorted();
      }
      looked += 1;
      const folders = await store.folders(bucket, path);
      if (folders.includes('AWSLogs')) roots.push(`${path}AWSLogs/`);
      next.push(...folders.filter((it) => it !== 'AWSLogs').map((it) => `${path}${it}/`));
    }
    level = next;
  }
  if (level.length > 0) onLeft();
  return roots.toSorted();
}

async function basesIn(
  store: ObjectStore,
  bucket: string,
  root: string,
): Promise<{ readonly base: Base; readonly accounts: readonly string[] }[]> {
  const folders = await store.folders(bucket, root);
  const organizations = folders.filter(isOrganizationFolder);
  const own = { base: { path: root, organizationId: undefined }, accounts: folders.filter(isAccountFolder) };
  const others = await Promise.all(
    organizations.map(async (organizationId) => {
      const path = `${root}${organizationId}/`;
      const accounts = (await store.folders(bucket, path)).filter(isAccountFolder);
      return { base: { path, organizationId }, accounts };
    }),
  );
  return [own, ...others];
}

const isCloudTrail = /^CloudTrail(?:-[A-Za-z]+)?$/;

async function placesOf(store: ObjectStore, bucket: string, base: Base, account: string): Promise<Place[]> {
  const path = `${base.path}${account}/`;
  const folders = (await store.folders(bucket, path)).filter((it) => isCloudTrail.test(it));
  const regions = new Map<string, string[]>();
  await Promise.all(
    folders.map(async (folder) => {
      for (const region of (await store.folders(bucket, `${path}${folder}/`)).filter(isRegionFolder)) {
        regions.set(region, [...(regions.get(region) ?? []), folder]);
      }
    }),
  );
  return [...regions]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([region, its]) => ({
      bucket,
      base,
      account,
      region,
      logFolders: its.filter((it) => it !== 'CloudTrail-Digest').toSorted(),
    }));
}
