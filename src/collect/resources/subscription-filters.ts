import type { LogGroup, SubscriptionFilter } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { normalizeSubscriptionFilter, required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';

const call = 'logs:DescribeSubscriptionFilters';

/** The log groups with their subscription filters, each asked in the account and Region that owns it. */
export async function withSubscriptionFilters(context: Context, groups: readonly LogGroup[]): Promise<LogGroup[]> {
  if (!context.aws.isSelected(call)) return [...groups];
  return await context.limit(groups, async (group) => await withFilters(context, group));
}

async function withFilters(context: Context, group: LogGroup): Promise<LogGroup> {
  const { arn, accountId, region, name } = group;
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { ...group, subscriptionFilters: entered.gap };
  const input = { logGroupName: name };
  const { it, evidence } = await context.aws.askAll(
    entered.session,
    call,
    input,
    { region, resource: arn },
    {
      token: (output) => output.nextToken,
      next: (nextToken) => ({ ...input, nextToken }),
      items: (output) => required(output.subscriptionFilters, 'subscriptionFilters').map(normalizeSubscriptionFilter),
    },
  );
  const subscriptionFilters: Known<readonly SubscriptionFilter[]> = it;
  return { ...group, subscriptionFilters, evidence: { ...group.evidence, ...evidence } };
}
