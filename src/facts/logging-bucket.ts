import type { Known } from '../model/known.js';
import { doubt, fromKnown, sure } from './three-valued.js';
import type { Tri } from './values.js';

/** Where the configuration of a load balancer, or of a distribution, sends access logs to. */
export interface BucketLogging {
  /** Missing: to no bucket. */
  readonly bucket?: string;
  /** Absent: there is no such bucket; missing: nobody asked for it. */
  readonly bucketFound?: Known<boolean>;
}

/**
 * Whether the bucket is there that a configuration sends access logs to.
 *
 * @param lacking notes that nobody asked for it; gives the gap's id
 * @returns undefined: it sends them to none
 */
export function loggingBucketExists(logging: Known<BucketLogging>, lacking: () => string): Tri<boolean | undefined> {
  if (logging.state === 'unknown') return doubt([logging.gap]);
  if (logging.state === 'absent' || logging.value.bucket === undefined) return sure(undefined);
  const { bucketFound } = logging.value;
  return bucketFound === undefined ? doubt([lacking()]) : fromKnown(bucketFound, false, (found) => found);
}
