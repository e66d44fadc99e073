import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { numberIn, requiredText, textsIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import { placeOf, type WorldIndex } from '../world/index-world.js';
import type { WorldLogEvent } from '../world/world.js';
import type { Call, Operation } from './call.js';

/** Queries of CloudWatch Logs Insights with their life: scheduled, running, and over in one way or another. */
export const insightsOperations: Readonly<Record<string, Operation>> = {
  StartQuery: { action: 'logs:StartQuery', answer: startQuery },
  GetQueryResults: { action: 'logs:GetQueryResults', answer: getQueryResults },
  StopQuery: { action: 'logs:StopQuery', answer: stopQuery },
};

type Row = readonly { readonly field: string; readonly value: string }[];

interface Query {
  readonly text: string;
  readonly rows: readonly Row[];
  readonly matched: number;
  readonly scanned: number;
  polls: number;
  isStopped: boolean;
}

const queries = new WeakMap<WorldIndex, Map<string, Query>>();

function queriesOf({ index }: Pick<Call, 'index'>): Map<string, Query> {
  const its = queries.get(index) ?? new Map<string, Query>();
  queries.set(index, its);
  return its;
}

function invalid(message: string): ServiceError {
  return new ServiceError(400, 'InvalidParameterException', message);
}

function startQuery(call: Call): HttpAnswer {
  const { input, index } = call;
  const text = requiredText(input, 'queryString');
  const [arn = ''] = textsIn(input, 'logGroupIdentifiers') ?? [];
  const limit = numberIn(input, 'limit') ?? 1000;
  const from = (numberIn(input, 'startTime') ?? 0) * 1000;
  const to = (numberIn(input, 'endTime') ?? 0) * 1000;
  if (text.length > 10_000) throw invalid('queryString is longer than 10000 characters.');
  if (limit > 10_000 || to < from) throw invalid('The limit or the time range of the query is not valid.');
  const groups = index.logGroups.get(placeOf(call.caller.accountId, call.region)) ?? [];
  if (!groups.some((it) => it.details.arn?.replace(/:\*$/, '') === arn)) {
    throw new ServiceError(400, 'ResourceNotFoundException', `Log group '${arn}' does not exist for account ID.`);
  }
  // Both ends are part of the time, to the second.
  const inTime = (index.world.insights?.events ?? []).filter(
    ({ at }) => Date.parse(at) >= from && Date.parse(at) <= to,
  );
  const met = inTime.filter(({ message }) => filtersIn(text).every((it) => it.test(message)));
  const all = text.includes('stats count(*)') ? counted(met) : met.map(rowOf);
  const known = queriesOf(call);
  const id = `00000000-0000-4000-b000-${String(known.size + 1).padStart(12, '0')}`;
  const scanned = inTime.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
  known.set(id, { text, rows: all.slice(0, limit), matched: met.length, scanned, polls: 0, isStopped: false });
  return jsonAnswer({ queryId: id });
}

/** What stands behind `like`, between slashes. */
function filtersIn(text: string): readonly RegExp[] {
  const lines = text.split('\n| ').filter((it) => it.startsWith('filter @message like /'));
  return lines.map((it) => new RegExp(it.slice('filter @message like /'.length, -1), 'u'));
}

function rowOf({ message }: WorldLogEvent, index: number): Row {
  return [
    { field: '@message', value: message },
    { field: '@ptr', value: `pointer-${index}` },
  ];
}

/** By the fields that Logs Insights finds in JSON; what has none has no value. */
function counted(events: readonly WorldLogEvent[]): readonly Row[] {
  const groups = new Map<string, { row: Row; count: number }>();
  for (const { message } of events) {
    const record = recordIn(message);
    const hour = record['eventTime']?.slice(0, 13);
    const values = { recipientAccountId: record['recipientAccountId'], awsRegion: record['awsRegion'], hour };
    const row = Object.entries(values).flatMap(([field, value]) => (value === undefined ? [] : [{ field, value }]));
    const key = JSON.stringify(row);
    const group = groups.get(key) ?? { row, count: 0 };
    group.count += 1;
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, count }) => row.concat({ field: 'records', value: String(count) }));
}

function recordIn(message: string): Readonly<Record<string, string | undefined>> {
  try {
    const values = Object.entries(JSON.parse(message) as Readonly<Record<string, unknown>>);
    return Object.fromEntries(values.map(([name, it]) => [name, typeof it === 'string' ? it : undefined]));
  } catch {
    return {};
  }
}

function queryOf(call: Call): Query {
  const id = requiredText(call.input, 'queryId');
  const query = queriesOf(call).get(id);
  if (query !== undefined) return query;
  throw new ServiceError(400, 'ResourceNotFoundException', `Query ${id} does not exist.`);
}

/** While it runs, a part of the result is there. */
function getQueryResults(call: Call): HttpAnswer {
  const query = queryOf(call);
  query.polls += 1;
  const { polls: needed = 0, ends, lostRows = 0 } = call.behavior.insights;
  const isOver = query.polls > needed;
  const status = query.isStopped
    ? 'Cancelled'
    : isOver
      ? (ends ?? 'Complete')
      : query.polls > 1
        ? 'Running'
        : 'Scheduled';
  return jsonAnswer({
    queryLanguage: 'CWLI',
    status,
    results: status === 'Complete' ? query.rows.slice(lostRows) : query.rows.slice(0, 1),
    statistics: {
      recordsMatched: query.matched,
      recordsScanned: query.matched,
      bytesScanned: isOver ? query.scanned : Math.floor(query.scanned / 2),
    },
  });
}

function stopQuery(call: Call): HttpAnswer {
  const query = queryOf(call);
  query.isStopped = true;
  return jsonAnswer({ success: true });
}

/** What is asked of a query's text by a test. */
export function insightsQueriesIn(index: WorldIndex): readonly { readonly sql: string; readonly isStopped: boolean }[] {
  return [...queriesOf({ index }).values()].map(({ text, isStopped }) => ({ sql: text, isStopped }));
}
