import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { placeOf } from '../world/index-world.js';
import type { WorldRule } from '../world/resources.js';
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

/** Of the default event bus: the fake knows no other. */
function rulesOf(call: Call): readonly WorldRule[] {
  const bus = textIn(call.input, 'EventBusName') ?? 'default';
  if (bus !== 'default') {
    throw new ServiceError(400, 'ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  }
  return call.index.eventRules.get(placeOf(call.caller.accountId, call.region)) ?? [];
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
