import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, textIn, textsIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { placeOf } from '../world/index-world.js';
import type { WorldMuteRule } from '../world/resources.js';
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
    ListAlarmMuteRules: {
      action: 'cloudwatch:ListAlarmMuteRules',
      isPaged: true,
      resource: (call) =>
        `arn:${call.index.world.partition}:cloudwatch:${call.region}:${call.caller.accountId}:alarm-mute-rule:*`,
      answer: listAlarmMuteRules,
    },
    GetAlarmMuteRule: {
      action: 'cloudwatch:GetAlarmMuteRule',
      resource: (call) =>
        `arn:${call.index.world.partition}:cloudwatch:${call.region}:${call.caller.accountId}:alarm-mute-rule:${textIn(call.input, 'AlarmMuteRuleName') ?? ''}`,
      answer: getAlarmMuteRule,
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

function muteRulesAt({ index, caller, region }: Call): readonly WorldMuteRule[] {
  const { muteRules: all = [], isWithoutMuteRules } = index.world;
  if (isWithoutMuteRules === true) throw new ServiceError(400, 'UnknownOperationException', '');
  return all.filter((it) => it.accountId === caller.accountId && it.region === region);
}

function listAlarmMuteRules(call: Call): HttpAnswer {
  const { input } = call;
  const size = numberIn(input, 'MaxRecords') ?? 50;
  if (!(size >= 1 && size <= 100)) {
    throw new ServiceError(400, 'ValidationException', 'MaxRecords must be between 1 and 100.');
  }
  const statuses = textsIn(input, 'Statuses');
  const asked = muteRulesAt(call).filter(({ rule }) => statuses?.includes(rule.Status ?? '') !== false);
  const page = pageOf(call, asked, {
    token: textIn(input, 'NextToken'),
    size,
    badToken: () => new ServiceError(400, 'InvalidNextToken', 'The next token specified is invalid.'),
  });
  const summaries = page.items.map(({ rule: { AlarmMuteRuleArn, Status, MuteType } }) => ({
    AlarmMuteRuleArn,
    Status,
    MuteType,
  }));
  return jsonAnswer({ AlarmMuteRuleSummaries: summaries, NextToken: page.next });
}

function getAlarmMuteRule(call: Call): HttpAnswer {
  const name = textIn(call.input, 'AlarmMuteRuleName');
  const found = muteRulesAt(call).find(({ rule }) => rule.Name === name);
  if (found === undefined || found.isGone === true) {
    throw new ServiceError(404, 'ResourceNotFoundException', `Alarm mute rule ${name ?? ''} does not exist.`);
  }
  return jsonAnswer(found.rule);
}
