import { logPrefixes, usesKms, type LogEncryption, type LogPrefixes } from '../facts/index.js';
import type { Bucket, Trail } from '../model/inventory.js';
import { nowhere } from '../model/naming.js';
import type { World } from './world.js';

/** Where the trails of a bucket put their log and digest files. */
export function logPlaces(bucket: Bucket, world: World): LogPrefixes {
  return logPrefixes(bucket.name, trailsOf(bucket, world), world.inventory.organization?.id);
}

/** How they are encrypted there. */
export function logEncryption(bucket: Bucket, world: World): LogEncryption {
  const { name, owner } = bucket;
  const place = owner.state === 'known' ? owner.value : nowhere;
  const note = (call: string, reason: 'unsupported' | 'not-collected', message: string) => (): string =>
    world.note({ call, ...place, resource: name, reason, message });
  const byDefault = `Bucket ${name} has a KMS key of its own, its trails have none: whether that key encrypts their files is not known.`;
  const unrecorded = `Whether replication of bucket ${name} takes in files that a KMS key encrypts was not recorded.`;
  return {
    usesKms: usesKms(bucket, trailsOf(bucket, world), note('s3:GetBucketEncryption', 'unsupported', byDefault)),
    unrecorded:
      world.inventory.source === 'live' ? undefined : note('s3:GetBucketReplication', 'not-collected', unrecorded),
  };
}

function trailsOf(bucket: Bucket, { lookup }: World): readonly Trail[] {
  return [...lookup.trailsNaming('log-bucket', bucket), ...lookup.undescribed];
}
