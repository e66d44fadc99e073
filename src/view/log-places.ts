import { logPrefixes, type LogPrefixes } from '../facts/index.js';
import type { Bucket } from '../model/inventory.js';
import type { World } from './world.js';

/** Where the trails of a bucket put their log and digest files. */
export function logPlaces(bucket: Bucket, { lookup, inventory }: World): LogPrefixes {
  const trails = [...lookup.trailsNaming('log-bucket', bucket), ...lookup.undescribed];
  return logPrefixes(bucket.name, trails, inventory.organization?.id);
}
