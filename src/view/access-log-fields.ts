import { ViewList } from '../expression/index.js';
import { deliveriesArrive, loggingBucketExists } from '../facts/index.js';
import type { Distribution, LoadBalancer } from '../model/inventory.js';
import { fromTri, required, texts } from './convert.js';
import { derived, evidenceOf, observed } from './fields.js';
import type { Field } from './object.js';
import type { World } from './world.js';

type LogsAccess = Distribution | LoadBalancer;

const deliveryCalls = ['logs:DescribeDeliverySources', 'logs:DescribeDeliveries'];
const destinationCall = 'logs:DescribeDeliveryDestinations';
const bucketCalls = ['s3:HeadBucket', 's3:ListBuckets'];

/**
 * Where the access logs of what serves requests arrive.
 *
 * @param noun of what logs: `load balancer`
 * @param configuration the calls that tell the bucket that it logs to itself
 */
export function accessLogFields<T extends LogsAccess>(
  noun: string,
  configuration: readonly string[],
): Readonly<Record<'loggingBucketExists' | 'deliveriesArrive' | 'deliveries', Field<T>>> {
  return {
    loggingBucketExists: derived(
      (it) => [evidenceOf(it, [...configuration, ...bucketCalls])],
      (it, world) => {
        const lacking = (): string =>
          lack(it, world, 's3:HeadBucket', 'error', `Whether the bucket exists that ${noun} ${it.arn} logs to`);
        return fromTri(loggingBucketExists(it.logging, lacking), (exists) => exists);
      },
    ),
    deliveriesArrive: derived(
      (it) => [evidenceOf(it, [...deliveryCalls, destinationCall, ...bucketCalls, 'logs:DescribeLogGroups'])],
      (it, world) => {
        const what = `Where CloudWatch Logs delivers the access logs of ${noun} ${it.arn}`;
        const lacking = (): string => lack(it, world, destinationCall, 'not-collected', what);
        return fromTri(deliveriesArrive(it.deliveries, it.deliveryTargets, lacking), (arrive) => arrive);
      },
    ),
    deliveries: observed(deliveryCalls, (it) => required(it.deliveries, new ViewList([]), texts)),
  };
}

/** Notes that nobody asked. */
function lack(
  { arn, accountId, region }: LogsAccess,
  world: World,
  call: string,
  reason: 'error' | 'not-collected',
  what: string,
): string {
  return world.note({ call, accountId, region, resource: arn, reason, message: `${what} was not asked.` });
}
