import { ABSENT, ViewList, type Value } from '../expression/index.js';
import { deliveriesArrive, loggingBucketExists } from '../facts/index.js';
import type { LoadBalancer } from '../model/inventory.js';
import { fromTri, orAbsent, required, texts } from './convert.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';

const listed = (show: (it: LoadBalancer) => Value): Field<LoadBalancer> =>
  observed(['elbv2:DescribeLoadBalancers', 'elb:DescribeLoadBalancers'], show);

const attributes = ['elbv2:DescribeLoadBalancerAttributes', 'elb:DescribeLoadBalancerAttributes'];

const deliveryCalls = ['logs:DescribeDeliverySources', 'logs:DescribeDeliveries', 'logs:DescribeDeliveryDestinations'];

export const loadBalancerShape: Shape<LoadBalancer> = {
  type: 'LoadBalancer',
  label: (it) => it.arn,
  cause: (it, field) => ({ targetType: 'load-balancer', id: it.arn, field }),
  fields: fields<LoadBalancer>({
    arn: listed((it) => it.arn),
    name: listed((it) => it.name),
    accountId: listed((it) => it.accountId),
    region: listed((it) => it.region),
    type: listed((it) => it.type),
    hasTlsListener: observed(['elbv2:DescribeListeners'], (it) => required(it.hasTlsListener, false, (has) => has)),
    loggingBucket: observed(attributes, (it) => required(it.logging, ABSENT, ({ bucket }) => orAbsent(bucket))),
    loggingBucketExists: derived(
      (it) => [evidenceOf(it, [...attributes, 's3:HeadBucket', 's3:ListBuckets'])],
      (it, world) => {
        const lacking = (): string => {
          const message = `Whether the bucket exists that load balancer ${it.arn} logs to was not asked.`;
          const { accountId, region } = it;
          return world.note({ call: 's3:HeadBucket', accountId, region, resource: it.arn, reason: 'error', message });
        };
        return fromTri(loggingBucketExists(it.logging, lacking), (exists) => exists);
      },
    ),
    deliveriesArrive: derived(
      (it) => [evidenceOf(it, [...deliveryCalls, 's3:HeadBucket', 's3:ListBuckets', 'logs:DescribeLogGroups'])],
      (it, world) => {
        const lacking = (): string => {
          const message = `Where CloudWatch Logs delivers the access logs of load balancer ${it.arn} was not asked.`;
          const { accountId, region } = it;
          const call = 'logs:DescribeDeliveryDestinations';
          return world.note({ call, accountId, region, resource: it.arn, reason: 'not-collected', message });
        };
        return fromTri(deliveriesArrive(it.deliveries, it.deliveryTargets, lacking), (arrive) => arrive);
      },
    ),
    deliveries: observed(['logs:DescribeDeliverySources', 'logs:DescribeDeliveries'], (it) =>
      required(it.deliveries, new ViewList([]), texts),
    ),
  }),
};
