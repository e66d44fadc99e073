import { listedKinds, type ListedType, type ResourceOf, type VariableOf } from '../model/resource-kinds.js';
import { accountShape } from './account.js';
import { bucketShape } from './bucket.js';
import { distributionShape } from './distribution.js';
import { eventBusShape } from './event-bus.js';
import { eventDataStoreShape } from './event-data-store.js';
import { keyShape } from './key.js';
import { loadBalancerShape } from './load-balancer.js';
import { logGroupShape } from './log-group.js';
import type { Shape } from './object.js';
import { otherLogBucketShape } from './other-log-bucket.js';
import { securityHubShape } from './security-hub.js';
import { topicShape } from './topic.js';
import { trailShape } from './trail.js';
import { vpcShape } from './vpc.js';

/** The fields of each kind of resource, by the kind's name in expressions. */
const shapes: { readonly [K in ListedType as VariableOf<K>]: Shape<ResourceOf<K>> } = {
  account: accountShape,
  trail: trailShape,
  eventDataStore: eventDataStoreShape,
  bucket: bucketShape,
  key: keyShape,
  logGroup: logGroupShape,
  topic: topicShape,
  vpc: vpcShape,
  distribution: distributionShape,
  loadBalancer: loadBalancerShape,
  eventBus: eventBusShape,
  securityHub: securityHubShape,
  otherLogBucket: otherLogBucketShape,
};

export function shapeOf<K extends ListedType>(kind: K): Shape<ResourceOf<K>> {
  // The kind's row has the name by which its shape stands above.
  return shapes[listedKinds[kind].variable] as Shape<ResourceOf<K>>;
}
