import type { LoadBalancer } from '../model/inventory.js';
import { doubt, fromKnown, sure } from './three-valued.js';
import type { Tri } from './values.js';

/**
 * Whether the bucket is there that the attributes of a load balancer send access logs to.
 *
 * @param lacking notes that nobody asked for it; gives the gap's id
 * @returns undefined: they send none
 */
export function loggingBucketExists({ logging }: LoadBalancer, lacking: () => string): Tri<boolean | undefined> {
  if (logging.state === 'unknown') return doubt([logging.gap]);
  if (logging.state === 'absent' || logging.value.bucket === undefined) return sure(undefined);
  const { bucketFound } = logging.value;
  return bucketFound === undefined ? doubt([lacking()]) : fromKnown(bucketFound, false, (found) => found);
}
