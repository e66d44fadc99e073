import { parseArn } from '../../model/identifiers.js';
import type { MuteRule } from '../../model/inventory.js';
import { broken, unknownAt, type Broken, type Unknown, type Whole } from './link.js';
import type { ChainAlarm, ChainSources } from './sources.js';

/**
 * Why a chain that goes on from an alarm is broken, or perhaps, as a mute rule holds the alarm's actions back: now, or
 * again and again. A rule that will mute it once does not yet; and what an alarm has a part in is not muted with it.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export function muted(
  { arn, name }: Pick<ChainAlarm, 'arn' | 'name'>,
  chain: Whole | Unknown,
  sources: ChainSources,
): Broken | Unknown | undefined {
  const { accountId = '', region = '' } = parseArn(arn) ?? {};
  const rules = sources.muteRulesOf(accountId, region);
  if (rules.state === 'absent') return undefined;
  if (rules.state === 'unknown') {
    const others = chain.state === 'unknown' ? chain.gaps : [];
    return unknownAt('action', `Whether alarm ${arn} is muted could not be read.`, [rules.gap, ...others]);
  }
  const own = rules.value.filter((it) => it.alarmNames.includes(name) && it.status !== 'EXPIRED');
  const active = own.find((it) => it.status === 'ACTIVE');
  if (active !== undefined)
    return broken('action', `Alarm ${arn} is muted now by ${named(active)}: no one is notified.`);
  const recurring = own.find((it) => !it.expression.startsWith('at('));
  return recurring && broken('action', `Alarm ${arn} is muted again and again by ${named(recurring)}.`);
}

function named({ arn, expression, duration, timezone = 'UTC' }: MuteRule): string {
  return `mute rule ${arn}, ${expression} in ${timezone} for ${duration}`;
}
