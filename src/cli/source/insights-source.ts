import { withInsights } from '../../collect/index.js';
import { eventsFromInsights } from '../../events/index.js';
import { UsageError } from '../../model/errors.js';
import type { Insights } from '../../model/insights.js';
import type { EventSource } from '../../model/log-events.js';
import type { Terminal } from '../process/terminal.js';
import { queryPlanLines, runOptions, windowOptions } from './queried-source.js';
import type { QueriedChoice } from './query-choice.js';
import { tellingScanned } from './scanned-text.js';

const scheme = 'insights:';

export function isInsights(source: string): boolean {
  return source.startsWith(scheme);
}

/**
 * The log group in `insights:NAME` or `insights:ARN`.
 *
 * @throws UsageError
 */
export function groupIn(source: string): string {
  const [, group] =
    /^insights:((?:arn:[a-z-]+:logs:[a-z0-9-]+:\d{12}:log-group:)?[\w./#-]{1,512})(?::\*)?$/.exec(source) ?? [];
  if (group !== undefined) return group;
  throw new UsageError(
    `--source '${source}' names no log group.`,
    'Write its name, as in insights:aws-cloudtrail-logs, or its ARN: insights:arn:aws:logs:REGION:ACCOUNT:log-group:NAME.',
  );
}

/** What a query scans costs in dollars a gigabyte: https://aws.amazon.com/cloudwatch/pricing/ */
const insightsPrice = { perGigabyte: 0.005, leastBytes: 0 } as const;

/** Opens a log group for as long as some work goes on. */
export async function withLogGroup<T>(
  choice: QueriedChoice,
  terminal: Terminal,
  work: (source: EventSource) => Promise<T>,
): Promise<T> {
  return await tellingScanned(
    choice,
    'Logs Insights',
    insightsPrice,
    async (onScanned) =>
      await open(
        choice,
        terminal,
        onScanned,
        async (insights) => await work(eventsFromInsights(insights, windowOptions(choice))),
      ),
  );
}

/** What would be asked, as lines; how much that reads, CloudWatch Logs tells afterwards. */
export async function planInsights(choice: QueriedChoice, terminal: Terminal): Promise<readonly string[]> {
  const nothing = (): void => undefined;
  return await open(choice, terminal, nothing, async (insights) => {
    const source = eventsFromInsights(insights, windowOptions(choice));
    const { query: { wanted = 'all', maxBytes } = {} } = choice;
    const { texts, days } = source.queries(wanted);
    const plan = {
      queries: `${texts.length * days}, two a day, and more where more than 10,000 events of a day are wanted`,
      cost: `$${insightsPrice.perGigabyte} for each gigabyte that a query scans, at the list price of Logs Insights`,
      budget: 'stops them once they have scanned',
      unknown: 'How much they scan: CloudWatch Logs does not tell before',
      coverage: source.plan(),
      title: 'The queries:',
      text: texts.join('\n\n'),
    };
    return await Promise.resolve(queryPlanLines(plan, maxBytes));
  });
}

async function open<T>(
  choice: QueriedChoice,
  terminal: Terminal,
  onScanned: (bytes: number) => void,
  work: (insights: Insights) => Promise<T>,
): Promise<T> {
  return await withInsights({ ...runOptions(choice, terminal, onScanned), group: groupIn(choice.source) }, work);
}
