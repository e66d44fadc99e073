import type { CompositeAlarm } from './sources.js';

const term = /^(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("(?:[^"\\]|\\.)*"|[^\s()"]+)\s*\)/;

/** Whether a composite alarm rises whenever this alarm does: `unsure` where that depends on others. */
export function risesWith(
  { rule }: CompositeAlarm,
  { name, arn }: Pick<CompositeAlarm, 'name' | 'arn'>,
): 'yes' | 'no' | 'unsure' {
  let rest = rule.trim();
  let isNamed = false;
  for (;;) {
    const [whole, state, quoted = ''] = term.exec(rest) ?? [];
    if (whole === undefined) return isMentioned(rule, name, arn) ? 'unsure' : 'no';
    const of = quoted.startsWith('"') ? quoted.slice(1, -1) : quoted;
    if (state === 'ALARM' && (of === name || of === arn)) isNamed = true;
    rest = rest.slice(whole.length).trim();
    if (rest === '') return isNamed ? 'yes' : 'no';
    if (!/^OR\b/.test(rest)) return isMentioned(rule, name, arn) ? 'unsure' : 'no';
    rest = rest.slice(2).trim();
  }
}

function isMentioned(rule: string, name: string, arn: string): boolean {
  return rule.includes(name) || rule.includes(arn);
}
