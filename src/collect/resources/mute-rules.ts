import type { AlarmPlace, MuteRule } from '../../model/inventory.js';
import { known } from '../../model/known.js';
import { normalizeMuteRule, required } from '../../normalize/index.js';
import type { InputOf } from '../aws/operations/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

const listRules = 'cloudwatch:ListAlarmMuteRules';

type Read = Pick<AlarmPlace, 'muteRules' | 'evidence'>;

/** The alarm mute rules of an account and Region that are active, or will be. */
export async function readMuteRules({ aws }: Context, session: Session, region: string): Promise<Read> {
  if (!aws.isSelected(listRules)) return { evidence: {} };
  const input: InputOf<typeof listRules> = { Statuses: ['SCHEDULED', 'ACTIVE'], MaxRecords: 100 };
  const listed = await aws.askAll(
    session,
    listRules,
    input,
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) =>
        required(output.AlarmMuteRuleSummaries, 'AlarmMuteRuleSummaries').map((it) =>
          required(it.AlarmMuteRuleArn, 'AlarmMuteRuleArn'),
        ),
    },
  );
  const asked: Read['evidence'][] = [listed.evidence];
  const evidence = (): Read['evidence'] => Object.fromEntries(asked.flatMap((each) => Object.entries(each)));
  if (listed.it.state !== 'known') return { muteRules: listed.it, evidence: evidence() };
  const rules: MuteRule[] = [];
  for (const arn of listed.it.value) {
    const AlarmMuteRuleName = nameOf(arn);
    const place = { region, resource: arn };
    const rule = await aws.ask(session, 'cloudwatch:GetAlarmMuteRule', { AlarmMuteRuleName }, place, normalizeMuteRule);
    asked.push(rule.evidence);
    if (rule.it.state === 'unknown') return { muteRules: rule.it, evidence: evidence() };
    if (rule.it.state === 'known') rules.push(rule.it.value);
  }
  return { muteRules: known(rules), evidence: evidence() };
}

/** `arn:aws:cloudwatch:REGION:ACCOUNT:alarm-mute-rule:NAME` */
function nameOf(arn: string): string {
  return arn.split(':').slice(6).join(':');
}
