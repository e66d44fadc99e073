import type { DeliveryTarget as Delivery } from '../model/inventory.js';
import type { Known } from '../model/known.js';
import { logGroupKeeps } from './log-group-keeping.js';
import { doubt, fromKnown, someHold, sure } from './three-valued.js';
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

/** A delivery of CloudWatch Logs. */
export interface DeliveryTarget {
  /** Absent: what it delivers to does not exist; missing: nobody asked. */
  readonly destinationFound?: Known<boolean>;
}

/**
 * Whether a delivery goes to something that is there: one is enough.
 *
 * @param deliveries ids
 * @param targets the same; undefined: an earlier version did not read where they go
 * @param lacking notes that nobody asked for it; gives the gap's id
 */
export function deliveriesArrive(
  deliveries: Known<readonly string[]>,
  targets: Known<readonly DeliveryTarget[]> | undefined,
  lacking: () => string,
): Tri<boolean> {
  if (deliveries.state === 'unknown') return doubt([deliveries.gap]);
  if (deliveries.state === 'absent' || deliveries.value.length === 0) return sure(false);
  if (targets?.state === 'unknown') return doubt([targets.gap]);
  if (targets?.state !== 'known') return doubt([lacking()]);
  return someHold(targets.value.map((it) => deliveryArrives(it, lacking)));
}

/** Whether what a delivery goes to is there. */
export function deliveryArrives({ destinationFound: found }: DeliveryTarget, lacking: () => string): Tri<boolean> {
  return found === undefined ? doubt([lacking()]) : fromKnown(found, false, (it) => it);
}

/** For how many days the log group that a delivery goes to keeps records; undefined: for ever, or it goes to none. */
export function deliveryKeptDays(
  { type, destinationFound, destinationLogGroup }: Delivery,
  lacking: () => string,
): Tri<number | undefined> {
  return type === 'CWL' ? logGroupKeeps(destinationFound, destinationLogGroup, lacking) : sure(undefined);
}
