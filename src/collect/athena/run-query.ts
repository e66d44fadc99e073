import type { GetQueryExecutionCommandOutput } from '@aws-sdk/client-athena';
import { UsageError } from '../../model/errors.js';
import { required } from '../../normalize/index.js';
import { runQuery, type CallPath, type QueryLimits, type QueryMeans, type QueryState } from '../queries/run-query.js';

/** Where and how queries are run. */
export interface QueryPlace extends Omit<QueryLimits, 'longestRun'> {
  readonly region: string;
  readonly workgroup: string;
  readonly catalog: string;
  readonly database: string;
}

/** A query that succeeded. */
export interface DoneQuery {
  readonly id: string;
  /** `s3://bucket/key`; undefined where Athena keeps the result itself. */
  readonly output: string | undefined;
}

/** Athena gives up a query after 30 minutes, which can be raised to hours: https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const longestRun = { time: 5 * 3_600_000, words: 'five hours' };

/**
 * Starts a query and waits for its end. Whatever ends the waiting before, the query is stopped.
 *
 * @throws UsageError when Athena does not take the query
 * @throws Unreadable when it fails, is cancelled, or reads more than it may
 */
export async function runAthenaQuery(means: QueryMeans, place: QueryPlace, sql: string): Promise<DoneQuery> {
  const { region } = place;
  return await runQuery(
    means,
    {
      start: async (path) => await startQuery(path, place, sql),
      ask: async ({ aws, session }, id) => {
        const input = { QueryExecutionId: id };
        return await aws.read(session, 'athena:GetQueryExecution', input, { region }, (it) => stateOf(id, it));
      },
      stop: async ({ aws, session }, id) => {
        const input = { QueryExecutionId: id };
        return await aws.read(session, 'athena:StopQueryExecution', input, { region }, () => undefined);
      },
    },
    { ...place, longestRun },
  );
}

async function startQuery({ aws, session }: CallPath, place: QueryPlace, sql: string): Promise<string> {
  const { region, workgroup, catalog, database } = place;
  const answer = await aws.read(
    session,
    'athena:StartQueryExecution',
    {
      QueryString: sql,
      WorkGroup: workgroup,
      QueryExecutionContext: { Catalog: catalog, Database: database },
      // An earlier result would not have what was delivered since.
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    },
    { region },
    (output) => required(output.QueryExecutionId, 'QueryExecutionId'),
  );
  if (!('failure' in answer)) {
    if (answer.it.state !== 'known') throw new Error('athena:StartQueryExecution has no answer that means "absent".');
    return answer.it.value;
  }
  const { reason, message } = answer.failure;
  throw new UsageError(
    `Athena did not start the query in workgroup '${workgroup}' (${region}): ${message}`,
    reason === 'access-denied'
      ? 'trailproof permissions --athena prints what is needed.'
      : 'Check --workgroup, which must have a location for results, --catalog, and the Region (AWS_REGION).',
  );
}

function stateOf(id: string, { QueryExecution: query }: GetQueryExecutionCommandOutput): QueryState<DoneQuery> {
  const { Status: status, ResultConfiguration: result, Statistics: statistics } = required(query, 'QueryExecution');
  const { State: name, StateChangeReason: reason, AthenaError: error } = required(status, 'QueryExecution.Status');
  const scanned = statistics?.DataScannedInBytes;
  const said = reason ?? error?.ErrorMessage;
  const why = said === undefined ? '' : `: ${said}`;
  switch (required(name, 'QueryExecution.Status.State')) {
    case 'SUCCEEDED': {
      return { is: 'done', scanned, result: { id, output: result?.OutputLocation } };
    }
    case 'FAILED': {
      return { is: 'over', scanned, reason: 'error', message: `it failed${why}` };
    }
    case 'CANCELLED': {
      const isLimit = /limit/i.test(said ?? '');
      return { is: 'over', scanned, reason: isLimit ? 'budget' : 'error', message: `it was cancelled${why}` };
    }
    default: {
      return { is: 'running', scanned };
    }
  }
}
