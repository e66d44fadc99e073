import type { Bucket } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';

/** What is read of a bucket once its owner is known. */
export type BucketFacets = Omit<Bucket, 'name' | 'arn' | 'owner' | 'accessLogTarget' | 'accessPoints' | 'evidence'>;

/** Facets that are all unknown for the one reason, or all absent. */
export function everyFacet(it: Known<never>): BucketFacets {
  return {
    policy: it,
    policyStatus: it,
    acl: it,
    objectOwnership: it,
    publicAccessBlock: it,
    versioning: it,
    objectLock: it,
    encryption: it,
    lifecycleRules: it,
    accessLogging: it,
    replication: it,
    notificationDestinations: it,
    notifications: it,
    requesterPays: it,
    tags: it,
  };
}
