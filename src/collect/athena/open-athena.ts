import { InterruptedError, UsageError } from '../../model/errors.js';
import type { Athena, AthenaColumn, AthenaResult, AthenaRow, AthenaTable } from '../../model/athena.js';
import { Unreadable, type ObjectStore } from '../../model/object-store.js';
import { required } from '../../normalize/index.js';
import type { CallPath } from '../queries/run-query.js';
import { withQueries, type QueryRunOptions } from '../queries/with-queries.js';
import { RequestBudget } from '../s3/request-budget.js';
import { accessOf, S3Store } from '../s3/s3-store.js';
import { csvRows } from './csv-rows.js';
import { athenaPages } from './result-pages.js';
import { runAthenaQuery, type QueryPlace } from './run-query.js';

export interface AthenaOptions extends QueryRunOptions {
  readonly workgroup: string;
  readonly catalog: string;
  readonly database: string;
  readonly table: string;
  /** Bytes that the query may read; undefined: as many as it takes. */
  readonly maxBytes: number | undefined;
  /** Told what the query has read so far. */
  readonly onScanned: (bytes: number) => void;
}

export interface OpenAthena extends Athena {
  /** Lists the log files of the table, for a plan. */
  readonly store: ObjectStore;
}

/**
 * Opens a table of Athena for as long as some work goes on.
 *
 * @throws UsageError when there are no credentials, or no such table
 */
export async function withAthena<T>(options: AthenaOptions, work: (athena: OpenAthena) => Promise<T>): Promise<T> {
  return await withQueries(options, 'athena', async ({ means, region }) => {
    const { aws, session } = means;
    const store = new S3Store({
      aws,
      budget: new RequestBudget(options.concurrency, aws.settings.clock),
      maxRequests: undefined,
      access: async (bucket) => await accessOf(aws, session, region, bucket),
    });
    const { workgroup, catalog, database, maxBytes, onScanned } = options;
    const place: QueryPlace = { region, workgroup, catalog, database, maxBytes, onScanned };
    return await work({
      table: await describeTable(means, place, options.table),
      store,
      run: async (sql): Promise<AthenaResult> => {
        const { id, output } = await runAthenaQuery(means, place, sql);
        return { rows: withoutHeader(rowsOf(means, store, region, id, output)) };
      },
    });
  });
}

async function describeTable(
  { aws, session }: CallPath,
  { region, workgroup, catalog, database }: QueryPlace,
  table: string,
): Promise<AthenaTable> {
  const answer = await aws.read(
    session,
    'athena:GetTableMetadata',
    { CatalogName: catalog, DatabaseName: database, TableName: table, WorkGroup: workgroup },
    { region },
    ({ TableMetadata: metadata }): AthenaTable => {
      const its = required(metadata, 'TableMetadata');
      return {
        columns: columnsOf(its.Columns),
        partitionKeys: columnsOf(its.PartitionKeys),
        parameters: its.Parameters ?? {},
      };
    },
  );
  if (aws.settings.signal.aborted) throw new InterruptedError('Interrupted before the table was described.');
  if (!('failure' in answer)) {
    if (answer.it.state !== 'known') throw new Error('athena:GetTableMetadata has no answer that means "absent".');
    return answer.it.value;
  }
  const { message, reason } = answer.failure;
  throw new UsageError(
    `Table ${database}.${table} of catalog ${catalog} could not be described (${region}): ${message}`,
    reason === 'access-denied'
      ? 'trailproof permissions --athena prints what is needed.'
      : 'Check --source athena:DATABASE.TABLE, --catalog, --workgroup and the Region (AWS_REGION).',
  );
}

function columnsOf(given: readonly { readonly Name?: string | undefined; readonly Type?: string | undefined }[] = []) {
  return given.map((it): AthenaColumn => ({ name: required(it.Name, 'Column.Name'), type: it.Type ?? '' }));
}

/** The result as an object in S3, in parts; page by page where that cannot be read. */
async function* rowsOf(
  path: CallPath,
  store: ObjectStore,
  region: string,
  id: string,
  output: string | undefined,
): AsyncGenerator<AthenaRow, void, undefined> {
  const object = await objectOf(store, output);
  if (object === undefined) yield* athenaPages(path, region, id);
  else yield* csvRows(object);
}

async function objectOf(store: ObjectStore, output = ''): Promise<AsyncIterable<Uint8Array> | undefined> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(output) ?? [];
  if (bucket === undefined || key === undefined) return undefined;
  try {
    return (await store.read(bucket, key))?.bytes;
  } catch (error) {
    // Who may ask Athena may still not read its bucket.
    if (!(error instanceof Unreadable)) throw error;
    return undefined;
  }
}

/** @throws Unreadable where there is not even a header */
async function* withoutHeader(rows: AsyncIterable<AthenaRow>): AsyncGenerator<AthenaRow, void, undefined> {
  let isFirst = true;
  for await (const row of rows) {
    if (!isFirst) yield row;
    isFirst = false;
  }
  if (isFirst) throw new Unreadable('error', 'its result is empty, without even a header');
}
