import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, textIn, textsIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { placeOf } from '../world/index-world.js';
import type { Call, Service } from './call.js';
import { pageOf } from './page.js';

export const cloudwatch: Service = {
  name: 'cloudwatch',
  operations: {
    DescribeAlarms: {
      action: 'cloudwatch:DescribeAlarms',
      isPaged: true,
      resource: (call) =>
        `arn:${call.index.world.partition}:cloudwatch:${call.region}:${call.caller.accountId}:alarm:*`,
      answer: describeAlarms,
    },
  },
};

/** Metric alarms alone, unless AlarmTypes says otherwise (API reference, DescribeAlarms). */
function describeAlarms(call: Call): HttpAnswer {
  const { input } = call;
  const types = textsIn(input, 'AlarmTypes') ?? ['MetricAlarm'];
  const size = numberIn(input, 'MaxRecords') ?? 50;
  if (!(size >= 1 && size <= 100)) {
    throw new ServiceError(400, 'ValidationError', 'MaxRecords must be between 1 and 100.');
  }
  const all = call.index.alarms.get(placeOf(call.caller.accountId, call.region)) ?? [];
  const asked = all.filter((it) => types.includes(it.metric === undefined ? 'CompositeAlarm' : 'MetricAlarm'));
  const page = pageOf(call, asked, {
    token: textIn(input, 'NextToken'),
    size,
    badToken: () => new ServiceError(400, 'InvalidNextToken', 'The next token specified is invalid.'),
  });
  return jsonAnswer({
    MetricAlarms: page.items.flatMap((it) => it.metric ?? []),
    CompositeAlarms: page.items.flatMap((it) => it.composite ?? []),
    NextToken: page.next,
  });
}
