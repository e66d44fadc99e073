import { withInsights } from '../../collect/index.js';
import { eventsFromInsights, expectedPlaces, type InsightsOptions } from '../../events/index.js';
import { UsageError } from '../../model/errors.js';
import type { Insights } from '../../model/insights.js';
import type { EventSource } from '../../model/log-events.js';
import type { Terminal } from '../process/terminal.js';
import { version } from '../process/version.js';
import { lostBy } from './lake-source.js';
import type { QueriedChoice } from './query-choice.js';
import { megabytes, tellingScanned } from './scanned-text.js';

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
        async (insights) => await work(eventsFromInsights(insights, optionsOf(choice))),
      ),
  );
}

/** What would be asked, as lines; how much that reads, CloudWatch Logs tells afterwards. */
export async function planInsights(choice: QueriedChoice, terminal: Terminal): Promise<readonly string[]> {
  return await open(
    choice,
    terminal,
    () => undefined,
    async (insights) => {
      const source = eventsFromInsights(insights, optionsOf(choice));
      const { query: { wanted = 'all', maxBytes } = {} } = choice;
      const { texts, days } = source.queries(wanted);
      const lost = await Promise.resolve(lostBy(source.plan()));
      return [
        'This reading would take',
        `  Queries       ${texts.length * days}, two a day, and more where more than 10,000 events of a day are wanted`,
        `  Cost          $${insightsPrice.perGigabyte} for each gigabyte that a query scans, at the list price of Logs Insights`,
        ...(maxBytes === undefined
          ? []
          : [`  Budget        --max-bytes stops them once they have scanned ${megabytes(maxBytes)}`]),
        '  Not known     How much they scan: CloudWatch Logs does not tell before',
        ...lost.map((it) => `  Not known     ${it}`),
        'The queries:',
        ...texts.join('\n\n').split('\n'),
      ];
    },
  );
}

async function open<T>(
  { source, query = {}, onRequests }: QueriedChoice,
  { signal }: Terminal,
  onScanned: (bytes: number) => void,
  work: (insights: Insights) => Promise<T>,
): Promise<T> {
  return await withInsights(
    {
      version: version(),
      region: undefined,
      concurrency: 1,
      signal,
      group: groupIn(source),
      maxBytes: query.maxBytes,
      onScanned,
      onRequests: onRequests ?? (() => undefined),
    },
    work,
  );
}

function optionsOf({ from, to, askedFrom, inventory }: QueriedChoice): InsightsOptions {
  return {
    from,
    to,
    ...(askedFrom === undefined ? {} : { askedFrom }),
    at: new Date().toISOString(),
    ...(inventory === undefined ? {} : { expected: expectedPlaces(inventory) }),
  };
}
