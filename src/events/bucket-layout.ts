import { findRoots, type Choice, type PlaceFilter } from '../verify/index.js';
import type { ObjectStore } from '../model/object-store.js';

/** Where in a bucket is read. */
export interface BucketLayout {
  /** What stands in front of `AWSLogs/`, without a slash at its end. */
  readonly prefixes: readonly string[];
  readonly filter: PlaceFilter;
  /** The account and Region that the path leads to, where it does. */
  readonly choice: Choice;
}

/**
 * Takes a path in a bucket apart: a trail's prefix, a folder somewhere above it, or further down
 * `AWSLogs/[ORGANIZATION/][ACCOUNT/[FOLDER/[REGION/]]]`.
 *
 * @param onLeft told when there are too many folders to look into all of them
 * @throws Unreadable when folders cannot be listed
 */
export async function layoutOf(
  store: ObjectStore,
  bucket: string,
  prefix: string,
  onLeft: () => void = () => undefined,
): Promise<BucketLayout> {
  const path = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const inside = /^(.*?)(?:^|\/)AWSLogs\/(.*)$/s.exec(path);
  if (inside !== null) return { prefixes: [inside[1] ?? ''], ...insideOf(inside[2] ?? '') };
  const roots = await findRoots(store, bucket, path, onLeft);
  return { prefixes: roots.map((it) => it.slice(0, -'AWSLogs/'.length).replace(/\/$/, '')), ...insideOf('') };
}

function insideOf(rest: string): Pick<BucketLayout, 'filter' | 'choice'> {
  const parts = rest.split('/').filter((it) => it !== '');
  const [organization] = parts[0]?.startsWith('o-') === true ? parts.splice(0, 1) : [];
  const [account, , region] = parts;
  return {
    filter: {
      base: ({ organizationId }) => organizationId === organization || (organization ?? account) === undefined,
      account: (_, id) => account === undefined || id === account,
      region: (id) => region === undefined || id === region,
    },
    choice: {
      trails: undefined,
      accounts: account === undefined ? undefined : [account],
      regions: region === undefined ? undefined : [region],
    },
  };
}
