import { parseArn } from '../../model/identifiers.js';
import type { AlarmPlace, Topic } from '../../model/inventory.js';
import { normalizeTopicAttributes } from '../../normalize/index.js';
import type { Context } from '../run/context.js';

const call = 'sns:GetTopicAttributes';

/**
 * The topics that alarms tell, each once, asked in the account and Region of its ARN.
 *
 * @returns undefined where topics are not asked for.
 */
export async function readTopics(
  context: Context,
  places: readonly AlarmPlace[] | undefined,
): Promise<Topic[] | undefined> {
  if (places === undefined || !context.aws.isSelected(call)) return undefined;
  return await context.limit(topicsOf(places), async (arn) => await readTopic(context, arn));
}

function topicsOf(places: readonly AlarmPlace[]): readonly string[] {
  const actions = places.flatMap(({ alarms }) =>
    alarms.state === 'known'
      ? [...alarms.value.metricAlarms, ...alarms.value.compositeAlarms].flatMap((it) => it.alarmActions)
      : [],
  );
  return [...new Set(actions)].filter((arn) => parseArn(arn)?.service === 'sns').toSorted();
}

async function readTopic(context: Context, arn: string): Promise<Topic> {
  const { accountId = '', region = '', resource: name = '' } = parseArn(arn) ?? {};
  const topic = { arn, name, accountId, region };
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { ...topic, attributes: entered.gap, evidence: {} };
  const { it, evidence } = await context.aws.ask(
    entered.session,
    call,
    { TopicArn: arn },
    { region, resource: arn },
    (output) => normalizeTopicAttributes(output.Attributes),
  );
  return { ...topic, attributes: it, evidence };
}
