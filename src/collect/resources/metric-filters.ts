import type { LogGroup, MetricFilter } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { normalizeMetricFilter, required } from '../../normalize/index.js';
import type { Context } from '../run/context.js';

const call = 'logs:DescribeMetricFilters';

/** The log groups with their metric filters, each asked in the account and Region that owns it. */
export async function withMetricFilters(context: Context, groups: readonly LogGroup[]): Promise<LogGroup[]> {
  if (!context.aws.isSelected(call)) return [...groups];
  return await context.limit(groups, async (group) => await withFilters(context, group));
}

async function withFilters(context: Context, group: LogGroup): Promise<LogGroup> {
  const { arn, accountId, region, name } = group;
  const entered = await context.sessions.enter(accountId);
  if ('gap' in entered) return { ...group, metricFilters: entered.gap };
  const input = { logGroupName: name };
  const { it, evidence } = await context.aws.askAll(
    entered.session,
    call,
    input,
    { region, resource: arn },
    {
      token: (output) => output.nextToken,
      next: (nextToken) => ({ ...input, nextToken }),
      items: (output) => required(output.metricFilters, 'metricFilters').map(normalizeMetricFilter),
    },
  );
  const metricFilters: Known<readonly MetricFilter[]> = it;
  return { ...group, metricFilters, evidence: { ...group.evidence, ...evidence } };
}
