import type { DescribeQueryCommandOutput } from '@aws-sdk/client-cloudtrail';
import { UsageError } from '../../model/errors.js';
import { Unreadable } from '../../model/object-store.js';
import type { LakeRow } from '../../model/lake.js';
import { required } from '../../normalize/index.js';
import { resultPages } from '../queries/result-pages.js';
import { runQuery, type CallPath, type QueryLimits, type QueryMeans, type QueryState } from '../queries/run-query.js';

/** Where queries are run. */
export interface LakePlace extends Omit<QueryLimits, 'longestRun'> {
  readonly region: string;
  /** The owner of the store, where that is another account than the caller's. */
  readonly owner: string | undefined;
}

/** CloudTrail gives up after an hour: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-results.html */
const longestRun = { time: 2 * 3_600_000, words: 'two hours' };

/** As many rows as a page may have. */
const pageSize = 1000;

/**
 * Runs a query of CloudTrail Lake. Whatever ends the waiting for its end, it is cancelled.
 *
 * @throws UsageError when CloudTrail does not take it
 * @throws Unreadable when it fails, is cancelled, times out, or reads more than it may
 */
export async function runLakeQuery(
  means: QueryMeans,
  place: LakePlace,
  sql: string,
): Promise<AsyncGenerator<LakeRow, void, undefined>> {
  const { region } = place;
  const inputOf = (id: string) => ({ QueryId: id, ...ownerOf(place) });
  const id = await runQuery(
    means,
    {
      start: async (path) => await startQuery(path, place, sql),
      ask: async ({ aws, session }, query) =>
        await aws.read(session, 'cloudtrail:DescribeQuery', inputOf(query), { region }, (it) => stateOf(query, it)),
      stop: async ({ aws, session }, query) =>
        await aws.read(session, 'cloudtrail:CancelQuery', inputOf(query), { region }, () => undefined),
    },
    { ...place, longestRun },
  );
  return rowsOf(means, place, id);
}

function ownerOf({ owner }: LakePlace): { readonly EventDataStoreOwnerAccountId?: string } {
  return owner === undefined ? {} : { EventDataStoreOwnerAccountId: owner };
}

async function startQuery({ aws, session }: CallPath, place: LakePlace, sql: string): Promise<string> {
  const { region } = place;
  const input = { QueryStatement: sql, ...ownerOf(place) };
  const answer = await aws.read(session, 'cloudtrail:StartQuery', input, { region }, (it) =>
    required(it.QueryId, 'QueryId'),
  );
  if (!('failure' in answer)) {
    if (answer.it.state !== 'known') throw new Error('cloudtrail:StartQuery has no answer that means "absent".');
    return answer.it.value;
  }
  const { reason, message } = answer.failure;
  throw new UsageError(
    `CloudTrail Lake did not start the query (${region}): ${message}`,
    reason === 'access-denied'
      ? 'trailproof permissions --lake prints what is needed.'
      : 'Check the event data store, whether it is active, and the Region (AWS_REGION).',
  );
}

function stateOf(id: string, it: DescribeQueryCommandOutput): QueryState<string> {
  const scanned = it.QueryStatistics?.BytesScanned;
  const why = it.ErrorMessage === undefined || it.ErrorMessage === '' ? '' : `: ${it.ErrorMessage}`;
  const status = required(it.QueryStatus, 'QueryStatus');
  switch (status) {
    case 'FINISHED': {
      return { is: 'done', scanned, result: id };
    }
    case 'FAILED': {
      return { is: 'over', scanned, reason: 'error', message: `it failed${why}` };
    }
    case 'CANCELLED': {
      return { is: 'over', scanned, reason: 'error', message: `it was cancelled${why}` };
    }
    case 'TIMED_OUT': {
      const message = `it took longer than CloudTrail lets a query run, so that only a part of its result is there${why}`;
      return { is: 'over', scanned, reason: 'error', message };
    }
    default: {
      return { is: 'running', scanned };
    }
  }
}

/** All rows, which are as many as CloudTrail says that there are. */
async function* rowsOf(
  { aws, session }: CallPath,
  place: LakePlace,
  id: string,
): AsyncGenerator<LakeRow, void, undefined> {
  let total: number | undefined;
  let count = 0;
  const pages = resultPages(async (token) => {
    const input = {
      QueryId: id,
      MaxQueryResults: pageSize,
      ...ownerOf(place),
      ...(token === undefined ? {} : { NextToken: token }),
    };
    return await aws.read(session, 'cloudtrail:GetQueryResults', input, { region: place.region }, (it) => {
      total = it.QueryStatistics?.TotalResultsCount ?? total;
      return { rows: required(it.QueryResultRows, 'QueryResultRows').map(rowIn), token: it.NextToken };
    });
  });
  for await (const row of pages) {
    count += 1;
    yield row;
  }
  if (total !== undefined && total !== count) {
    throw new Unreadable('error', `its result has ${total} rows, and ${count} of them came`);
  }
}

/** A row is a list of columns, each by its name. */
function rowIn(columns: readonly Readonly<Record<string, string | null>>[]): LakeRow {
  const cells = columns.flatMap((it) => Object.entries(it));
  return Object.fromEntries(cells.map(([name, value]) => [name.toLowerCase(), value ?? undefined]));
}
