import type { LogGroup } from '../../model/inventory.js';
import type { Known } from '../../model/known.js';
import { normalizeMetricFilter, normalizeSubscriptionFilter, required } from '../../normalize/index.js';
import type { Answer, Aws, Place } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

/** The log groups with their metric and subscription filters, where a policy asks for these. */
export async function withFilters(context: Context, groups: readonly LogGroup[]): Promise<LogGroup[]> {
  const withMetrics = await withEach(context, groups, 'logs:DescribeMetricFilters', {
    ask: async (aws, session, input, place) =>
      await aws.askAll(session, 'logs:DescribeMetricFilters', input, place, {
        ...pagesOf(input),
        items: (output) => required(output.metricFilters, 'metricFilters').map(normalizeMetricFilter),
      }),
    as: (metricFilters) => ({ metricFilters }),
  });
  return await withEach(context, withMetrics, 'logs:DescribeSubscriptionFilters', {
    ask: async (aws, session, input, place) =>
      await aws.askAll(session, 'logs:DescribeSubscriptionFilters', input, place, {
        ...pagesOf(input),
        items: (output) => required(output.subscriptionFilters, 'subscriptionFilters').map(normalizeSubscriptionFilter),
      }),
    as: (subscriptionFilters) => ({ subscriptionFilters }),
  });
}

interface OfGroup {
  readonly logGroupName: string;
}

interface Filters<T> {
  readonly ask: (aws: Aws, session: Session, input: OfGroup, place: Place) => Promise<Answer<readonly T[]>>;
  readonly as: (found: Known<readonly T[]>) => Partial<LogGroup>;
}

function pagesOf(input: OfGroup) {
  return {
    token: (output: { readonly nextToken?: string | undefined }) => output.nextToken,
    next: (nextToken: string) => ({ ...input, nextToken }),
  };
}

/** Each group is asked in the account and Region that owns it. */
async function withEach<T>(
  context: Context,
  groups: readonly LogGroup[],
  call: 'logs:DescribeMetricFilters' | 'logs:DescribeSubscriptionFilters',
  { ask, as }: Filters<T>,
): Promise<LogGroup[]> {
  if (!context.aws.isSelected(call)) return [...groups];
  return await context.limit(groups, async (group) => {
    const { arn, accountId, region, name, evidence: known } = group;
    const entered = await context.sessions.enter(accountId);
    if ('gap' in entered) return { ...group, ...as(entered.gap) };
    const place = { region, resource: arn };
    const { it, evidence } = await ask(context.aws, entered.session, { logGroupName: name }, place);
    return { ...group, ...as(it), evidence: { ...known, ...evidence } };
  });
}
