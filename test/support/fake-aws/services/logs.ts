import type { Delivery, DeliveryDestination, DeliverySource } from '@aws-sdk/client-cloudwatch-logs';
import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, requiredText, textIn, textsIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { placeOf } from '../world/index-world.js';
import type { WorldDeliveries, WorldLogGroup } from '../world/resources.js';
import type { Call, Service } from './call.js';
import { insightsOperations } from './insights.js';
import { pageOf } from './page.js';

export const logs: Service = {
  name: 'logs',
  operations: {
    DescribeLogGroups: {
      action: 'logs:DescribeLogGroups',
      isPaged: true,
      // CloudWatch Logs names the account's log groups, not the one that was asked for.
      resource: (call) =>
        `arn:${call.index.world.partition}:logs:${call.region}:${call.caller.accountId}:log-group::log-stream:`,
      answer: describeLogGroups,
    },
    DescribeMetricFilters: {
      action: 'logs:DescribeMetricFilters',
      isPaged: true,
      resource: (call) => {
        const name = textIn(call.input, 'logGroupName') ?? '';
        return `arn:${call.index.world.partition}:logs:${call.region}:${call.caller.accountId}:log-group:${name}:log-stream:`;
      },
      answer: describeMetricFilters,
    },
    DescribeDeliverySources: {
      action: 'logs:DescribeDeliverySources',
      isPaged: true,
      answer: (call) => deliveriesPage(call, 'deliverySources', ({ sources }) => sources),
    },
    DescribeDeliveries: {
      action: 'logs:DescribeDeliveries',
      isPaged: true,
      answer: (call) => deliveriesPage(call, 'deliveries', ({ deliveries }) => deliveries),
    },
    DescribeDeliveryDestinations: {
      action: 'logs:DescribeDeliveryDestinations',
      isPaged: true,
      answer: (call) => deliveriesPage(call, 'deliveryDestinations', ({ destinations }) => destinations),
    },
    DescribeSubscriptionFilters: {
      action: 'logs:DescribeSubscriptionFilters',
      isPaged: true,
      resource: (call) => {
        const name = textIn(call.input, 'logGroupName') ?? '';
        return `arn:${call.index.world.partition}:logs:${call.region}:${call.caller.accountId}:log-group:${name}:log-stream:`;
      },
      answer: describeSubscriptionFilters,
    },
    ...insightsOperations,
  },
};

function describeLogGroups(call: Call): HttpAnswer {
  const { input } = call;
  const limit = numberIn(input, 'limit') ?? 50;
  if (!(limit >= 1 && limit <= 50)) {
    throw invalid(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50`,
    );
  }
  const groups = call.index.logGroups.get(placeOf(call.caller.accountId, call.region)) ?? [];
  const page = pageOf(call, groups.filter(filterOf(call)), {
    token: textIn(input, 'nextToken'),
    size: limit,
    badToken: () => invalid('The specified nextToken is invalid.'),
  });
  return jsonAnswer({ logGroups: page.items.map((group) => group.details), nextToken: page.next });
}

function deliveriesPage(
  call: Call,
  member: string,
  itemsOf: (it: WorldDeliveries) => readonly (DeliverySource | Delivery | DeliveryDestination)[],
): HttpAnswer {
  const here = (call.index.world.deliveries ?? []).filter(
    ({ accountId, region }) => accountId === call.caller.accountId && region === call.region,
  );
  const page = pageOf(call, here.flatMap(itemsOf), {
    token: textIn(call.input, 'nextToken'),
    size: numberIn(call.input, 'limit') ?? 50,
    badToken: () => invalid('The specified nextToken is invalid.'),
  });
  return jsonAnswer({ [member]: page.items, nextToken: page.next });
}

function describeMetricFilters(call: Call): HttpAnswer {
  const page = filtersPage(call, ({ metricFilters = [] }) => metricFilters);
  return jsonAnswer({ metricFilters: page.items, nextToken: page.next });
}

function describeSubscriptionFilters(call: Call): HttpAnswer {
  const page = filtersPage(call, ({ subscriptionFilters = [] }) => subscriptionFilters);
  return jsonAnswer({ subscriptionFilters: page.items, nextToken: page.next });
}

function filtersPage<T>(call: Call, filtersIn: (group: WorldLogGroup) => readonly T[]) {
  const { input } = call;
  const name = requiredText(input, 'logGroupName');
  const groups = call.index.logGroups.get(placeOf(call.caller.accountId, call.region)) ?? [];
  const group = groups.find((it) => it.name === name);
  if (group === undefined) {
    throw new ServiceError(400, 'ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return pageOf(call, filtersIn(group), {
    token: textIn(input, 'nextToken'),
    size: numberIn(input, 'limit') ?? 50,
    badToken: () => invalid('The specified nextToken is invalid.'),
  });
}

function filterOf({ input }: Call): (group: WorldLogGroup) => boolean {
  const prefix = textIn(input, 'logGroupNamePrefix');
  const pattern = textIn(input, 'logGroupNamePattern');
  const identifiers = textsIn(input, 'logGroupIdentifiers');
  if ([prefix, pattern, identifiers].filter((it) => it !== undefined).length > 1) {
    throw invalid('LogGroup name prefix, name pattern and log group identifiers are mutually exclusive parameters.');
  }
  if (identifiers !== undefined) {
    // Outside of a monitoring account only names in the own account may be given (API reference, DescribeLogGroups).
    const arn = identifiers.find((it) => it.startsWith('arn:'));
    if (arn !== undefined) throw invalid(`${arn} is not in a source account of this account: give log group names.`);
    if (identifiers.length > 50) throw invalid('At most 50 log group identifiers may be given.');
    return (group) => identifiers.includes(group.name);
  }
  if (pattern !== undefined) return (group) => group.name.includes(pattern);
  return (group) => group.name.startsWith(prefix ?? '');
}

function invalid(message: string): ServiceError {
  return new ServiceError(400, 'InvalidParameterException', message);
}
