import type { GetQueryResultsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { UsageError } from '../../model/errors.js';
import type { InsightsAnswer, InsightsQuery, InsightsRow } from '../../model/insights.js';
import { Unreadable } from '../../model/object-store.js';
import { required } from '../../normalize/index.js';
import { runQuery, unreadable, type CallPath, type QueryMeans, type QueryState } from '../queries/run-query.js';

/** Where queries are run. */
export interface InsightsPlace {
  readonly region: string;
  /** The ARN of the log group. */
  readonly group: string;
  /** Rows that a result may have. */
  readonly mostRows: number;
  /** Bytes that all queries together may read; undefined: as many as they take. */
  readonly maxBytes: number | undefined;
  /** Told what they have read so far. */
  readonly onScanned: (bytes: number) => void;
}

/** Queries time out after an hour: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const longestRun = { time: 2 * 3_600_000, words: 'two hours' };

/** Runs the queries of one run, one after the other. */
export class InsightsQueries {
  private readBefore = 0;
  private isFirst = true;

  constructor(
    private readonly means: QueryMeans,
    private readonly place: InsightsPlace,
  ) {}

  async run(query: InsightsQuery): Promise<InsightsAnswer> {
    const { region, maxBytes, onScanned } = this.place;
    const { readBefore } = this;
    if (maxBytes !== undefined && readBefore > maxBytes) {
      throw new Unreadable('budget', `${readBefore} bytes were read, more than --max-bytes allows`);
    }
    return await runQuery(
      this.means,
      {
        start: async (path) => await this.start(path, query),
        ask: async ({ aws, session }, id) =>
          await aws.read(session, 'logs:GetQueryResults', { queryId: id }, { region }, (it) =>
            stateOf(it, query, this.place),
          ),
        stop: async ({ aws, session }, id) =>
          await aws.read(session, 'logs:StopQuery', { queryId: id }, { region }, () => undefined),
      },
      {
        maxBytes: maxBytes === undefined ? undefined : maxBytes - readBefore,
        onScanned: (bytes) => {
          this.readBefore = readBefore + bytes;
          onScanned(this.readBefore);
        },
        longestRun,
      },
    );
  }

  private async start({ aws, session }: CallPath, { text, from, to }: InsightsQuery): Promise<string> {
    const { region, group, mostRows } = this.place;
    const input = {
      logGroupIdentifiers: [group],
      startTime: from / 1000,
      endTime: to / 1000,
      queryString: text,
      limit: mostRows,
    };
    const answer = await aws.read(session, 'logs:StartQuery', input, { region }, (it) =>
      required(it.queryId, 'queryId'),
    );
    const { isFirst } = this;
    this.isFirst = false;
    if (!('failure' in answer)) {
      if (answer.it.state !== 'known') throw new Error('logs:StartQuery has no answer that means "absent".');
      return answer.it.value;
    }
    const { reason, message } = answer.failure;
    // What was found before is worth something.
    if (!isFirst) throw unreadable(answer.failure, 'it was not started');
    throw new UsageError(
      `Logs Insights did not start the query (${region}): ${message}`,
      reason === 'access-denied'
        ? 'trailproof permissions --insights prints what is needed.'
        : 'Check the log group and the Region (AWS_REGION).',
    );
  }
}

function stateOf(
  { status, results, statistics, nextToken }: GetQueryResultsCommandOutput,
  { isOfEvents }: InsightsQuery,
  { mostRows }: InsightsPlace,
): QueryState<InsightsAnswer> {
  const scanned = statistics?.bytesScanned;
  switch (required(status, 'status')) {
    case 'Complete': {
      const rows = required(results, 'results').map(rowIn);
      const matched = statistics?.recordsMatched;
      const isCut = rows.length >= mostRows || (nextToken !== undefined && nextToken !== '');
      if (isOfEvents && !isCut && matched !== undefined && matched > rows.length) {
        const message = `its result has ${matched} events, and ${rows.length} of them came`;
        return { is: 'over', scanned, reason: 'error', message };
      }
      return { is: 'done', scanned, result: { rows, isWhole: !isCut, matched } };
    }
    case 'Failed': {
      return { is: 'over', scanned, reason: 'error', message: 'it failed' };
    }
    case 'Cancelled': {
      return { is: 'over', scanned, reason: 'error', message: 'it was cancelled' };
    }
    case 'Timeout': {
      const message = 'it took longer than Logs Insights lets a query run';
      return { is: 'over', scanned, reason: 'error', message };
    }
    default: {
      return { is: 'running', scanned };
    }
  }
}

function rowIn(
  fields: readonly { readonly field?: string | undefined; readonly value?: string | undefined }[],
): InsightsRow {
  return Object.fromEntries(fields.map(({ field, value }) => [required(field, 'ResultField.field'), value]));
}
