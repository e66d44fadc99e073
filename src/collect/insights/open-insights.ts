import { UsageError } from '../../model/errors.js';
import type { Insights } from '../../model/insights.js';
import { withQueries, type QueryRunOptions } from '../queries/with-queries.js';
import { describeGroup } from './describe-group.js';
import { InsightsQueries } from './run-query.js';

export interface InsightsOptions extends QueryRunOptions {
  /** The name of a log group, or its ARN. */
  readonly group: string;
  /** Rows that a result may have; undefined: as many as Logs Insights gives at once. */
  readonly mostRows?: number;
  /** Bytes that all queries together may read; undefined: as many as they take. */
  readonly maxBytes: number | undefined;
  /** Told what the queries have read so far. */
  readonly onScanned: (bytes: number) => void;
}

const arn = /^arn:[a-z-]+:logs:(?<region>[a-z0-9-]+):(?<account>\d{12}):log-group:(?<name>[^:*]+)(?::\*)?$/;

/** At once: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
const mostRows = 10_000;

/**
 * Opens a log group of CloudWatch Logs for as long as some work goes on, in the Region that its ARN names.
 *
 * @throws UsageError when there are no credentials, or no such group in the account of the caller
 */
export async function withInsights<T>(options: InsightsOptions, work: (insights: Insights) => Promise<T>): Promise<T> {
  const named = arn.exec(options.group)?.groups;
  const queries = { ...options, region: named?.['region'] ?? options.region };
  return await withQueries(queries, 'insights', async ({ means, region, accountId }) => {
    const owner = named?.['account'] ?? accountId;
    if (owner !== accountId) {
      throw new UsageError(
        `Log group ${options.group} is in account ${owner}, and the credentials are of account ${accountId}.`,
        'Run with credentials of its account: what writes to it is asked there, too.',
      );
    }
    const group = await describeGroup(means, region, named?.['name'] ?? options.group);
    const { maxBytes, onScanned } = options;
    const place = { region, group: group.arn, mostRows: options.mostRows ?? mostRows, maxBytes, onScanned };
    const its = new InsightsQueries(means, place);
    return await work({ group, run: async (query) => await its.run(query) });
  });
}
