import { bucketKeyOf, keyIdOf } from './named-keys.js';
import type { ItemVersions } from './item-versions.js';
import { storeOfItem } from './store-of-item.js';
import { trailOfItem } from './trail-of-item.js';

/** The buckets that trails name at any time. */
export function namedBuckets(versions: ItemVersions): Set<string> {
  const names = new Set<string>();
  for (const trail of versions.resources('AWS::CloudTrail::Trail')) {
    for (const item of trail) {
      const description = trailOfItem(item)?.description;
      if (description !== undefined) names.add(description.s3BucketName);
    }
  }
  return names;
}

/** The ids of keys that trails, their buckets and event data stores name at any time. */
export function namedKeyIds(versions: ItemVersions): Set<string> {
  const ids = new Set<string>();
  const add = (name: string | undefined): void => {
    const id = name === undefined ? undefined : keyIdOf(name);
    if (id !== undefined) ids.add(id);
  };
  for (const trail of versions.resources('AWS::CloudTrail::Trail')) {
    for (const item of trail) add(trailOfItem(item)?.description?.kmsKeyId);
  }
  for (const store of versions.resources('AWS::CloudTrail::EventDataStore')) {
    for (const item of store) add(storeOfItem(item)?.keyArn);
  }
  for (const bucket of versions.resources('AWS::S3::Bucket')) for (const item of bucket) add(bucketKeyOf(item));
  return ids;
}
