import { ViewList, type Value, type ViewObject } from '../expression/index.js';
import { deliveriesArrive, deliveryArrives, deliveryKeptDays, loggingBucketExists } from '../facts/index.js';
import type { DeliveryTarget, Distribution, LoadBalancer } from '../model/inventory.js';
import { unknown } from '../model/known.js';
import { fromTri, orAbsent, required, texts } from './convert.js';
import { derived, evidenceOf, observed } from './fields.js';
import { PartObject, type Field, type Values } from './object.js';
import type { World } from './world.js';

type LogsAccess = Distribution | LoadBalancer;

const deliveryCalls = ['logs:DescribeDeliverySources', 'logs:DescribeDeliveries'];
const destinationCall = 'logs:DescribeDeliveryDestinations';
const bucketCalls = ['s3:HeadBucket', 's3:ListBuckets'];
const arrivalCalls = [...deliveryCalls, destinationCall, ...bucketCalls, 'logs:DescribeLogGroups'];

/**
 * Where the access logs of what serves requests arrive.
 *
 * @param noun of what logs: `load balancer`
 * @param configuration the calls that tell the bucket that it logs to itself
 */
export function accessLogFields<T extends LogsAccess>(
  noun: string,
  configuration: readonly string[],
): Readonly<Record<'loggingBucketExists' | 'deliveriesArrive' | 'deliveries' | 'deliveryTargets', Field<T>>> {
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
      (it) => [evidenceOf(it, arrivalCalls)],
      (it, world) =>
        fromTri(deliveriesArrive(it.deliveries, it.deliveryTargets, unread(noun, it, world)), (arrive) => arrive),
    ),
    deliveryTargets: derived(
      (it) => [evidenceOf(it, arrivalCalls)],
      (it, world, self) => shownTargets(noun, it, world, self),
    ),
    deliveries: observed(deliveryCalls, (it) => required(it.deliveries, new ViewList([]), texts)),
  };
}

/** Notes that where deliveries go was not asked. */
function unread(noun: string, it: LogsAccess, world: World): () => string {
  const what = `Where CloudWatch Logs delivers the access logs of ${noun} ${it.arn}`;
  return () => lack(it, world, destinationCall, 'not-collected', what);
}

/** The deliveries themselves; without one there is nothing that an earlier version had to read. */
function shownTargets(noun: string, it: LogsAccess, world: World, self: ViewObject): Value {
  const { deliveries, deliveryTargets } = it;
  if (deliveries.state !== 'known' || deliveries.value.length === 0) {
    return required(deliveries, new ViewList([]), () => new ViewList([]));
  }
  const targets = deliveryTargets ?? unknown(unread(noun, it, world)());
  return required(
    targets,
    new ViewList([]),
    (all) => new ViewList(all.map((target) => shownTarget(noun, target, it, world, self))),
  );
}

function shownTarget(noun: string, target: DeliveryTarget, it: LogsAccess, world: World, self: ViewObject): ViewObject {
  const what = `How long the log group keeps the access logs of ${noun} ${it.arn} that delivery ${target.id} sends it`;
  const lacking = (): string => lack(it, world, 'logs:DescribeLogGroups', 'not-collected', what);
  const values: Values = {
    id: target.id,
    arrives: fromTri(deliveryArrives(target, unread(noun, it, world)), (arrives) => arrives),
    keptDays: fromTri(deliveryKeptDays(target, lacking), orAbsent),
  };
  return new PartObject('AccessLogDelivery', values, self, 'deliveryTargets');
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
