import type { PublicAccessBlock } from '../../model/inventory.js';
import { normalizePublicAccessBlock } from '../bucket.js';
import { booleanIn, type JsonObject } from './json.js';

/** The four settings, of a bucket or of an account. */
export function normalizeBlock(block: JsonObject): PublicAccessBlock {
  return normalizePublicAccessBlock({
    BlockPublicAcls: booleanIn(block, 'blockPublicAcls'),
    IgnorePublicAcls: booleanIn(block, 'ignorePublicAcls'),
    BlockPublicPolicy: booleanIn(block, 'blockPublicPolicy'),
    RestrictPublicBuckets: booleanIn(block, 'restrictPublicBuckets'),
  });
}
