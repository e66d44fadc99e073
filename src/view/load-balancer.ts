import { ABSENT, type Value } from '../expression/index.js';
import type { LoadBalancer } from '../model/inventory.js';
import { accessLogFields } from './access-log-fields.js';
import { orAbsent, required } from './convert.js';
import { fields, observed } from './fields.js';
import type { Field, Shape } from './object.js';

const listed = (show: (it: LoadBalancer) => Value): Field<LoadBalancer> =>
  observed(['elbv2:DescribeLoadBalancers', 'elb:DescribeLoadBalancers'], show);

const attributes = ['elbv2:DescribeLoadBalancerAttributes', 'elb:DescribeLoadBalancerAttributes'];

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
    ...accessLogFields<LoadBalancer>('load balancer', attributes),
  }),
};
