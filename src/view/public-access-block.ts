import type { PublicAccessBlock } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import { required } from './convert.js';
import { PartObject } from './object.js';
import type { Value, ViewObject } from '../expression/index.js';

/** Block Public Access of a bucket or account, as set there. Never set: all off. */
export function publicAccessBlockOf(it: Known<PublicAccessBlock>, owner: ViewObject): Value {
  const show = (block: PublicAccessBlock): PartObject =>
    new PartObject('PublicAccessBlock', { ...block }, owner, 'publicAccessBlock');
  const never = {
    blockPublicAcls: false,
    ignorePublicAcls: false,
    blockPublicPolicy: false,
    restrictPublicBuckets: false,
  };
  return required(it, show(never), show);
}
