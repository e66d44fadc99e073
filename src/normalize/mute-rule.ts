import type { MuteRule } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** GetAlarmMuteRule's answer, as far as it is used. */
export interface RawMuteRule {
  readonly AlarmMuteRuleArn?: string | undefined;
  readonly Status?: string | undefined;
  readonly MuteTargets?: { readonly AlarmNames: readonly string[] | undefined } | undefined;
  readonly Rule?:
    | {
        readonly Schedule:
          | {
              readonly Expression: string | undefined;
              readonly Duration: string | undefined;
              readonly Timezone?: string | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** A rule without targets mutes nothing. */
export function normalizeMuteRule(raw: RawMuteRule): MuteRule {
  const schedule = required(raw.Rule?.Schedule, 'Rule.Schedule');
  return defined({
    arn: required(raw.AlarmMuteRuleArn, 'AlarmMuteRuleArn'),
    alarmNames: raw.MuteTargets?.AlarmNames ?? [],
    status: required(raw.Status, 'Status'),
    expression: required(schedule.Expression, 'Expression'),
    duration: required(schedule.Duration, 'Duration'),
    timezone: optionalText(schedule.Timezone),
  });
}
