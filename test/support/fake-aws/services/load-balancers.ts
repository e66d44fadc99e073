import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { textIn } from '../protocol/input.js';
import { each, leaf, node, xmlDocument } from '../protocol/xml.js';
import type { WorldLoadBalancer } from '../world/resources.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';

/** Application, Network and Gateway Load Balancers, as far as their access logs go. */
export const elbv2: Service = {
  name: 'elbv2',
  operations: {
    DescribeLoadBalancers: paged((call) =>
      listed(call, 'LoadBalancers', here(call, false), ({ arn, name, type }) =>
        [leaf('LoadBalancerArn', arn), leaf('LoadBalancerName', name), leaf('Type', type)].join(''),
      ),
    ),
    DescribeLoadBalancerAttributes: {
      action: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
      answer: (call) => {
        const { bucket } = named(call, false);
        const attributes = { 'access_logs.s3.enabled': String(bucket !== null), 'access_logs.s3.bucket': bucket ?? '' };
        const members = each('member', Object.entries(attributes), ([key, value]) =>
          [leaf('Key', key), leaf('Value', value)].join(''),
        );
        return result(call, node('Attributes', members));
      },
    },
    DescribeListeners: {
      action: 'elasticloadbalancing:DescribeListeners',
      isPaged: true,
      answer: (call) => listed(call, 'Listeners', named(call, false).protocols, (it) => leaf('Protocol', it)),
    },
  },
};

/** Classic Load Balancers. */
export const elb: Service = {
  name: 'elb',
  operations: {
    DescribeLoadBalancers: paged((call) =>
      listed(call, 'LoadBalancerDescriptions', here(call, true), ({ name }) => leaf('LoadBalancerName', name)),
    ),
    DescribeLoadBalancerAttributes: {
      action: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
      answer: (call) => {
        const { bucket } = named(call, true);
        const log = node('AccessLog', leaf('Enabled', bucket !== null), leaf('S3BucketName', bucket));
        return result(call, node('LoadBalancerAttributes', log));
      },
    },
  },
};

function paged(answer: (call: Call) => HttpAnswer): Operation {
  return { action: 'elasticloadbalancing:DescribeLoadBalancers', isPaged: true, answer };
}

function here({ index, caller, region }: Call, isClassic: boolean): readonly WorldLoadBalancer[] {
  return (index.world.loadBalancers ?? []).filter(
    (it) => it.accountId === caller.accountId && it.region === region && (it.type === 'classic') === isClassic,
  );
}

function named(call: Call, isClassic: boolean): WorldLoadBalancer {
  const asked = textIn(call.input, isClassic ? 'LoadBalancerName' : 'LoadBalancerArn');
  const found = here(call, isClassic).find((it) => (isClassic ? it.name : it.arn) === asked);
  if (found === undefined) throw new ServiceError(400, 'LoadBalancerNotFound', 'There is no such load balancer.');
  return found;
}

function listed<T>(call: Call, set: string, all: readonly T[], inner: (it: T) => string): HttpAnswer {
  const page = pageOf(call, all, {
    token: textIn(call.input, 'Marker'),
    size: Number(textIn(call.input, 'PageSize') ?? 400),
    badToken: () => new ServiceError(400, 'ValidationError', 'The marker is not valid.'),
  });
  return result(call, node(set, each('member', page.items, inner)), leaf('NextMarker', page.next));
}

const namespaces = {
  elb: 'http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/',
  elbv2: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
};

function result(call: Call, ...members: readonly string[]): HttpAnswer {
  const body = xmlDocument(
    `${call.operation}Response`,
    call.service === 'elb' ? namespaces.elb : namespaces.elbv2,
    node(`${call.operation}Result`, ...members),
    node('ResponseMetadata', leaf('RequestId', call.requestId)),
  );
  return { status: 200, headers: {}, body };
}
