import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import type { WorldIndex } from '../world/index-world.js';
import type { LakeRows } from '../world/world.js';
import type { Call, Operation } from './call.js';
import { storesInRegion } from './event-data-stores.js';
import { pageOf } from './page.js';

/** Queries of CloudTrail Lake with their life: queued, running, and over in one way or another. */
export const lakeOperations: Readonly<Record<string, Operation>> = {
  StartQuery: operation('StartQuery', startQuery),
  DescribeQuery: operation('DescribeQuery', describeQuery),
  GetQueryResults: { ...operation('GetQueryResults', getQueryResults), isPaged: true },
  CancelQuery: operation('CancelQuery', cancelQuery),
};

interface Query {
  readonly sql: string;
  readonly rows: LakeRows;
  polls: number;
  isStopped: boolean;
}

const queries = new WeakMap<WorldIndex, Map<string, Query>>();

function queriesOf({ index }: Pick<Call, 'index'>): Map<string, Query> {
  const its = queries.get(index) ?? new Map<string, Query>();
  queries.set(index, its);
  return its;
}

function operation(name: string, answer: Operation['answer']): Operation {
  return { action: `cloudtrail:${name}`, answer };
}

function startQuery(call: Call): HttpAnswer {
  const sql = requiredText(call.input, 'QueryStatement');
  if (sql.length > 10_000) {
    throw new ServiceError(400, 'InvalidParameterException', 'QueryStatement is longer than 10000 characters.');
  }
  const [, id = ''] = /\nFROM ([0-9a-f-]{36})\n/.exec(sql) ?? [];
  const store = storesInRegion(call).find((it) => it.arn.endsWith(`/${id}`));
  const { lake } = call.index.world;
  if (store === undefined || lake === undefined) {
    throw new ServiceError(400, 'InvalidQueryStatementException', `The event data store ${id} was not found.`);
  }
  const owner = textIn(call.input, 'EventDataStoreOwnerAccountId') ?? call.caller.accountId;
  if (owner !== store.accountId) {
    throw new ServiceError(400, 'EventDataStoreNotFoundException', `The event data store ${id} was not found.`);
  }
  if (store.details.Status === 'PENDING_DELETION') {
    throw new ServiceError(400, 'InactiveEventDataStoreException', 'The event data store is inactive.');
  }
  const known = queriesOf(call);
  const queryId = `00000000-0000-4000-a000-${String(known.size + 1).padStart(12, '0')}`;
  known.set(queryId, { sql, rows: lake.engine(sql), polls: 0, isStopped: false });
  return jsonAnswer({ QueryId: queryId });
}

function queryOf(call: Call): readonly [string, Query] {
  const id = requiredText(call.input, 'QueryId');
  const query = queriesOf(call).get(id);
  if (query !== undefined) return [id, query];
  throw new ServiceError(400, 'QueryIdNotFoundException', `The query ${id} does not exist.`);
}

function stateOf(
  { polls, isStopped }: Query,
  { behavior }: Call,
): { readonly QueryStatus: string; readonly ErrorMessage?: string | undefined } {
  const { polls: needed = 0, ends } = behavior.lake;
  if (isStopped) return { QueryStatus: 'CANCELLED' };
  if (polls <= needed) return { QueryStatus: polls <= 1 ? 'QUEUED' : 'RUNNING' };
  return ends === undefined ? { QueryStatus: 'FINISHED' } : { QueryStatus: ends.state, ErrorMessage: ends.reason };
}

function scannedBy({ polls }: Query, { behavior }: Call): number {
  return polls * (behavior.lake.bytesPerPoll ?? 1_000_000);
}

function describeQuery(call: Call): HttpAnswer {
  const [QueryId, query] = queryOf(call);
  query.polls += 1;
  const QueryStatistics = { BytesScanned: scannedBy(query, call), EventsMatched: query.rows.length };
  return jsonAnswer({ QueryId, QueryString: query.sql, ...stateOf(query, call), QueryStatistics });
}

/** Of a query that timed out a part of the result is there. */
function getQueryResults(call: Call): HttpAnswer {
  const [, query] = queryOf(call);
  const state = stateOf(query, call);
  if (!['FINISHED', 'TIMED_OUT'].includes(state.QueryStatus)) return jsonAnswer({ ...state, QueryResultRows: [] });
  const { items, next } = pageOf(call, query.rows, {
    token: textIn(call.input, 'NextToken'),
    size: numberIn(call.input, 'MaxQueryResults') ?? 1000,
    badToken: () => new ServiceError(400, 'InvalidNextTokenException', 'The pagination token is not valid.'),
  });
  const lost = call.behavior.lake.lostRows ?? 0;
  return jsonAnswer({
    ...state,
    QueryStatistics: {
      ResultsCount: items.length,
      TotalResultsCount: query.rows.length,
      BytesScanned: scannedBy(query, call),
    },
    QueryResultRows: items.slice(lost).map((row) => Object.entries(row).map(([name, value]) => ({ [name]: value }))),
    NextToken: next,
  });
}

function cancelQuery(call: Call): HttpAnswer {
  const [QueryId, query] = queryOf(call);
  query.isStopped = true;
  return jsonAnswer({ QueryId, QueryStatus: 'CANCELLED' });
}

/** What is asked of a query's text by a test. */
export function lakeQueriesIn(index: WorldIndex): readonly { readonly sql: string; readonly isStopped: boolean }[] {
  return [...queriesOf({ index }).values()].map(({ sql, isStopped }) => ({ sql, isStopped }));
}
