import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { placeOf } from '../world/index-world.js';
import type { WorldEventBus, WorldRule } from '../world/resources.js';
import type { Call, Service } from './call.js';
import { pageOf } from './page.js';

export const events: Service = {
  name: 'events',
  operations: {
    DescribeEventBus: {
      action: 'events:DescribeEventBus',
      resource: (call) => `${arnOf(call)}:event-bus/default`,
      answer: describeEventBus,
    },
    ListEventBuses: {
      action: 'events:ListEventBuses',
      isPaged: true,
      resource: (call) => `${arnOf(call)}:event-bus/*`,
      answer: listEventBuses,
    },
    ListRules: {
      action: 'events:ListRules',
      isPaged: true,
      resource: (call) => `${arnOf(call)}:rule/*`,
      answer: listRules,
    },
    ListTargetsByRule: {
      action: 'events:ListTargetsByRule',
      isPaged: true,
      resource: (call) => `${arnOf(call)}:rule/${textIn(call.input, 'Rule') ?? ''}`,
      answer: listTargets,
    },
  },
};

function arnOf({ index, region, caller }: Call): string {
  return `arn:${index.world.partition}:events:${region}:${caller.accountId}`;
}

/** The default event bus, and those that the world states. */
function busesOf({ index, caller, region }: Call): readonly WorldEventBus[] {
  const { accountId } = caller;
  const stated = (index.world.eventBuses ?? []).filter((it) => it.accountId === accountId && it.region === region);
  return stated.some(({ name }) => name === 'default') ? stated : [{ accountId, region, name: 'default' }, ...stated];
}

function rulesOf(call: Call): readonly WorldRule[] {
  const bus = textIn(call.input, 'EventBusName') ?? 'default';
  if (!busesOf(call).some(({ name }) => name === bus)) {
    throw new ServiceError(400, 'ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  }
  const all = call.index.eventRules.get(placeOf(call.caller.accountId, call.region)) ?? [];
  return all.filter(({ rule }) => (rule.EventBusName ?? 'default') === bus);
}

function listEventBuses(call: Call): HttpAnswer {
  const prefix = textIn(call.input, 'NamePrefix') ?? '';
  const found = busesOf(call).filter(({ name }) => name.startsWith(prefix));
  const page = pageOf(call, found, options(call));
  const buses = page.items.map(({ name, policy }) => ({
    Name: name,
    Arn: `${arnOf(call)}:event-bus/${name}`,
    Policy: policy,
  }));
  return jsonAnswer({ EventBuses: buses, NextToken: page.next });
}

function describeEventBus(call: Call): HttpAnswer {
  return jsonAnswer({ Name: 'default', Arn: `${arnOf(call)}:event-bus/default` });
}

function listRules(call: Call): HttpAnswer {
  const page = pageOf(call, rulesOf(call), options(call));
  return jsonAnswer({ Rules: page.items.map((it) => it.rule), NextToken: page.next });
}

function listTargets(call: Call): HttpAnswer {
  const name = requiredText(call.input, 'Rule');
  const rule = rulesOf(call).find((it) => it.name === name);
  if (rule === undefined) {
    throw new ServiceError(400, 'ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  }
  const page = pageOf(call, rule.targets, options(call));
  return jsonAnswer({ Targets: page.items, NextToken: page.next });
}

function options({ input }: Call) {
  const size = numberIn(input, 'Limit') ?? 100;
  if (!(size >= 1 && size <= 100)) throw new ServiceError(400, 'ValidationException', 'Limit must be from 1 to 100.');
  return {
    token: textIn(input, 'NextToken'),
    size,
    badToken: () => new ServiceError(400, 'ValidationException', 'NextToken is not valid.'),
  };
}
