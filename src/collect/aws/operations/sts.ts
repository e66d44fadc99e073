import type * as sts from '@aws-sdk/client-sts';
import { byCaller, type PlanFigures } from '../../plan/rule.js';
import { exactly, type Range } from '../../plan/range.js';
import { operation } from '../service.js';
import { stsService, quota } from './services.js';

const stsCalls = quota('sts', 200, 200);

export const stsOperations = {
  'sts:GetCallerIdentity': operation(
    stsService,
    { purpose: 'Who is calling, in which account and partition', quota: stsCalls, plan: byCaller(() => exactly(1)) },
    async (m, client, input: sts.GetCallerIdentityCommandInput, o) => {
      const output = await client.send(new m.GetCallerIdentityCommand(input), o);
      // What the SDK found out from this answer: by how much the clock of AWS is ahead of the one here.
      return { ...output, clockOffset: client.config.systemClockOffset };
    },
  ),
  'sts:AssumeRole': operation(
    stsService,
    { action: 'sts:AssumeRole', purpose: 'Enter the other accounts', quota: stsCalls, plan: byCaller(assumedRoles) },
    (m, client, input: sts.AssumeRoleCommandInput, o) => client.send(new m.AssumeRoleCommand(input), o),
  ),
} as const;

/** Each account that is read is entered once, and those that keys, log groups and topics turn out to be in. */
function assumedRoles({ inputs, keys, onePerTrail, wants }: PlanFigures): Range {
  const { entered, mayBeEntered, isAlone, concurrency } = inputs;
  const topics = wants('sns:GetTopicAttributes') ? onePerTrail.atMost : 0;
  const elsewhere = isAlone ? keys.atMost + topics + onePerTrail.atMost : mayBeEntered - entered;
  // Each of the accounts that are entered at first may refuse the name of the run, and is asked again without it.
  const askedTwice = Math.min(concurrency, entered + elsewhere);
  return { atLeast: entered, atMost: entered + elsewhere + askedTwice };
}
