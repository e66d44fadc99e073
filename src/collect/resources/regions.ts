import type { Region } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { required } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { byText } from '../../text/order.js';

/** All Regions of an account with their opt-in status, sorted by name. */
export async function listRegions(
  context: Pick<Context, 'aws' | 'region'>,
  session: Session,
): Promise<Answer<readonly Region[]>> {
  const input = { MaxResults: 50 };
  const answer = await context.aws.askAll(
    session,
    'account:ListRegions',
    input,
    { region: context.region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) =>
        required(output.Regions, 'Regions').map((it) => ({
          name: required(it.RegionName, 'RegionName'),
          optStatus: required(it.RegionOptStatus, 'RegionOptStatus'),
        })),
    },
  );
  if (answer.it.state !== 'known') return answer;
  const sorted = answer.it.value.toSorted((a, b) => byText(a.name, b.name));
  return { ...answer, it: { state: 'known', value: sorted } };
}

/**
 * The names of enabled Regions; undefined where the list is not known. Disabled Regions do not count, nor those that are
 * being switched on or off: nothing runs there for sure.
 */
export function enabledRegions(regions: Known<readonly Region[]>): string[] | undefined {
  return regions.state === 'known' ? regions.value.filter(isEnabled).map((it) => it.name) : undefined;
}

function isEnabled({ optStatus }: Region): boolean {
  return optStatus === 'ENABLED' || optStatus === 'ENABLED_BY_DEFAULT';
}
