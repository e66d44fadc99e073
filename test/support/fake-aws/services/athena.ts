import { ServiceError, type HttpAnswer } from '../protocol/answer.js';
import { requiredText, textIn } from '../protocol/input.js';
import { jsonAnswer } from '../protocol/json.js';
import type { WorldIndex } from '../world/index-world.js';
import type { AthenaRows, WorldAthena } from '../world/world.js';
import type { Call, Operation, Service } from './call.js';
import { pageOf } from './page.js';

/** Queries with their life: queued, running, and over in one way or another. */
export const athena: Service = {
  name: 'athena',
  operations: {
    GetTableMetadata: operation('GetTableMetadata', getTableMetadata),
    StartQueryExecution: operation('StartQueryExecution', startQueryExecution),
    GetQueryExecution: operation('GetQueryExecution', getQueryExecution),
    GetQueryResults: { ...operation('GetQueryResults', getQueryResults), isPaged: true },
    StopQueryExecution: operation('StopQueryExecution', stopQueryExecution),
  },
};

interface Query {
  readonly sql: string;
  readonly token: string;
  readonly rows: AthenaRows;
  readonly header: readonly string[];
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
  return { action: `athena:${name}`, answer };
}

function invalid(message: string): ServiceError {
  return new ServiceError(400, 'InvalidRequestException', message);
}

function worldOf({ index }: Call): WorldAthena {
  if (index.world.athena === undefined) throw invalid('WorkGroup is not found.');
  return index.world.athena;
}

function getTableMetadata(call: Call): HttpAnswer {
  const name = `${requiredText(call.input, 'DatabaseName')}.${requiredText(call.input, 'TableName')}`;
  const table = worldOf(call).tables[name];
  if (table === undefined || textIn(call.input, 'CatalogName') !== 'AwsDataCatalog') {
    throw new ServiceError(400, 'MetadataException', `EntityNotFoundException: Entity Not Found: ${name}`);
  }
  const columns = (its: WorldAthena['tables'][string]['columns']) =>
    its.map(({ name: Name, type: Type }) => ({ Name, Type }));
  return jsonAnswer({
    TableMetadata: {
      Name: name.split('.')[1],
      TableType: 'EXTERNAL_TABLE',
      Columns: columns(table.columns),
      PartitionKeys: columns(table.partitionKeys),
      Parameters: table.parameters,
    },
  });
}

function startQueryExecution(call: Call): HttpAnswer {
  const { input } = call;
  const { workgroups, engine } = worldOf(call);
  const sql = requiredText(input, 'QueryString');
  const token = requiredText(input, 'ClientRequestToken');
  if (Buffer.byteLength(sql) > 262_144) throw invalid('queryString is longer than 262144 bytes');
  const workgroup = workgroups[textIn(input, 'WorkGroup') ?? 'primary'];
  if (workgroup === undefined) throw invalid('WorkGroup is not found.');
  if (workgroup.output === undefined && workgroup.isManaged !== true) {
    throw invalid(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  }
  const known = queriesOf(call);
  const same = [...known].find(([, it]) => it.token === token);
  if (same !== undefined) return jsonAnswer({ QueryExecutionId: same[0] });
  const id = `00000000-0000-4000-9000-${String(known.size + 1).padStart(12, '0')}`;
  const [header = [], ...rows] = engine(sql);
  known.set(id, { sql, token, header: header.map(String), rows, polls: 0, isStopped: false });
  return jsonAnswer({ QueryExecutionId: id });
}

function queryOf(call: Call): readonly [string, Query] {
  const id = requiredText(call.input, 'QueryExecutionId');
  const query = queriesOf(call).get(id);
  if (query === undefined) throw invalid(`QueryExecution ${id} was not found`);
  return [id, query];
}

function stateOf(
  { polls, isStopped }: Query,
  { behavior }: Call,
): { readonly State: string; readonly StateChangeReason?: string } {
  const { polls: needed = 0, ends } = behavior.athena;
  if (isStopped) return { State: 'CANCELLED', StateChangeReason: 'Query cancelled by user' };
  if (polls <= needed) return { State: polls <= 1 ? 'QUEUED' : 'RUNNING' };
  return ends === undefined ? { State: 'SUCCEEDED' } : { State: ends.state, StateChangeReason: ends.reason };
}

function getQueryExecution(call: Call): HttpAnswer {
  const [id, query] = queryOf(call);
  query.polls += 1;
  const Status = stateOf(query, call);
  const output = outputOf(call, id);
  return jsonAnswer({
    QueryExecution: {
      QueryExecutionId: id,
      Query: query.sql,
      Status,
      ResultConfiguration: output === undefined ? undefined : { OutputLocation: `s3://${output.bucket}/${output.key}` },
      Statistics: { DataScannedInBytes: query.polls * (call.behavior.athena.bytesPerPoll ?? 1_000_000) },
    },
  });
}

function outputOf(call: Pick<Call, 'index'>, id: string) {
  const output = call.index.world.athena?.workgroups['primary']?.output;
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(output ?? '') ?? [];
  return bucket === undefined ? undefined : { bucket, key: `${prefix}${id}.csv` };
}

function getQueryResults(call: Call): HttpAnswer {
  const [, query] = queryOf(call);
  if (stateOf(query, call).State !== 'SUCCEEDED') throw invalid('Query has not yet finished.');
  const { items, next } = pageOf(call, [query.header, ...query.rows], {
    token: textIn(call.input, 'NextToken'),
    size: 1000,
    badToken: () => invalid('Malformed NextToken'),
  });
  const Rows = items.map((row) => ({ Data: row.map((it) => (it === null ? {} : { VarCharValue: String(it) })) }));
  return jsonAnswer({ ResultSet: { Rows }, NextToken: next });
}

function stopQueryExecution(call: Call): HttpAnswer {
  const [, query] = queryOf(call);
  query.isStopped = true;
  return jsonAnswer({});
}

/** The objects that results lie in, by key, of queries that succeeded. */
export function resultObjects(call: Call, bucket: string): Readonly<Record<string, Buffer>> {
  const found: Record<string, Buffer> = {};
  for (const [id, query] of queriesOf(call)) {
    const output = outputOf(call, id);
    if (output?.bucket !== bucket || stateOf(query, call).State !== 'SUCCEEDED') continue;
    const whole = Buffer.from(csvOf([query.header, ...query.rows]));
    found[output.key] = call.behavior.athena.result === 'cut' ? whole.subarray(0, whole.length - 20) : whole;
  }
  return found;
}

function csvOf(rows: AthenaRows): string {
  const field = (it: string | number | null): string => (it === null ? '' : `"${String(it).replaceAll('"', '""')}"`);
  return rows.map((row) => `${row.map(field).join(',')}\n`).join('');
}

/** What is asked of a query's text by a test. */
export function queriesIn(index: WorldIndex): readonly { readonly sql: string; readonly isStopped: boolean }[] {
  return [...queriesOf({ index }).values()].map(({ sql, isStopped }) => ({ sql, isStopped }));
}
